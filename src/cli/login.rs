//! A login that several persons share: which account, and its PIN, asked on the terminal before anything else. What was
//! right is remembered for the further connections of this process, and nowhere else.

use super::failure::{CliError, Exit};
use crate::catalogue::{Lang, LoginText as Text};
use crate::model::{AccountId, Secret};
use crate::wire::{Envelope, ErrorKind, Failure, LoginAsked, Query, Request};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// What was right.
static REMEMBERED: Mutex<Option<LoginAsked>> = Mutex::new(None);

/// Whether the questions are in English.
static ENGLISH: AtomicBool = AtomicBool::new(false);

/// The questions are asked in this language from now on.
pub(super) fn speak(lang: Lang) {
    ENGLISH.store(lang == Lang::En, Ordering::Relaxed);
}

fn lang() -> Lang {
    if ENGLISH.load(Ordering::Relaxed) { Lang::En } else { Lang::Zh }
}

/// What was right at this process's first connection, if that needed a PIN.
pub(super) fn remembered() -> Option<LoginAsked> {
    REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Keeps what was right.
pub(super) fn remember(asked: &LoginAsked) {
    *REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked.clone());
}

/// The line that says it.
pub(super) fn line(asked: &LoginAsked) -> Result<String, CliError> {
    Envelope::new(0, Request::Query(Query::Login(asked.clone()))).to_line().map_err(CliError::broken)
}

/// The terminal, whatever the standard streams are.
pub(super) fn terminal() -> Option<File> {
    OpenOptions::new().read(true).write(true).open("/dev/tty").ok()
}

/// Asks for the account, unless it is named or is the only one, and for its PIN. `tried` is what was wrong before.
pub(super) fn ask(
    failure: &Failure,
    account: Option<&str>,
    tried: Option<&LoginAsked>,
) -> Result<LoginAsked, CliError> {
    let said = said(failure, tried, lang());
    let Some(tty) = terminal() else {
        let line = r#"{"id":0,"do":"session.login","account":"ACCOUNT","pin":"PIN"}"#;
        let message = format!("{said}{}{}", sentence(lang()), Text::NoTerminal.fill(lang(), &[("line", line)]));
        return Err(CliError::new(Exit::NoAccess, message));
    };
    // Silent from the first word to the last: what is typed ahead of a question is not shown either.
    let _silent = Silent::on(&tty).map_err(CliError::io)?;
    let mut out = &tty;
    writeln!(out, "{said}").map_err(CliError::io)?;
    for of in &failure.details {
        writeln!(out, "  {of}").map_err(CliError::io)?;
    }
    let only = match failure.details.as_slice() {
        [only] => only.split(' ').next(),
        _ => None,
    };
    // A name that is none of these is not asked for again and again.
    let listed =
        |id: &&str| failure.details.is_empty() || failure.details.iter().any(|of| of.split(' ').next() == Some(*id));
    let account = match account.filter(listed).or(only) {
        Some(account) => account.to_owned(),
        None => typed(&tty, Text::Account.text(lang()), true)?,
    };
    let pin = typed(&tty, Text::Pin.text(lang()), false)?;
    Ok(LoginAsked { account: AccountId(account), pin: Secret(pin) })
}

/// Why a PIN is asked for. The server says it in Chinese; in English it is told by what else it says.
fn said(failure: &Failure, tried: Option<&LoginAsked>, lang: Lang) -> String {
    match (lang, failure.left, tried) {
        (Lang::Zh, ..) => failure.message.clone(),
        (Lang::En, Some(left), _) => Text::WrongPin.fill(lang, &[("left", &left.to_string())]),
        (Lang::En, None, Some(tried)) => Text::NoAccount.fill(lang, &[("id", tried.account.as_str())]),
        (Lang::En, None, None) => Text::Shared.text(lang).to_owned(),
    }
}

/// What stands between two sentences.
fn sentence(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "。" } else { ". " }
}

