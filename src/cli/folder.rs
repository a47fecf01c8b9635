//! Which data folder is meant: `--data`, else `XUEJI_DATA`, else `data` in the system-wide configuration, else the
//! service's folder if there is one, else the user's own.

use super::Args;
use super::failure::CliError;
use directories::ProjectDirs;
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// System-wide configuration.
const SYSTEM_CONFIG: &str = "/etc/xueji/config.toml";
/// Where the service keeps its store.
const SERVICE_FOLDER: &str = "/var/lib/xueji/data";

#[derive(Debug, Deserialize)]
struct Config {
    data: Option<PathBuf>,
}

/// The folder of the store in use.
pub(super) fn store(args: &Args) -> Result<PathBuf, CliError> {
    if let Some(named) = named(args)? {
        return Ok(named);
    }
    if Path::new(SERVICE_FOLDER).is_dir() {
        return Ok(PathBuf::from(SERVICE_FOLDER));
    }
    own()
}

/// The folder of the exercise county: the one named, else beside the user's own store.
pub(super) fn exercise(args: &Args) -> Result<PathBuf, CliError> {
    match named(args)? {
        Some(named) => Ok(named),
        None => Ok(own()?.join("demo")),
    }
}

fn named(args: &Args) -> Result<Option<PathBuf>, CliError> {
    if let Some(folder) = &args.data {
        return absolute(folder).map(Some);
    }
    if let Some(folder) = std::env::var_os("XUEJI_DATA").filter(|folder| !folder.is_empty()) {
        return absolute(Path::new(&folder)).map(Some);
    }
    match std::fs::read_to_string(SYSTEM_CONFIG) {
        Ok(text) => {
            let config: Config = toml::from_str(&text).map_err(|e| CliError::usage(format!("{SYSTEM_CONFIG}：{e}")))?;
            Ok(config.data)
        }
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        // To go on would be to open another store without a word.
        Err(e) => Err(CliError::usage(format!("{SYSTEM_CONFIG} 读不出：{e}"))),
    }
}

fn absolute(folder: &Path) -> Result<PathBuf, CliError> {
    std::path::absolute(folder).map_err(CliError::io)
}

fn own() -> Result<PathBuf, CliError> {
    ProjectDirs::from("", "", "xueji")
        .map(|dirs| dirs.data_dir().to_owned())
        .ok_or_else(|| CliError::usage("找不到用户目录（HOME 未设），请用 --data 指定数据目录"))
}

/// Whether a store lies here.
pub(super) fn holds_store(folder: &Path) -> bool {
    folder.join("journal").is_dir()
}
