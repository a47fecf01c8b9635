//! `cargo bench --bench import`: how long a hundred thousand new students take, as CSV and as a spreadsheet, and how much
//! memory client and server need for it. Figures are printed beside the budget; nothing is asserted but that all went in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot measure has nothing better to do"
)]
#![allow(dead_code, unreachable_pub, reason = "shared with the tests of imports, which use more of it")]

#[path = "../import/newcomer.rs"]
mod newcomer;
#[path = "../support/mod.rs"]
mod support;
#[path = "../import/world.rs"]
mod world;

use newcomer::{LR, cells, headers, number};
use rust_xlsxwriter::Workbook;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// Rows of a long file, as many as are taken in at once.
const ROWS: u32 = 100_000;

fn say(name: &str, figure: &str, budget: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{name:<44}  {figure:<44}  (budget {budget})");
}

/// The cells of the `n`th, in the template's order: everybody another number, name and address.
fn row(n: u32) -> Vec<String> {
    let born = format!("2010-{:02}-{:02}", 1 + n / 900 % 12, 1 + n / 10_800 % 28);
    let number = number(&born, n % 900 + 50);
    let sex = if number.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
    let mut cells = cells(n);
    // Names of two made-up characters: a file in which all are namesakes would be one long list of notices.
    let han = |n: u32| char::from_u32(0x4E00 + n).unwrap();
    let name = format!("演{}{}", han(n / 300), han(2000 + n % 300));
    let other = [("姓名", name), ("身份证件号", number), ("出生日期", born.replace('-', "")), ("性别", sex.to_owned())];
    for (name, text) in other {
        cells.insert(name.to_owned(), text);
    }
    headers().iter().map(|name| cells.remove(*name).unwrap_or_default()).collect()
}

fn csv_file(path: &Path) {
    let mut out = csv::Writer::from_writer(BufWriter::new(File::create(path).unwrap()));
    out.write_record(headers()).unwrap();
    (0..ROWS).for_each(|n| out.write_record(row(n)).unwrap());
    out.flush().unwrap();
}

fn xlsx_file(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    for (column, name) in (0..).zip(headers()) {
        sheet.write_string(0, column, name).unwrap();
    }
    for n in 0..ROWS {
        for (column, cell) in (0..).zip(row(n)).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(n + 1, column, cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// The most memory a process has had, in KiB.
fn most_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or_default()
}

fn mib(kib: u64) -> String {
    format!("{:.0} MiB", kib as f64 / 1024.0)
}

fn measure(name: &str, file: &Path, more: &[&str], budget: &str) {
    let world = newcomer::world();
    let run = |what: &str, more: &[&str]| {
        let fixed = ["import", "students", file.to_str().unwrap(), "--as", LR];
        let begun = Instant::now();
        let mut child = world.store.command(&[&fixed, more].concat()).stdout(Stdio::piped()).spawn().unwrap();
        let mut client = 0;
        let status = loop {
            client = client.max(most_memory(child.id()));
            match child.try_wait().unwrap() {
                Some(status) => break status,
                // Only looked at now and then: the figure never falls.
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        let took = begun.elapsed();
        assert!(status.success(), "{name} {what} failed");
        let server = world.store.server_pid().map_or(0, |pid| most_memory(pid.as_raw_nonzero().get().unsigned_abs()));
        say(&format!("{name}, {what}"), &format!("{:.1} s", took.as_secs_f64()), budget);
        say("  memory of client and server", &format!("{} and {}", mib(client), mib(server)), "200 MiB each");
    };
    run("checked only", &[&["--dry-run"], more].concat());
    run("checked and taken in", more);
    run("brought once more", more);
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, xlsx) = (folder.path().join("in.csv"), folder.path().join("in.xlsx"));
    csv_file(&csv);
    xlsx_file(&xlsx);
    for (name, file) in [("CSV", &csv), ("xlsx", &xlsx)] {
        let size = std::fs::metadata(file).unwrap().len();
        say(&format!("{name} of {ROWS} rows, 73 columns"), &format!("{:.1} MiB", size as f64 / 1048576.0), "none");
        measure(name, file, &[], "10 s");
    }
}
