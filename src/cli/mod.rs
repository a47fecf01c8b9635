//! The command line: arguments in, text or JSON out, and the wiring of all rooms.
//!
//! | file | holds |
//! |---|---|
//! | `args` | the arguments |
//! | `failure` | exit statuses, and failures as sentences |
//! | `folder` | which data folder is meant |
//! | `start` | finding a server, starting one |
//! | `serve` | `xueji serve`, `stop`, `status` |
//! | `found` | `xueji init` and the exercise county of `xueji demo` |
//! | `call` | `xueji call`: lines in, lines out |
//! | `schema` | `xueji schema`: what those lines may be |
//! | `verify` | `xueji verify` |
//! | `load` | a file of the province for the desk: checked, compared, taken in |
//! | `report` | `xueji report`: the supervisor's report as a file |
//! | `login` | which account and PIN, where several persons share a login |
//! | `lists` | `xueji schools`, `journal`, `account`, `board` |
//! | `backup` | `xueji backup`, `restore` |
//! | `desk` | the desk itself: keys, link and screen around the app |
//! | `files` | evidence between the clerk's files and the server |
//! | `import`, `import_told` | `xueji import`: a file read here, judged and taken in by the server; what it came to |
//! | `desk_import` | the same at the desk: the upload folder, a file with what was put right, lists taken out |
//! | `mappings` | what the columns of other people's files mean |
//! | `export` | `xueji export`: a list as a file |
//! | `progress` | how far a long errand has come |
//! | `reconcile` | `xueji export reconcile`, and what a loaded national list comes to |
//! | `import_calendar` | what a year of the calendar would move |
//! | `keys` | `xueji keys` |
//! | `id` | `xueji id`: what the number of a document says |
//! | `workdays` | `xueji workdays`: a count of working days, day by day |
//! | `rules` | `xueji rules`: the rules as built |
//! | `tables` | `xueji queue`, `student`, `alerts` |
//! | `table` | columns of text in which wide characters line up |

mod args;
mod backup;
mod call;
mod desk;
mod desk_import;
mod export;
mod failure;
mod files;
mod folder;
mod found;
pub mod id;
mod import;
mod import_calendar;
mod import_rows;
mod import_told;
mod keys;
mod lists;
mod load;
mod login;
mod mappings;
mod progress;
mod reconcile;
mod report;
pub mod rules;
mod schema;
mod serve;
mod start;
mod table;
mod tables;
mod verify;
pub mod workdays;

pub use args::Args;
pub use failure::{CliError, Exit};

use crate::data;
use crate::law::calendar::Calendar;
use crate::model::{Day, Stamp};
use args::Command;
use clap::{CommandFactory, Parser};
use color_eyre::config::{HookBuilder, Theme};
use std::io::{self, IsTerminal, Write};

/// Runs the program with the process's own arguments and returns its exit status.
pub fn main() -> Exit {
    reports();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return failure::usage(&error),
    };
    match run(&args) {
        Ok(()) => Exit::Done,
        Err(error) => {
            // Nothing can be done about an error stream that is gone.
            let _ = writeln!(io::stderr(), "{error}");
            error.exit
        }
    }
}

/// Panics, our own mistakes, are reported with what is needed to mend them; in colour only on a terminal.
fn reports() {
    let theme = if io::stderr().is_terminal() { Theme::dark() } else { Theme::new() };
    // A second installation in one process is harmless: the first stays.
    let _ = HookBuilder::default().theme(theme).display_env_section(false).install();
}

/// The built-in calendar.
pub fn calendar() -> Result<Calendar, CliError> {
    let days = data::calendar_days().map_err(CliError::broken)?;
    Calendar::new(data::CALENDAR_EDITION, days).map_err(CliError::broken)
}

fn run(args: &Args) -> Result<(), CliError> {
    login::speak(desk::language(args));
    let mut out = io::stdout().lock();
    match &args.command {
        None => {
            drop(out);
            desk::open(args, &folder::store(args)?, None)
        }
        Some(Command::Demo { students, seed }) => {
            drop(out);
            found::demo(args, *students, *seed)
        }
        Some(Command::Init { office, exercise }) => found::init(args, &mut out, office, *exercise),
        Some(Command::Serve(options)) if options.print_unit => serve::print_unit(args, options, &mut out),
        Some(Command::Serve(options)) => {
            drop(out);
            serve::serve(args, options)
        }
        Some(Command::Stop) => serve::stop(args, &mut out),
        Some(Command::Status) => serve::status(args, &mut out),
        Some(Command::Call) => {
            drop(out);
            call::run(args)
        }
        Some(Command::Schema) => schema::run(&mut out),
        Some(Command::Import(options)) => import::run(args, options, &mut out),
        Some(Command::Export(options)) if options.what == "reconcile" => {
            let mut line = files::Line::open(&folder::store(args)?, args.as_account.as_deref().map(Into::into))?;
            let school = options.school.as_deref().map(Into::into);
            reconcile::export(&mut line, school, &options.out, args.today, &mut out)
        }
        Some(Command::Export(options)) => export::run(args, options, &mut out),
        Some(Command::Mappings { drop }) => mappings::run(args, drop.as_deref(), &mut out),
        Some(Command::Verify) => verify::run(args, &mut out),
        Some(Command::Schools { text, offices }) => lists::schools(args, text.as_deref(), *offices, &mut out),
        Some(Command::Journal(options)) => lists::journal(args, options, &mut out),
        Some(Command::Account { command }) => lists::account(args, command, &mut out),
        Some(Command::Board(options)) => lists::board(args, options, &mut out),
        Some(Command::Queue(options)) => tables::queue(args, options, &mut out),
        Some(Command::Student { text }) => tables::student(args, text, &mut out),
        Some(Command::Alerts(options)) => tables::alerts(args, options, &mut out),
        Some(Command::Report(options)) => report::run(args, options, &mut out),
        Some(Command::Backup { file }) => backup::backup(args, file, &mut out),
        Some(Command::Restore { file, digest }) => backup::restore(args, file, digest.as_deref(), &mut out),
        Some(Command::Workdays { from, target }) => {
            let from: Day =
                from.parse().map_err(|_| CliError::usage(format!("{from:?} 不是日期，日期写作 2025-09-26")))?;
            let target = target.parse().map_err(CliError::wrong)?;
            workdays::run(&mut out, &calendar()?, from, target, args.json).map_err(CliError::from_report)
        }
        Some(Command::Id { number }) => {
            let today = args.today.unwrap_or_else(Stamp::now).day();
            id::run(&mut out, number, today, args.json)
        }
        Some(Command::Rules { filter }) => {
            rules::run(&mut out, filter.as_deref(), args.json).map_err(CliError::from_report)
        }
        Some(Command::Keys) => keys::run(args, &mut out),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(*shell, &mut Args::command(), "xueji", &mut out);
            Ok(())
        }
        Some(Command::Man) => clap_mangen::Man::new(Args::command()).render(&mut out).map_err(CliError::io),
    }
}
