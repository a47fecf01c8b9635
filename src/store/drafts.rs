//! Drafts: what somebody has typed and not handed in. They lie beside the journal, not in it.
//!
//! ```text
//! drafts/ACCOUNT/SLOT     one file per draft, under digests of both names: content, or only what is left of an expired one
//! ```
//!
//! A draft changes no record and decides nothing, so nothing can be rebuilt from it and nothing rests on it. It is
//! written every few seconds while somebody types, and holds numbers and addresses of persons who may never be registered:
//! in a journal that only grows it would cost more than the acts do, and could never be taken back. Each save is a new
//! file, synced and renamed over the old one: a power cut leaves the draft before or the draft after, never half a one.

use super::evidence::make_folder;
use crate::model::{AccountId, Stamp};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The longest content of a draft, in bytes.
pub const LONGEST_DRAFT: usize = 160 << 10;
/// Most drafts of one account, expired ones included.
pub const MOST_DRAFTS: usize = 60;
/// How long a draft is kept after it was last saved, in days.
pub const KEPT_DAYS: u64 = 60;

/// A draft as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose.
    pub account: AccountId,
    /// What it is the draft of; one account has one draft of each.
    pub slot: String,
    /// What it is, in words.
    pub title: String,
    /// The field the cursor is in.
    pub field: String,
    /// When it was saved.
    pub saved: Stamp,
    /// What was typed, in the desk's own form; empty once it has expired.
    pub content: String,
    /// Whether it has expired and was cleared.
    pub expired: bool,
}

/// Why a draft could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// It is too long, or there are too many.
    #[error("{0}")]
    Bounds(String),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The folder of drafts. It is made with the first draft.
#[derive(Debug)]
pub struct DraftFolder {
    root: PathBuf,
    /// One writes at a time: two desks of one account would else take each other's new file away.
    writing: Mutex<()>,
}

fn named(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex().chars().take(32).collect()
}

impl DraftFolder {
    /// The folder at this place, there or not.
    pub fn at(root: PathBuf) -> Self {
        DraftFolder { root, writing: Mutex::new(()) }
    }

    fn folder(&self, account: &AccountId) -> PathBuf {
        self.root.join(named(account.as_str()))
    }

    /// Keeps a draft; when this returns it is on the disk.
    pub fn save(&self, draft: &Draft) -> Result<(), DraftError> {
        if draft.content.len() > LONGEST_DRAFT {
            let message = format!("草稿超过 {} KiB，没有存；请先把写好的部分办出去", LONGEST_DRAFT >> 10);
            return Err(DraftError::Bounds(message));
        }
        let _one = super::lock(&self.writing);
        let folder = self.folder(&draft.account);
        make_folder(&self.root)?;
        make_folder(&folder)?;
        let path = folder.join(named(&draft.slot));
        if !path.exists() && fs::read_dir(&folder)?.count() >= MOST_DRAFTS {
            let message = format!("草稿已有 {MOST_DRAFTS} 份，没有再存；请办完或删去不用的草稿");
            return Err(DraftError::Bounds(message));
        }
        write(&folder, &path, draft)?;
        Ok(())
    }

    /// All drafts of an account, by slot. What has expired by `today` is cleared first, and stays in the list as such.
    pub fn list(&self, account: &AccountId, today: crate::model::Day) -> io::Result<Vec<Draft>> {
        let folder = self.folder(account);
        let items = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            items => items?,
        };
        let mut drafts = Vec::new();
        for item in items {
            let path = item?.path();
            if path.extension().is_some() {
                continue;
            }
            let Some(mut draft) = read(&path)?.filter(|draft| draft.account == *account) else { continue };
            if !draft.expired && draft.until() < today {
                let _one = super::lock(&self.writing);
                (draft.content, draft.expired) = (String::new(), true);
                write(&folder, &path, &draft)?;
            }
            drafts.push(draft);
        }
        drafts.sort_by(|a, b| a.slot.cmp(&b.slot));
        Ok(drafts)
    }

    /// One draft of an account.
    pub fn load(&self, account: &AccountId, slot: &str) -> io::Result<Option<Draft>> {
        let draft = read(&self.folder(account).join(named(slot)))?;
        Ok(draft.filter(|draft| draft.account == *account && draft.slot == slot))
    }

    /// Forgets a draft. Whether there was one.
    pub fn drop_draft(&self, account: &AccountId, slot: &str) -> io::Result<bool> {
        let _one = super::lock(&self.writing);
        let folder = self.folder(account);
        match fs::remove_file(folder.join(named(slot))) {
            Ok(()) => {
                File::open(&folder)?.sync_all()?;
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Draft {
    /// The last day on which it is kept.
    pub fn until(&self) -> crate::model::Day {
        self.saved.day() + chrono::Days::new(KEPT_DAYS)
    }
}

/// A file that is no draft of ours is left where it is, and told to the log.
fn read(path: &Path) -> io::Result<Option<Draft>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes?,
    };
    match serde_json::from_slice(&bytes) {
        Ok(draft) => Ok(Some(draft)),
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "a draft cannot be read");
            Ok(None)
        }
    }
}

