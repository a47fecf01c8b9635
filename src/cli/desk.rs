//! The desk.
use super::Args;
use super::failure::CliError;
use std::path::Path;

pub(super) fn open(_args: &Args, _data: &Path, _account: Option<&str>) -> Result<(), CliError> {
    Ok(())
}
