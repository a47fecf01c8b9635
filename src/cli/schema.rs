//! `xueji schema`: what the lines of `xueji call` may be, for programs. It needs no store and no server.

use super::CliError;
use crate::wire;
use std::io::Write;

/// Writes the schema as one JSON document.
pub(super) fn run(out: &mut dyn Write) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(&wire::schema()).map_err(|e| CliError::broken(e.to_string()))?;
    writeln!(out, "{text}").map_err(CliError::io)
}