/// A PIN to be set: typed twice on the terminal, or the one line of an input that is none.
pub(super) fn new_pin() -> Result<Secret, CliError> {
    use io::IsTerminal;
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(CliError::io)?;
        return Ok(Secret(line.trim().to_owned()));
    }
    let tty = terminal().ok_or_else(|| CliError::usage(Text::NoTerminalNew.text(lang())))?;
    let _silent = Silent::on(&tty).map_err(CliError::io)?;
    let first = typed(&tty, Text::NewPin.text(lang()), false)?;
    if first != typed(&tty, Text::Again.text(lang()), false)? {
        return Err(CliError::new(Exit::Input, Text::Differ.text(lang())));
    }
    Ok(Secret(first))
}

/// Whether this failure asks for a PIN.
pub(super) fn wanted(failure: &Failure) -> bool {
    failure.kind == ErrorKind::Pin
}

/// A terminal that says nothing of what is typed; as it was before when this is dropped.
struct Silent<'t> {
    tty: &'t File,
    before: Termios,
}

impl<'t> Silent<'t> {
    fn on(tty: &'t File) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let mut silent = before.clone();
        // Keys that end a program are read like others: the terminal is put back before it ends.
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(tty, OptionalActions::Now, &silent)?;
        Ok(Silent { tty, before })
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.tty, OptionalActions::Now, &self.before);
    }
}

/// One line from a terminal that is silent; shown while it is typed, or not.
fn typed(mut tty: &File, label: &str, shown: bool) -> Result<String, CliError> {
    write!(tty, "{label}").and_then(|()| tty.flush()).map_err(CliError::io)?;
    let said = keys(&mut &*tty, &mut &*tty, shown);
    writeln!(tty).map_err(CliError::io)?;
    said
}

/// Reads keys up to the end of the line.
fn keys(from: &mut impl Read, echo: &mut impl Write, shown: bool) -> Result<String, CliError> {
    let mut text: Vec<u8> = Vec::new();
    let mut byte = [0];
    let left = || CliError::new(Exit::NoAccess, Text::NotIn.text(lang()));
    loop {
        if from.read(&mut byte).map_err(CliError::io)? == 0 {
            return Err(left());
        }
        match byte[0] {
            b'\r' | b'\n' => break,
            // Ctrl-C, Ctrl-D, Ctrl-\: out.
            3 | 4 | 28 => return Err(left()),
            8 | 127 => {
                let taken = text.pop();
                if taken.is_some() && shown {
                    let _ = write!(echo, "\u{8} \u{8}");
                }
            }
            // Ctrl-U: anew.
            21 => {
                for _ in text.drain(..).filter(|_| shown) {
                    let _ = write!(echo, "\u{8} \u{8}");
                }
            }
            // Names of accounts and PINs are plain letters and digits.
            key if key.is_ascii_graphic() && text.len() < 64 => {
                text.push(key);
                if shown {
                    let _ = echo.write_all(&[key]);
                }
            }
            _ => {}
        }
        let _ = echo.flush();
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_it_is_said_what_the_server_says_in_chinese() {
        let of = |left| Failure {
            left, ..Failure::new(ErrorKind::Pin, "操作系统用户 dk 由数人共用，请报账号和 PIN")
        };
        let tried = LoginAsked { account: "dk9".into(), pin: Secret("802613".to_owned()) };
        assert!(said(&of(None), None, Lang::Zh).contains("由数人共用"));
        assert!(said(&of(None), None, Lang::En).starts_with("Several persons"));
        assert!(said(&of(Some(4)), Some(&tried), Lang::En).contains("4 more"));
        let other = said(&of(None), Some(&tried), Lang::En);
        assert!(other.contains("dk9") && !other.contains("802613"), "{other}");
    }

    #[test]
    fn what_is_typed_can_be_taken_back_and_a_pin_is_not_shown() {
        let mut echo = Vec::new();
        let read = |input: &str, shown: bool, echo: &mut Vec<u8>| keys(&mut input.as_bytes(), echo, shown);
        assert_eq!(read("8026\u{7f}7\r", false, &mut echo).unwrap(), "8027");
        assert!(echo.is_empty(), "{echo:?}");
        assert_eq!(read("wa\u{15}wang\n", true, &mut echo).unwrap(), "wang");
        assert!(String::from_utf8_lossy(&echo).ends_with("wang"));
        assert!(read("80\u{3}", false, &mut echo).is_err());
        assert!(read("80", false, &mut echo).is_err(), "the terminal is gone");
    }
}
