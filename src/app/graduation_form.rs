//! The short forms of screen 8: what the school states, deliveries, a misprint, the archive, a verification; and of a
//! record: that compulsory education was completed.

use super::App;
use super::drafts::Plain;
use super::field::Field;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::screen::Screen;
use crate::catalogue::{GradMsg, Lang};
use crate::keymap::{Action, KeyCode, KeyPress};
use crate::model::{
    ArchiveGraduates, AwardCertificate, Command, CompleteCompulsory, Day, DeliverCertificates, Digest, OfficeId,
    SchoolStatement, StateLeaving, StudentId, VerifyCertificate, VoidCertificate,
};
use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum GradErrand {
    /// 填报
    State { student: StudentId, statement: SchoolStatement },
    /// 交校
    Deliver { students: Vec<StudentId> },
    /// 颁发
    Award { student: StudentId },
    /// 作废
    Void { student: StudentId },
    /// 归档
    Archive { school: OfficeId, year: i32 },
    /// 验证
    Verify,
    /// 完成义务教育
    Compulsory { student: StudentId, revision: u64 },
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Text,
    /// May stay empty.
    Optional,
    Day,
    /// 是 or 否.
    Flag,
    /// The path of a file, or nothing.
    Photo,
}

/// What is done, and for whom in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) errand: GradErrand,
    who: String,
}

/// One of these forms.
#[derive(Debug, Clone)]
pub(crate) struct GradForm {
    pub(super) about: About,
    asks: Vec<(GradMsg, Takes)>,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
    /// What stood in the fields at the beginning.
    begun: Vec<String>,
    /// The digest of the photo that was read, with the path it was read from.
    photo: Option<(String, Digest)>,
    /// Whether what stands now, and is not shown, is known.
    seen: bool,
}

fn flag(set: bool, lang: Lang) -> &'static str {
    if set { GradMsg::Yes.text(lang) } else { GradMsg::No.text(lang) }
}

/// The fields of an errand.
fn asks(errand: &GradErrand) -> &'static [(GradMsg, Takes)] {
    match errand {
        GradErrand::State { .. } => &[
            (GradMsg::FieldHours, Takes::Flag),
            (GradMsg::FieldExam, Takes::Flag),
            (GradMsg::FieldStudyFile, Takes::Optional),
            (GradMsg::FieldPlan, Takes::Optional),
            (GradMsg::FieldPhoto, Takes::Photo),
        ],
        GradErrand::Deliver { .. } => &[(GradMsg::FieldOn, Takes::Day), (GradMsg::FieldReceiver, Takes::Text)],
        GradErrand::Award { .. } => &[
            (GradMsg::FieldOn, Takes::Day),
            (GradMsg::FieldReceiver, Takes::Text),
            (GradMsg::FieldPasted, Takes::Flag),
            (GradMsg::FieldSealed, Takes::Flag),
        ],
        GradErrand::Void { .. } => &[(GradMsg::FieldReason, Takes::Text)],
        GradErrand::Archive { .. } => &[(GradMsg::FieldOn, Takes::Day), (GradMsg::FieldPlace, Takes::Text)],
        GradErrand::Compulsory { .. } => &[(GradMsg::FieldOn, Takes::Day), (GradMsg::FieldNumber, Takes::Text)],
        GradErrand::Verify => &[
            (GradMsg::FieldNumber, Takes::Text),
            (GradMsg::FieldName, Takes::Text),
            (GradMsg::FieldPurpose, Takes::Text),
        ],
    }
}

impl GradForm {
    /// A form of this errand: its day filled in with today's, a statement as it stands.
    pub(super) fn new(errand: GradErrand, who: &str, today: Option<Day>, lang: Lang) -> GradForm {
        GradForm::of(About { errand, who: who.to_owned() }, today, lang)
    }

    /// The same, about this.
    pub(super) fn of(about: About, today: Option<Day>, lang: Lang) -> GradForm {
        let asks = asks(&about.errand).to_vec();
        let begun = match &about.errand {
            GradErrand::State { statement, .. } => vec![
                flag(statement.hours_done, lang).to_owned(),
                flag(statement.exam_passed, lang).to_owned(),
                statement.study_file.clone(),
                statement.plan.clone(),
                String::new(),
            ],
            _ => {
                let today = today.map(|day| day.to_string()).unwrap_or_default();
                let first = |(_, takes): &(GradMsg, Takes)| match takes {
                    Takes::Day => today.clone(),
                    Takes::Flag => flag(false, lang).to_owned(),
                    Takes::Text | Takes::Optional | Takes::Photo => String::new(),
                };
                asks.iter().map(first).collect()
            }
        };
        let fields = begun.iter().map(|text| Field::line(text)).collect();
        GradForm { about, asks, fields, at: 0, begun, photo: None, seen: true }
    }

