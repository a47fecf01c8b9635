//! Evidence (证明材料): files under the BLAKE3 digest of their content.
//!
//! ```text
//! evidence/tmp/BY.DIGEST     what one bringer has brought so far; emptied when the store is opened
//! evidence/ab/abcdef…        whole, checked, synced; never changed again
//! ```

use crate::model::Digest;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The largest piece of evidence.
pub const EVIDENCE_LIMIT: u64 = 20 << 20;

/// Why a piece of evidence could not be taken in or given out.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The digest is not 64 lower-case hexadecimal digits.
    #[error("{0:?} is no digest")]
    BadDigest(String),
    /// Longer than [`EVIDENCE_LIMIT`], or empty.
    #[error("{size} bytes; a piece of evidence has 1 to {EVIDENCE_LIMIT}")]
    Size {
        /// Said or reached.
        size: u64,
    },
    /// The piece does not follow on what has arrived: go on from `expected`.
    #[error("the next piece begins at {expected}, not at {given}")]
    Offset {
        /// What has arrived.
        expected: u64,
        /// What was given.
        given: u64,
    },
    /// All has arrived, but it is not what its digest and size say. It has been thrown away: begin again.
    #[error("the content does not match its digest or size")]
    Mismatch,
    /// There is no such piece.
    #[error("there is no evidence {0}")]
    Missing(Digest),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What a stored piece is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceState {
    /// As it was brought.
    Whole,
    /// Gone.
    Missing,
    /// Something else.
    Altered,
}

/// The folder of evidence.
#[derive(Debug)]
pub struct EvidenceFolder {
    root: PathBuf,
}

impl EvidenceFolder {
    /// Opens or makes the folder; what had half arrived is thrown away.
    pub fn open(root: &Path) -> io::Result<Self> {
        let tmp = root.join("tmp");
        make_folder(root)?;
        make_folder(&tmp)?;
        for item in fs::read_dir(&tmp)? {
            fs::remove_file(item?.path())?;
        }
        Ok(EvidenceFolder { root: root.to_owned() })
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Adds bytes at `offset` to what this bringer has brought: at 0 to begin (again), else where the last ones ended.
    /// Returns where the next ones begin.
    ///
    /// Nobody's half-brought piece stands in another's way: each is kept by its bringer's name. One name brings one
    /// piece from one place at a time. Whether the content is here already makes no difference: who knows a digest
    /// has not thereby brought the paper.
    pub fn append(
        &self,
        by: &str,
        digest: &Digest,
        size: u64,
        offset: u64,
        bytes: &[u8],
    ) -> Result<u64, EvidenceError> {
        check_size(size)?;
        let tmp = self.tmp(by, digest)?;
        let end = offset.saturating_add(bytes.len() as u64);
        let expected = if offset == 0 { 0 } else { length(&tmp)? };
        if offset != expected {
            return Err(EvidenceError::Offset { expected, given: offset });
        }
        if end > size {
            return Err(EvidenceError::Size { size: end });
        }
        let mut options = OpenOptions::new();
        let options = options.create(true).mode(0o600);
        let options = if offset == 0 { options.write(true).truncate(true) } else { options.append(true) };
        let mut file = options.open(&tmp)?;
        if let Err(error) = file.write_all(bytes) {
            file.set_len(offset)?;
            return Err(error.into());
        }
        Ok(end)
    }

    /// Checks what this bringer has brought and keeps it for good. The same content here before is replaced by these
    /// bytes, which have just been checked.
    pub fn finish(&self, by: &str, digest: &Digest, size: u64) -> Result<(), EvidenceError> {
        check_size(size)?;
        let path = self.path(digest)?;
        let tmp = self.tmp(by, digest)?;
        let arrived = length(&tmp)?;
        if arrived < size {
            return Err(EvidenceError::Offset { expected: arrived, given: size });
        }
        if arrived > size || hash(&tmp)? != digest.0 {
            fs::remove_file(&tmp)?;
            return Err(EvidenceError::Mismatch);
        }
        File::open(&tmp)?.sync_all()?;
        let folder = path.parent().unwrap_or(&self.root);
        if !folder.exists() {
            make_folder(folder)?;
            File::open(&self.root)?.sync_all()?;
        }
        fs::rename(&tmp, &path)?;
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// Throws away what this bringer has brought of a piece.
    pub fn discard(&self, by: &str, digest: &Digest) -> Result<(), EvidenceError> {
        match fs::remove_file(self.tmp(by, digest)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Bytes of a stored piece from `offset`, at most `count`; fewer at the end.
    pub fn read_piece(&self, digest: &Digest, offset: u64, count: usize) -> Result<Vec<u8>, EvidenceError> {
        let mut file = match File::open(self.path(digest)?) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(EvidenceError::Missing(digest.clone()));
            }
            Err(error) => return Err(error.into()),
        };
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(count as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Whether a piece of this size is there, without reading it: what a desk is asked before attaching.
    pub fn has(&self, digest: &Digest, size: u64) -> bool {
        let path = self.path(digest).ok();
        path.and_then(|path| fs::metadata(path).ok()).is_some_and(|found| found.len() == size)
    }

    /// Reads a piece and compares it with its digest.
    pub fn check(&self, digest: &Digest) -> io::Result<EvidenceState> {
        let Ok(path) = self.path(digest) else { return Ok(EvidenceState::Missing) };
        match hash(&path) {
            Ok(found) if found == digest.0 => Ok(EvidenceState::Whole),
            Ok(_) => Ok(EvidenceState::Altered),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(EvidenceState::Missing),
            Err(error) => Err(error),
        }
    }

    /// The same without opening the folder for work.
    pub(crate) fn check_in(root: &Path, digest: &Digest) -> io::Result<EvidenceState> {
        EvidenceFolder { root: root.to_owned() }.check(digest)
    }

    /// A digest comes from outside and becomes a file name: it is looked at first.
    fn path(&self, digest: &Digest) -> Result<PathBuf, EvidenceError> {
        let text = digest.as_str();
        let good = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match text.get(..2).filter(|_| good) {
            Some(first) => Ok(self.root.join(first).join(text)),
            None => Err(EvidenceError::BadDigest(text.to_owned())),
        }
    }

    /// Where a bringer's part lies. The name becomes part of a file name: it is hashed first.
    fn tmp(&self, by: &str, digest: &Digest) -> Result<PathBuf, EvidenceError> {
        self.path(digest)?;
        let by = blake3::hash(by.as_bytes()).to_hex();
        Ok(self.root.join("tmp").join(format!("{}.{digest}", &by.as_str()[..32])))
    }
}

fn check_size(size: u64) -> Result<(), EvidenceError> {
    if (1..=EVIDENCE_LIMIT).contains(&size) { Ok(()) } else { Err(EvidenceError::Size { size }) }
}

fn length(path: &Path) -> io::Result<u64> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Makes a folder that only its owner can enter, if it is not there.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}
