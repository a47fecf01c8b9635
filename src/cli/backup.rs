//! `xueji backup` and `xueji restore`: one file out, and back in after it was verified whole.

use super::failure::{CliError, Exit};
use super::{Args, folder};
use crate::model::Stamp;
use crate::server::Place;
use crate::store::{BackupError, Manifest, Options, SledStore, Store, in_use, unpack_backup, write_backup};
use crate::wire::BackupMark;
use serde_json::json;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What a backup leaves in the data folder to say that it was made; screen 0 shows it.
const MARK: &str = "backup.json";

/// Writes a backup; beside a running server, too.
pub(super) fn backup(args: &Args, file: &Path, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    if !folder::holds_store(&data) {
        return Err(CliError::new(Exit::NoServer, format!("数据目录 {} 里没有数据库", data.display())));
    }
    if file.exists() {
        return Err(CliError::usage(format!("{} 已经有了；备份不覆盖已有的文件，请另起名字", file.display())));
    }
    let part = beside(file, "part");
    let made = write(&data, &part).and_then(|made| {
        fs::rename(&part, file).map_err(CliError::io)?;
        sync_folder(file)?;
        Ok(made)
    });
    if made.is_err() {
        // What is half written is no backup.
        let _ = fs::remove_file(&part);
    }
    let (manifest, digest, size) = made?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mark = BackupMark { at: manifest.at, entries: manifest.entries, file: name, digest: digest.clone() };
    let text = serde_json::to_string(&mark).map_err(CliError::broken)?;
    fs::write(data.join(MARK), text).map_err(CliError::io)?;
    if args.json {
        let report = json!({ "file": file, "entries": manifest.entries, "files": manifest.files.len(),
            "bytes": size, "digest": digest, "at": manifest.at });
        return writeln!(out, "{report}").map_err(CliError::io);
    }
    writeln!(
        out,
        "备份到 {}：日志 {} 条，文件 {} 个，{size} 字节\n摘要 {digest}\n请把摘要与备份分开保存；恢复时用 xueji restore {} --digest 摘要",
        file.display(),
        manifest.entries,
        manifest.files.len(),
        file.display()
    )
    .map_err(CliError::io)
}

fn write(data: &Path, part: &Path) -> Result<(Manifest, String, u64), CliError> {
    let unusable = |e: io::Error| CliError::new(Exit::Input, format!("{} 写不了：{e}", part.display()));
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(part).map_err(unusable)?;
    let mut out = Counting { inner: BufWriter::new(file), hasher: blake3::Hasher::new(), bytes: 0 };
    let manifest = write_backup(data, Stamp::now(), &mut out).map_err(failed)?;
    let file = out.inner.into_inner().map_err(|e| unusable(e.into_error()))?;
    file.sync_all().map_err(unusable)?;
    Ok((manifest, out.hasher.finalize().to_hex().to_string(), out.bytes))
}

/// Restores a backup: unpacked beside the data folder, verified there, and only then put in its place.
pub(super) fn restore(args: &Args, file: &Path, digest: Option<&str>, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    if in_use(&data) || Place::of(&data).connect().is_ok() {
        return Err(CliError::new(Exit::NoServer, "服务正在运行，没有恢复；请先停止（xueji stop），再恢复"));
    }
    let unreadable = |e: io::Error| CliError::new(Exit::Input, format!("备份 {} 读不出：{e}", file.display()));
    if let Some(expected) = digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(file).map_err(unreadable)?).map_err(unreadable)?;
        let found = hasher.finalize().to_hex().to_string();
        if found != expected {
            let message = format!("备份的摘要是 {found}，不是 {expected}：不是这一份，或者已经损坏；没有恢复");
            return Err(CliError::new(Exit::Damaged, message));
        }
    }
    let staged = beside(&data, "restoring");
    if staged.exists() {
        // Of a restore that did not come to its end.
        fs::remove_dir_all(&staged).map_err(CliError::io)?;
    }
    if let Some(parent) = staged.parent() {
        fs::create_dir_all(parent).map_err(CliError::io)?;
    }
    let checked = File::open(file)
        .map_err(unreadable)
        .and_then(|file| unpack_backup(BufReader::new(file), &staged).map_err(failed))
        .and_then(|manifest| verified(&staged, &manifest).map(|()| manifest));
    let manifest = match checked {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = fs::remove_dir_all(&staged);
            return Err(error);
        }
    };
    let mut before = None;
    if data.exists() {
        let kept = beside(&data, &format!("before-{}", Stamp::now().beijing().format("%Y%m%d-%H%M%S")));
        fs::rename(&data, &kept).map_err(CliError::io)?;
        before = Some(kept);
    }
    fs::rename(&staged, &data).map_err(CliError::io)?;
    sync_folder(&data)?;
    if args.json {
        let report = json!({ "entries": manifest.entries, "at": manifest.at, "before": before });
        return writeln!(out, "{report}").map_err(CliError::io);
    }
    writeln!(out, "已恢复到 {} 的备份：日志 {} 条，核验无误", manifest.at, manifest.entries).map_err(CliError::io)?;
    match before {
        Some(kept) => writeln!(out, "原来的数据目录改名为 {}，确认无误后再删", kept.display()).map_err(CliError::io),
        None => Ok(()),
    }
}

/// Opens what was unpacked, which builds its view, and compares everything with everything.
fn verified(staged: &Path, manifest: &Manifest) -> Result<(), CliError> {
    let damaged = |what: String| CliError::new(Exit::Damaged, format!("备份不能用：{what}；没有恢复，现有数据未动"));
    let (store, report) = SledStore::open(staged, Options::default(), &mut |_| {})?;
    if report.entries != manifest.entries || report.cut.is_some() {
        return Err(damaged(format!("日志应有 {} 条，只有 {} 条", manifest.entries, report.entries)));
    }
    let found = store.verify()?;
    store.close()?;
    match found.damage.first() {
        Some(first) => Err(damaged(first.clone())),
        None => Ok(()),
    }
}

fn failed(error: BackupError) -> CliError {
    match error {
        BackupError::Store(error) => error.into(),
        BackupError::Io(error) => CliError::io(error),
        BackupError::Damaged(what) => {
            CliError::new(Exit::Damaged, format!("备份不能用：{what}；没有恢复，现有数据未动"))
        }
    }
}

/// A name beside this one.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}.{ending}"))
}

fn sync_folder(of: &Path) -> Result<(), CliError> {
    let parent = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(CliError::io)
}

/// Writes on, counts and takes the digest on the way.
struct Counting<W> {
    inner: W,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(from)?;
        self.hasher.update(&from[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