    /// From a draft. What the form does not show of a statement has to be read anew before it is handed in.
    pub(super) fn reopened(about: About, today: Option<Day>, lang: Lang) -> GradForm {
        let seen = !matches!(about.errand, GradErrand::State { .. });
        GradForm { seen, ..GradForm::of(about, today, lang) }
    }

    /// The statement of a student came: the photo that is recorded, which the form does not show, is the one now.
    pub(super) fn stands(&mut self, student: StudentId, now: &SchoolStatement) {
        if let GradErrand::State { student: of, statement } = &mut self.about.errand
            && *of == student
        {
            statement.photo.clone_from(&now.photo);
            self.seen = true;
        }
    }

    /// Slot of its draft; a verification only asks, and has none.
    pub(super) fn slot(&self) -> Option<String> {
        let (word, whom) = match &self.about.errand {
            GradErrand::State { student, .. } => ("state", student.to_string()),
            GradErrand::Deliver { students } => {
                let all: Vec<String> = students.iter().map(StudentId::to_string).collect();
                ("deliver", blake3::hash(all.join(" ").as_bytes()).to_hex().chars().take(8).collect())
            }
            GradErrand::Award { student } => ("award", student.to_string()),
            GradErrand::Void { student } => ("void", student.to_string()),
            GradErrand::Archive { school, year } => ("archive", format!("{school}-{year}")),
            GradErrand::Verify => return None,
            GradErrand::Compulsory { student, .. } => ("compulsory", student.to_string()),
        };
        Some(format!("{}:{word}:{whom}", super::short_draft::LEAVING))
    }

    /// As far as it is filled in.
    pub(super) fn plain(&self) -> Plain {
        Plain::of(&self.fields, self.at)
    }

    /// Takes a draft up; yes and no whatever language they were typed in.
    pub(super) fn take_plain(&mut self, plain: &Plain, lang: Lang) -> bool {
        let taken = plain.fill(&mut self.fields, &mut self.at);
        for ((_, takes), field) in self.asks.iter().zip(&mut self.fields) {
            if *takes == Takes::Flag {
                let set = [Lang::Zh, Lang::En].iter().any(|lang| field.text() == GradMsg::Yes.text(*lang));
                *field = Field::line(flag(set, lang));
            }
        }
        taken
    }

