//! A backup: the journal up to a position and the evidence, as one file (tar in zstd). It is written beside a running
//! server, which only ever appends.
//!
//! ```text
//! journal/00000000000000000001.xj …   the last one cut where its last good entry ends
//! evidence/ab/abcdef…                 every whole piece
//! manifest.json                       last: what is in it, with digests; a backup that ends before it is none
//! ```

use super::evidence::make_folder;
use super::scan::{self, Scan};
use super::sled_store::Place;
use super::{StoreError, sled_store};
use crate::model::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Form of the file. It rises when an older program could not read a newer one.
const VERSION: u32 = 1;
/// Name of what says what is in it.
const MANIFEST: &str = "manifest.json";
/// Longest manifest: a line for each of some million pieces.
const LONGEST_MANIFEST: u64 = 256 << 20;
/// How often the journal is read again when a group is just being written.
const TRIES: usize = 5;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the file.
    pub version: u32,
    /// When it was made.
    pub at: Stamp,
    /// The last entry of the journal in it.
    pub entries: u64,
    /// Its files.
    pub files: Vec<Piece>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Path within the data folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// BLAKE3 of its content.
    pub digest: String,
}

/// Why there is no backup, or none that can be restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading or writing.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The file is not what it should be: which part of it, and how.
    #[error("{0}")]
    Damaged(String),
}

/// Writes a backup of the store in this folder.
pub fn write_backup(folder: &Path, at: Stamp, out: impl Write) -> Result<Manifest, BackupError> {
    let place = Place::new(folder);
    let scan = read_journal(&place.journal())?;
    let mut encoder = zstd::stream::write::Encoder::new(out, 0)?;
    encoder.include_checksum(true)?;
    let mut tar = tar::Builder::new(encoder);
    let mut manifest = Manifest { version: VERSION, at, entries: scan.head.seq, files: Vec::new() };
    let last = scan.segments.len().saturating_sub(1);
    for (n, segment) in scan.segments.iter().enumerate() {
        let length = if n == last { scan.end } else { fs::metadata(&segment.path)?.len() };
        let name = segment.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        manifest.files.push(add(&mut tar, format!("journal/{name}"), &segment.path, length)?);
    }
    // After the journal: whatever an entry names lies here before the entry is written.
    for (path, file) in pieces(&place.evidence())? {
        let length = fs::metadata(&file)?.len();
        manifest.files.push(add(&mut tar, path, &file, length)?);
    }
    let text = serde_json::to_vec(&manifest).map_err(io::Error::from)?;
    tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
    tar.into_inner()?.finish()?.flush()?;
    Ok(manifest)
}

/// Reads the journal through. While a group is being written its end looks torn: then it is read again.
fn read_journal(folder: &Path) -> Result<Scan, StoreError> {
    let mut tries = TRIES;
    loop {
        let scan = scan::scan(folder, 0, None, &mut |_| Ok(()))?;
        tries -= 1;
        match &scan.bad {
            Some(bad) if !bad.can_be_torn && tries == 0 => {
                return Err(StoreError::Damaged { place: bad.place.clone(), what: bad.what.clone() });
            }
            Some(bad) if !bad.can_be_torn => std::thread::sleep(std::time::Duration::from_millis(50)),
            _ => return Ok(scan),
        }
    }
}

/// Whole pieces of evidence, by their paths within the data folder.
fn pieces(root: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    for part in fs::read_dir(root)? {
        let part = part?;
        let name = part.file_name().to_string_lossy().into_owned();
        if name.len() != 2 || !part.file_type()?.is_dir() {
            continue;
        }
        for piece in fs::read_dir(part.path())? {
            let piece = piece?;
            let path = format!("evidence/{name}/{}", piece.file_name().to_string_lossy());
            if is_ours(&path) {
                found.insert(path, piece.path());
            }
        }
    }
    Ok(found)
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_cksum();
    header
}

fn add<W: Write>(tar: &mut tar::Builder<W>, path: String, file: &Path, size: u64) -> Result<Piece, BackupError> {
    let mut reader = Hashing { inner: File::open(file)?.take(size), hasher: blake3::Hasher::new(), read: 0 };
    tar.append_data(&mut header(size), &path, &mut reader)?;
    if reader.read != size {
        return Err(BackupError::Damaged(format!("{path}：应有 {size} 字节，只读到 {} 字节", reader.read)));
    }
    Ok(Piece { path, size, digest: reader.hasher.finalize().to_hex().to_string() })
}

