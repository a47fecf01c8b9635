//! Who is at the other end: the kernel's word, never the client's.

use crate::model::PersonId;
use std::io;
use std::os::unix::net::UnixStream;

/// The operating-system user of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// User number.
    pub uid: u32,
    /// User name; the number as text where the system knows no name.
    pub name: String,
    /// The person a PIN has proved him to be, where several share the user.
    pub person: Option<PersonId>,
}

impl Peer {
    /// Of this connection.
    pub fn of(stream: &UnixStream) -> io::Result<Self> {
        let uid = uid_of(stream)?;
        Ok(Peer { uid, name: user_name(uid), person: None })
    }
}

/// The user number at the other end; the name may take longer to find.
pub(super) fn uid_of(stream: &UnixStream) -> io::Result<u32> {
    Ok(rustix::net::sockopt::socket_peercred(stream)?.uid.as_raw())
}

/// The name of a user number.
pub fn user_name(uid: u32) -> String {
    nix::unistd::User::from_uid(nix::unistd::Uid::from_raw(uid))
        .ok()
        .flatten()
        .map_or_else(|| uid.to_string(), |user| user.name)
}
