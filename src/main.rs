//! `xueji`: see the library for everything.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A server holds a great many small texts and reads as many again for every import and every opening: the allocator of
/// the C library spends half of that time, and does not give back what was freed in between.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(xueji::cli::main() as u8)
}