/// Reads on and takes the digest on the way.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
    read: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hasher.update(&into[..count]);
        self.read += count as u64;
        Ok(count)
    }
}

/// Unpacks a backup into a new folder and holds every file to the manifest. Nothing outside of `to` is touched; what is
/// left there after an error is to be thrown away.
pub fn unpack_backup(from: impl Read, to: &Path) -> Result<Manifest, BackupError> {
    let broken = |error: io::Error| BackupError::Damaged(format!("备份文件读不下去：{error}"));
    make_folder(to)?;
    make_folder(&to.join("journal"))?;
    make_folder(&to.join("evidence"))?;
    let mut tar = tar::Archive::new(zstd::stream::read::Decoder::new(from).map_err(broken)?);
    let mut found = BTreeMap::new();
    let mut manifest: Option<Manifest> = None;
    for entry in tar.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        let mut reader = Hashing { inner: entry, hasher: blake3::Hasher::new(), read: 0 };
        if path == MANIFEST {
            let mut text = Vec::new();
            (&mut reader).take(LONGEST_MANIFEST).read_to_end(&mut text).map_err(broken)?;
            let read = serde_json::from_slice(&text);
            manifest = Some(read.map_err(|e| BackupError::Damaged(format!("{MANIFEST} 看不懂：{e}")))?);
            continue;
        }
        if !is_ours(&path) {
            return Err(BackupError::Damaged(format!("里面有不属于备份的 {path:?}")));
        }
        let file = to.join(&path);
        if let Some(folder) = file.parent() {
            make_folder(folder)?;
        }
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
        io::copy(&mut reader, &mut out).map_err(broken)?;
        out.sync_all()?;
        found.insert(path, (reader.read, reader.hasher.finalize().to_hex().to_string()));
    }
    // To the very end: the checksum of the whole stands there.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(broken)?;
    let manifest = manifest.ok_or_else(|| BackupError::Damaged("备份不完整：没有清单，可能没有写完".to_owned()))?;
    if manifest.version != VERSION {
        let message = format!("备份是第 {} 版的格式，本程序只认第 {VERSION} 版；请用当时的程序恢复", manifest.version);
        return Err(BackupError::Damaged(message));
    }
    for piece in &manifest.files {
        match found.remove(&piece.path) {
            Some((size, digest)) if (size, &digest) == (piece.size, &piece.digest) => {}
            Some(_) => return Err(BackupError::Damaged(format!("{} 与清单所记不符", piece.path))),
            None => return Err(BackupError::Damaged(format!("清单上的 {} 不在备份里", piece.path))),
        }
    }
    match found.into_keys().next() {
        Some(path) => Err(BackupError::Damaged(format!("{path} 不在清单上"))),
        None => Ok(manifest),
    }
}

/// Whether a path can be one of a backup: nothing else is ever written to a folder.
fn is_ours(path: &str) -> bool {
    let hex = |text: &str, len: usize| {
        text.len() == len && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["journal", name] => name
            .strip_suffix(".xj")
            .is_some_and(|digits| digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit())),
        ["evidence", part, name] => hex(part, 2) && hex(name, 64) && name.starts_with(part),
        _ => false,
    }
}

/// Whether some process has the store in this folder open.
pub fn in_use(folder: &Path) -> bool {
    matches!(sled_store::lock_existing(&Place::new(folder)), Err(StoreError::Locked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_a_store_are_taken() {
        let digest = "ab".to_owned() + &"0".repeat(62);
        assert!(is_ours("journal/00000000000000000001.xj"));
        assert!(is_ours(&format!("evidence/ab/{digest}")));
        for path in [
            "journal/../x.xj",
            "/journal/00000000000000000001.xj",
            "journal/1.xj",
            "lock",
            "evidence/tmp/x",
            &format!("evidence/cd/{digest}"),
            &format!("evidence/ab/{digest}/x"),
        ] {
            assert!(!is_ours(path), "{path}");
        }
    }
}