    /// The heading.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let msg = match self.about.errand {
            GradErrand::State { .. } => GradMsg::FormState,
            GradErrand::Deliver { .. } => GradMsg::FormDeliver,
            GradErrand::Award { .. } => GradMsg::FormAward,
            GradErrand::Void { .. } => GradMsg::FormVoid,
            GradErrand::Archive { .. } => GradMsg::FormArchive,
            GradErrand::Verify => GradMsg::FormVerify,
            GradErrand::Compulsory { .. } => GradMsg::FormCompulsory,
        };
        msg.fill(lang, &[("who", &self.about.who)])
    }

    /// Labels and fields.
    pub(crate) fn rows(&self, lang: Lang) -> Vec<(&'static str, &Field)> {
        self.asks.iter().map(|(label, _)| label.text(lang)).zip(&self.fields).collect()
    }

    /// What the field under the cursor takes.
    pub(crate) fn hint(&self) -> Option<GradMsg> {
        match self.asks.get(self.at)?.1 {
            Takes::Flag => Some(GradMsg::HintFlag),
            Takes::Day => Some(GradMsg::HintDay),
            Takes::Photo => Some(GradMsg::HintPhoto),
            Takes::Text | Takes::Optional => None,
        }
    }

    /// Whether something was filled in that is nowhere else.
    pub(super) fn has_typed(&self) -> bool {
        self.fields.iter().zip(&self.begun).any(|(field, begun)| field.text() != *begun)
    }

    /// The path of a photo that is not read yet.
    fn unread(&self) -> Option<String> {
        let at = self.asks.iter().position(|(_, takes)| *takes == Takes::Photo)?;
        let path = self.fields.get(at).map(Field::text).filter(|path| !path.is_empty())?;
        self.photo.as_ref().is_none_or(|(read, _)| *read != path).then_some(path)
    }

    /// The field that is not filled in as it must be, and why.
    fn wrong(&self, lang: Lang) -> Option<(usize, String)> {
        self.asks.iter().zip(&self.fields).enumerate().find_map(|(at, ((label, takes), field))| match takes {
            Takes::Text if field.is_empty() => {
                Some((at, GradMsg::NeedField.fill(lang, &[("field", label.text(lang))])))
            }
            Takes::Day if field.text().parse::<Day>().is_err() => {
                Some((at, GradMsg::BadDay.fill(lang, &[("text", &field.text())])))
            }
            _ => None,
        })
    }

    /// What is asked for, in words and as a command; none while a day cannot be read.
    fn deed(&self, lang: Lang) -> Option<(String, Command)> {
        let text = |at: usize| self.fields.get(at).map(Field::text).unwrap_or_default();
        let set = |at: usize| text(at) == GradMsg::Yes.text(lang);
        let (msg, command) = match &self.about.errand {
            GradErrand::State { student, statement } => {
                let photo = self.photo.as_ref().map(|(_, digest)| digest.clone()).or(statement.photo.clone());
                let statement = SchoolStatement {
                    photo,
                    hours_done: set(0),
                    exam_passed: set(1),
                    study_file: text(2),
                    plan: text(3),
                };
                (GradMsg::ActsState, Command::StateLeaving(StateLeaving { student: *student, statement }))
            }
            GradErrand::Deliver { students } => {
                let (students, on) = (students.clone(), text(0).parse().ok()?);
                let of = DeliverCertificates { students, on, receiver: text(1) };
                (GradMsg::ActsDeliver, Command::DeliverCertificates(of))
            }
            GradErrand::Award { student } => {
                let (on, receiver) = (text(0).parse().ok()?, text(1));
                let of = AwardCertificate { student: *student, on, receiver, photo_pasted: set(2), sealed: set(3) };
                (GradMsg::ActsAward, Command::AwardCertificate(of))
            }
            GradErrand::Void { student } => {
                (GradMsg::ActsVoid, Command::VoidCertificate(VoidCertificate { student: *student, reason: text(0) }))
            }
            GradErrand::Archive { school, year } => {
                let (school, year, on) = (school.clone(), *year, text(0).parse().ok()?);
                (GradMsg::ActsArchive, Command::ArchiveGraduates(ArchiveGraduates { school, year, on, place: text(1) }))
            }
            GradErrand::Compulsory { student, revision } => {
                let (on, document) = (text(0).parse().ok()?, text(1));
                let of = CompleteCompulsory { student: *student, revision: *revision, on, document };
                (GradMsg::ActsCompulsory, Command::CompleteCompulsory(of))
            }
            GradErrand::Verify => {
                let of = VerifyCertificate { number: text(0), name: text(1), purpose: text(2) };
                (GradMsg::ActsVerify, Command::VerifyCertificate(of))
            }
        };
        let who = if self.about.errand == GradErrand::Verify { text(1) } else { self.about.who.clone() };
        Some((msg.fill(lang, &[("who", &who)]), command))
    }
}

impl App {
    /// A command key in one of these forms.
    pub(super) fn grad_form_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(Screen::GradForm(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len().saturating_sub(1);
        match action {
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = if form.at == last { 0 } else { form.at + 1 },
            Action::PrevField => form.at = form.at.checked_sub(1).unwrap_or(last),
            Action::Accept | Action::Done => self.grad_form_done(),
            Action::Keep => self.leave_short(),
            _ => {}
        }
    }

    /// The form is filled in: the photo is read, then the one line asks.
    fn grad_form_done(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::GradForm(form)) = self.stack.last_mut() else { return };
        if let Some((at, why)) = form.wrong(lang) {
            form.at = at;
            self.note = Some(Note::new(Tone::Warn, why));
            return;
        }
        if !form.seen {
            self.note = Some(Note::new(Tone::Warn, GradMsg::NotSeen.text(lang)));
            return;
        }
        if let Some(path) = form.unread() {
            return self.start_errand(FileJob::Photo, Effect::DigestFile { path });
        }
        if let Some((words, command)) = form.deed(lang) {
            self.confirm_graduation(words, command);
        }
    }

    /// The photo was read: what it is known by.
    pub(super) fn got_photo(&mut self, digest: String) {
        self.note = None;
        let Some(Screen::GradForm(form)) = self.stack.last_mut() else { return };
        if let Some(path) = form.unread() {
            form.photo = Some((path, Digest(digest)));
            self.grad_form_done();
        }
    }
}

/// A key that is no command.
pub(super) fn key(form: &mut GradForm, key: KeyPress, lang: Lang) -> bool {
    let Some((_, takes)) = form.asks.get(form.at) else { return false };
    let flags = *takes == Takes::Flag;
    let Some(field) = form.fields.get_mut(form.at) else { return false };
    if !flags {
        return field.key(key);
    }
    let now = field.text() == GradMsg::Yes.text(lang);
    let set = match key.code {
        KeyCode::Char(' ') => !now,
        KeyCode::Char('y' | '是') => true,
        KeyCode::Char('n' | '否') => false,
        _ => return false,
    };
    *field = Field::line(flag(set, lang));
    true
}
