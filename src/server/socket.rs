//! Where the socket lies, and whom a desk trusts to listen there. A path longer than Unix allows is placed in a folder
//! of the user's own instead and found through a file in the data folder.

use super::peer::uid_of;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
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

/// Somebody other than the data folder's owner listens at its socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("user {server} listens at the socket of a folder of user {owner}")]
pub struct Stranger {
    /// User number of who listens.
    pub server: u32,
    /// User number of the folder's owner.
    pub owner: u32,
}

impl Stranger {
    /// The stranger in a failure to connect.
    pub fn of(error: &io::Error) -> Option<Stranger> {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
    }
}

fn trusted(server: u32, owner: u32) -> bool {
    server == owner || server == 0
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

    /// Connects to a server that listens there. Who listens must be the folder's owner or root: to anybody else not
    /// even a hello is said, and the error holds a [`Stranger`].
    pub fn connect(&self) -> io::Result<UnixStream> {
        let stream = UnixStream::connect(self.find())?;
        let (server, owner) = (uid_of(&stream)?, fs::metadata(&self.data)?.uid());
        if trusted(server, owner) { Ok(stream) } else { Err(io::Error::other(Stranger { server, owner })) }
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
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let path = runtime_folder(runtime, &std::env::temp_dir())
            .map_err(|(path, error)| SocketError::Io { path, error })?
            .join(format!("xueji-{}.sock", &name.as_str()[..16]));
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

/// A folder that nobody but this user can put anything into: the runtime folder of the session, else one made in the
/// common folder for temporary files. There everybody can make names, so what lies under ours is looked at first.
fn runtime_folder(runtime: Option<PathBuf>, common: &Path) -> Result<PathBuf, (PathBuf, io::Error)> {
    if let Some(runtime) = runtime.filter(|runtime| runtime.is_absolute() && own(runtime).is_ok()) {
        return Ok(runtime);
    }
    let path = common.join(format!("xueji-{}", rustix::process::geteuid().as_raw()));
    match DirBuilder::new().mode(0o700).create(&path) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err((path, e)),
        _ => {}
    }
    match own(&path) {
        Ok(()) => Ok(path),
        Err(error) => Err((path, error)),
    }
}

/// Whether this is a folder, no link to one, of this user's own, in which nobody else can write.
fn own(folder: &Path) -> io::Result<()> {
    let meta = fs::symlink_metadata(folder)?;
    let mine = meta.uid() == rustix::process::geteuid().as_raw();
    if meta.is_dir() && mine && meta.mode() & 0o022 == 0 {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is not this user's own folder, closed to others"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_folder_is_ours_alone_or_not_used() {
        let base = tempfile::tempdir().unwrap();
        let made = runtime_folder(None, base.path()).unwrap();
        assert_eq!(made.parent(), Some(base.path()));
        assert_eq!(fs::metadata(&made).unwrap().mode() & 0o777, 0o700);
        assert_eq!(runtime_folder(None, base.path()).unwrap(), made, "again");

        fs::set_permissions(&made, fs::Permissions::from_mode(0o722)).unwrap();
        assert!(runtime_folder(None, base.path()).is_err(), "others can write in it");
        fs::remove_dir(&made).unwrap();
        let elsewhere = base.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &made).unwrap();
        assert!(runtime_folder(None, base.path()).is_err(), "a link");
        fs::remove_file(&made).unwrap();
        fs::write(&made, "").unwrap();
        assert!(runtime_folder(None, base.path()).is_err(), "no folder");
        fs::remove_file(&made).unwrap();

        // The session's own folder comes first, unless others can write there.
        assert_eq!(runtime_folder(Some(elsewhere.clone()), base.path()).unwrap(), elsewhere);
        fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(runtime_folder(Some(elsewhere), base.path()).unwrap(), made);
        assert_eq!(runtime_folder(Some("relative".into()), base.path()).unwrap(), made);
    }

    #[test]
    fn only_the_owner_and_root_are_trusted_to_listen() {
        assert!(trusted(1000, 1000) && trusted(0, 1000) && trusted(0, 0));
        assert!(!trusted(1001, 1000) && !trusted(1000, 0));
        let error = io::Error::other(Stranger { server: 2, owner: 1 });
        assert_eq!(Stranger::of(&error), Some(Stranger { server: 2, owner: 1 }));
        assert_eq!(Stranger::of(&io::Error::other("else")), None);
    }

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
