//! `xueji`: see the library for everything.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(xueji::cli::main() as u8)
}