fn write(folder: &Path, path: &Path, draft: &Draft) -> io::Result<()> {
    let new = path.with_extension("new");
    let bytes = serde_json::to_vec(draft)?;
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&new)?;
    let written = file.write_all(&bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&new, path));
    if let Err(error) = written {
        // What is there stays; only the new one is not.
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(account: &str, slot: &str, saved: &str) -> Draft {
        Draft {
            account: account.into(),
            slot: slot.into(),
            title: "登记新生".into(),
            field: "身份证件号".into(),
            saved: saved.parse().unwrap(),
            content: "{\"cells\":{}}".into(),
            expired: false,
        }
    }

    #[test]
    fn a_draft_is_its_accounts_alone_and_the_newest_one() {
        let home = tempfile::tempdir().unwrap();
        let folder = DraftFolder::at(home.path().join("drafts"));
        let one = draft("x1-lr", "entry", "2025-10-15T09:00");
        folder.save(&one).unwrap();
        let newer = Draft { content: "{}".into(), ..one.clone() };
        folder.save(&newer).unwrap();
        assert_eq!(folder.load(&"x1-lr".into(), "entry").unwrap(), Some(newer.clone()));
        assert_eq!(folder.load(&"x1-sh".into(), "entry").unwrap(), None);
        assert_eq!(folder.list(&"x1-sh".into(), one.saved.day()).unwrap(), []);
        // Another folder over the same place sees the same: nothing is held in memory only.
        let again = DraftFolder::at(home.path().join("drafts"));
        assert_eq!(again.list(&"x1-lr".into(), one.saved.day()).unwrap(), [newer]);
        assert!(again.drop_draft(&"x1-lr".into(), "entry").unwrap());
        assert!(!again.drop_draft(&"x1-lr".into(), "entry").unwrap());
        assert_eq!(folder.list(&"x1-lr".into(), one.saved.day()).unwrap(), []);
    }

    #[test]
    fn it_expires_after_its_last_day_and_is_still_told() {
        let home = tempfile::tempdir().unwrap();
        let folder = DraftFolder::at(home.path().join("drafts"));
        let one = draft("x1-lr", "entry", "2025-10-15T09:00");
        folder.save(&one).unwrap();
        assert_eq!(one.until().to_string(), "2025-12-14");
        let on = |day: &str| folder.list(&"x1-lr".into(), day.parse().unwrap()).unwrap().remove(0);
        assert!(!on("2025-12-14").expired);
        let left = on("2025-12-15");
        assert_eq!((left.expired, left.content.as_str(), left.title.as_str()), (true, "", "登记新生"));
    }

    #[test]
    fn bounds_are_held_and_said() {
        let home = tempfile::tempdir().unwrap();
        let folder = DraftFolder::at(home.path().join("drafts"));
        let one = draft("x1-lr", "entry", "2025-10-15T09:00");
        folder.save(&Draft { content: "x".repeat(LONGEST_DRAFT), ..one.clone() }).unwrap();
        let long = Draft { content: "x".repeat(LONGEST_DRAFT + 1), ..one.clone() };
        assert!(matches!(folder.save(&long), Err(DraftError::Bounds(_))));
        for n in 1..MOST_DRAFTS {
            folder.save(&Draft { slot: format!("write:{n}"), ..one.clone() }).unwrap();
        }
        let over = Draft { slot: "one more".into(), ..one.clone() };
        assert!(matches!(folder.save(&over), Err(DraftError::Bounds(_))));
        folder.save(&one).unwrap();
    }
}
