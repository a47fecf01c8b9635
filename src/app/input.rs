//! What comes in and what goes out. Nothing else crosses the border of this room.

use super::files::ImportWish;
#[cfg(doc)]
use super::load::LoadSeen;
use super::load::LoadWish;
use super::look::Surroundings;
use crate::catalogue::{AsideMsg, GradMsg, ImportText, Lang, LoadText, Msg, NationalText};
use crate::keymap::KeyPress;
use crate::model::{ApplicationId, Digest, ExportKind, OfficeId};
use crate::wire::{Envelope, FromServer, ReportAsked, Tab, Welcome};
use std::time::Duration;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A key, stamped with the moment it was *read*, not the moment it was handled.
    Key(KeyPress),
    /// A bracketed paste.
    Paste(String),
    /// The terminal has this size now.
    Resize {
        /// Columns.
        width: u16,
        /// Lines.
        height: u16,
    },
    /// The terminal, or the line to it, is not what was thought.
    Surroundings(Surroundings),
    /// A line from the server.
    Server(Box<FromServer>),
    /// The link ended, and why.
    LinkLost(String),
    /// The link stands, for the first time or again.
    LinkBack(Box<Welcome>),
    /// A file was sent or fetched, or was not.
    FileDone {
        /// Which errand.
        job: FileJob,
        /// Its name or path; or why not, in words for the clerk.
        outcome: Result<String, String>,
    },
    /// The screen as of the last update is on the terminal. To be handed in directly after drawing.
    Drawn(Drawn),
    /// The moment asked for with [`Effect::WakeAt`] has come.
    Tick,
}

/// What the drawing found out that only the drawing knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How far the topmost screen can be scrolled.
    pub scroll_max: u16,
}

/// An errand with files, done outside of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileJob {
    /// Bringing evidence.
    Attach,
    /// Copying evidence to the download folder.
    Fetch,
    /// Writing a notice there.
    Notice,
    /// Looking into the upload folder; what is found comes as JSON of [`Uploads`](super::Uploads).
    Uploads,
    /// Checking a file or registering its rows; what came of it as JSON of [`ImportSeen`](super::ImportSeen).
    Import,
    /// Taking a list out to the download folder.
    Export,
    /// Writing a school's key-in list there.
    KeyIn,
    /// Reading a photo for its digest.
    Photo,
    /// Checking a file of the province, or taking it in.
    Load,
    /// Writing the report of the board as a spreadsheet.
    Report,
    /// Writing the rows of an import that stay out there.
    Errors,
}

impl FileJob {
    /// All of them, by their numbers.
    pub const ALL: [FileJob; 11] = [
        FileJob::Attach,
        FileJob::Fetch,
        FileJob::Notice,
        FileJob::Uploads,
        FileJob::Import,
        FileJob::Export,
        FileJob::KeyIn,
        FileJob::Photo,
        FileJob::Load,
        FileJob::Report,
        FileJob::Errors,
    ];

    /// What is being done, in a word or two.
    pub(super) fn doing(self, lang: Lang) -> &'static str {
        match self {
            FileJob::Attach => Msg::FileAttaching.text(lang),
            FileJob::Fetch => Msg::FileFetching.text(lang),
            FileJob::Notice => AsideMsg::NoticeWriting.text(lang),
            FileJob::Uploads => ImportText::Looking.text(lang),
            FileJob::Import => ImportText::Checking.text(lang),
            FileJob::Export => ImportText::Exporting.text(lang),
            FileJob::KeyIn => NationalText::Exporting.text(lang),
            FileJob::Photo => GradMsg::ReadingPhoto.text(lang),
            FileJob::Load => LoadText::Checking.text(lang),
            FileJob::Report => LoadText::TableWriting.text(lang),
            FileJob::Errors => ImportText::ErrorsWriting.text(lang),
        }
    }
}

/// Something is to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send this line. Its id is the token that comes back with the answer; commands carry their command id, and one
    /// that was not answered when the link broke is sent again under the same.
    Send(Box<Envelope>),
    /// The screen has changed: draw it, after everything that lies ready was handed in.
    Draw,
    /// Hand in a [`Input::Tick`] at this moment, counted as the inputs' stamps are.
    WakeAt(Duration),
    /// Read this file and bring it as evidence; answer with [`Input::FileDone`].
    AttachFile {
        /// For which application.
        application: ApplicationId,
        /// The file as the clerk wrote it.
        path: String,
        /// Name of the material.
        kind: String,
        /// Where the original is kept.
        original_place: Option<String>,
    },
    /// Copy this piece of evidence to the download folder; answer with [`Input::FileDone`].
    FetchEvidence {
        /// Of which application.
        application: ApplicationId,
        /// Which.
        digest: Digest,
        /// Name it was brought under.
        name: String,
    },
    /// Read this file for the digest of its content; answer with [`Input::FileDone`].
    DigestFile {
        /// The file as the clerk wrote it.
        path: String,
    },
    /// Write this text to the download folder; answer with [`Input::FileDone`].
    WriteText {
        /// Name of the file.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Look which files lie in the upload folder; answer with [`Input::FileDone`].
    ListUploads {
        /// Only spreadsheets and CSV.
        tables: bool,
    },
    /// Check a file that is imported, or register its good rows; answer with [`Input::FileDone`].
    ImportFile(Box<ImportWish>),
    /// Check a file and write its rows that stay out, with the reasons, to the download folder; answer with
    /// [`Input::FileDone`].
    WriteErrors(Box<ImportWish>),
    /// Take a list out to the download folder; answer with [`Input::FileDone`].
    ExportList {
        /// What.
        what: ExportKind,
        /// Which tab, of the queue.
        tab: Tab,
    },
    /// Write what is to be keyed over of a school to the download folder, numbers whole; answer with [`Input::FileDone`].
    WriteKeyIn {
        /// Which school.
        school: OfficeId,
    },
    /// Check this file of the province, or take it in; answer with [`Input::FileDone`], which carries a [`LoadSeen`] as
    /// JSON.
    LoadFile(Box<LoadWish>),
    /// Write the report of the board with its cases to the download folder, as a spreadsheet; answer with
    /// [`Input::FileDone`].
    WriteReport(ReportAsked),
    /// Leave the program.
    Quit,
}
