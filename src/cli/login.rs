//! A login that several persons share: which account, and its PIN, asked on the terminal before anything else. What was
//! right is remembered for the further connections of this process, and nowhere else.

use super::failure::{CliError, Exit};
use crate::model::{AccountId, Secret};
use crate::wire::{Envelope, ErrorKind, Failure, LoginAsked, Query, Request};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};

/// What was right.
static REMEMBERED: Mutex<Option<LoginAsked>> = Mutex::new(None);

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

/// Asks for the account, unless it is named or is the only one, and for its PIN.
pub(super) fn ask(failure: &Failure, account: Option<&str>) -> Result<LoginAsked, CliError> {
    let Some(mut tty) = terminal() else {
        let message = format!(
            "{}。这里没有终端可以问 PIN：xueji call 的第一行请写 {{\"id\":0,\"do\":\"session.login\",\"account\":\"账号\",\"pin\":\"PIN\"}}",
            failure.message
        );
        return Err(CliError::new(Exit::NoAccess, message));
    };
    writeln!(tty, "{}", failure.message).map_err(CliError::io)?;
    for of in &failure.details {
        writeln!(tty, "  {of}").map_err(CliError::io)?;
    }
    let only = match failure.details.as_slice() {
        [only] => only.split(' ').next(),
        _ => None,
    };
    let account = match account.or(only) {
        Some(account) => account.to_owned(),
        None => typed(&mut tty, "账号：", true)?,
    };
    let pin = typed(&mut tty, "PIN（输入时不显示）：", false)?;
    Ok(LoginAsked { account: AccountId(account), pin: Secret(pin) })
}

/// A PIN to be set: typed twice on the terminal, or the one line of an input that is none.
pub(super) fn new_pin() -> Result<Secret, CliError> {
    use io::IsTerminal;
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(CliError::io)?;
        return Ok(Secret(line.trim().to_owned()));
    }
    let mut tty = terminal().ok_or_else(|| CliError::usage("这里没有终端可以输入 PIN；也可以从标准输入给出一行"))?;
    let first = typed(&mut tty, "新 PIN（6至12位数字，输入时不显示）：", false)?;
    if first != typed(&mut tty, "再输入一次：", false)? {
        return Err(CliError::new(Exit::Input, "两次输入的 PIN 不同，没有设置；请再来一次"));
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

/// One line from the terminal; shown while it is typed, or not.
fn typed(tty: &mut File, label: &str, shown: bool) -> Result<String, CliError> {
    write!(tty, "{label}").and_then(|()| tty.flush()).map_err(CliError::io)?;
    let mut reader = tty.try_clone().map_err(CliError::io)?;
    let said = {
        let _silent = Silent::on(tty).map_err(CliError::io)?;
        keys(&mut reader, &mut *tty_of(tty)?, shown)
    };
    writeln!(tty).map_err(CliError::io)?;
    said
}

fn tty_of(tty: &File) -> Result<Box<File>, CliError> {
    tty.try_clone().map(Box::new).map_err(CliError::io)
}

/// Reads keys up to the end of the line.
fn keys(from: &mut impl Read, echo: &mut impl Write, shown: bool) -> Result<String, CliError> {
    let mut text: Vec<u8> = Vec::new();
    let mut byte = [0];
    let left = || CliError::new(Exit::NoAccess, "没有进入");
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
