//! Where the socket lies. A path longer than Unix allows is placed in the runtime folder instead and found through
//! a file in the data folder.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// Longest path of a Unix socket, in bytes, its end mark not counted.
const LONGEST: usize = 107;

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// No folder short enough for the socket.
    #[error("no folder with a short enough path for the socket (data folder {0})")]
    TooLong(PathBuf),
    /// The group named does not exist.
    #[error("no group named {0}")]
    NoGroup(String),
    /// The system refused.
    #[error("socket {path}: {error}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// The place of a data folder's socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    data: PathBuf,
}

impl Place {
    /// Of this data folder.
    pub fn of(data: &Path) -> Self {
        Place { data: data.to_owned() }
    }

    fn direct(&self) -> PathBuf {
        self.data.join("desk.sock")
    }

    fn pointer(&self) -> PathBuf {
        self.data.join("desk.sock.at")
    }

    fn fits(path: &Path) -> bool {
        path.as_os_str().len() <= LONGEST
    }

    /// Where a desk finds it.
    pub fn find(&self) -> PathBuf {
        if Place::fits(&self.direct()) {
            return self.direct();
        }
        fs::read_to_string(self.pointer()).map(|at| PathBuf::from(at.trim())).unwrap_or_else(|_| self.direct())
    }

    /// Connects to a server that listens there.
    pub fn connect(&self) -> io::Result<UnixStream> {
        UnixStream::connect(self.find())
    }

    /// Binds it. The caller holds the folder's lock: whatever lies there is stale.
    pub fn bind(&self, group: Option<&str>) -> Result<UnixListener, SocketError> {
        let path = self.choose()?;
        let fail = |error: io::Error| SocketError::Io { path: path.clone(), error };
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(fail(e)),
            _ => {}
        }
        let listener = UnixListener::bind(&path).map_err(fail)?;
        let mode = match group {
            None => {
                fs::set_permissions(&self.data, fs::Permissions::from_mode(0o700)).map_err(fail)?;
                0o600
            }
            Some(name) => {
                let group = nix::unistd::Group::from_name(name)
                    .ok()
                    .flatten()
                    .ok_or_else(|| SocketError::NoGroup(name.to_owned()))?;
                let gid = Some(group.gid.as_raw());
                chown(&path, None, gid).map_err(fail)?;
                chown(&self.data, None, gid).map_err(fail)?;
                // The group may pass through the folder to the socket, and see nothing else in it.
                fs::set_permissions(&self.data, fs::Permissions::from_mode(0o710)).map_err(fail)?;
                0o660
            }
        };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).map_err(fail)?;
        Ok(listener)
    }

    fn choose(&self) -> Result<PathBuf, SocketError> {
        if Place::fits(&self.direct()) {
            return Ok(self.direct());
        }
        let name = blake3::hash(self.data.as_os_str().as_encoded_bytes()).to_hex();
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_else(std::env::temp_dir);
        let path = runtime.join(format!("xueji-{}.sock", &name.as_str()[..16]));
        if !Place::fits(&path) {
            return Err(SocketError::TooLong(self.data.clone()));
        }
        fs::write(self.pointer(), path.as_os_str().as_encoded_bytes())
            .map_err(|error| SocketError::Io { path: self.pointer(), error })?;
        Ok(path)
    }

    /// Removes it, at the end.
    pub fn remove(&self) {
        // Nothing to be done if it is gone already: the next server removes what it finds.
        let _ = fs::remove_file(self.find());
        let _ = fs::remove_file(self.pointer());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_found_through_the_pointer() {
        let base = tempfile::tempdir().unwrap();
        let deep = base.path().join("x".repeat(120));
        fs::create_dir_all(&deep).unwrap();
        let place = Place::of(&deep);
        let listener = place.bind(None).unwrap();
        assert!(place.find().as_os_str().len() <= LONGEST);
        let asker = thread_accepts(listener);
        place.connect().unwrap();
        asker.join().unwrap();
        place.remove();
        assert!(place.connect().is_err());
    }

    #[test]
    fn a_short_path_lies_in_the_folder_and_is_the_owners_alone() {
        let base = tempfile::tempdir().unwrap();
        let place = Place::of(base.path());
        fs::write(base.path().join("desk.sock"), "stale").unwrap();
        let _listener = place.bind(None).unwrap();
        let mode = fs::metadata(base.path().join("desk.sock")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    fn thread_accepts(listener: UnixListener) -> std::thread::JoinHandle<()> {
        std::thread::spawn(move || {
            listener.accept().unwrap();
        })
    }
}
