//! Gathers the facts `law` judges on.

use super::alerts::watched_student;
use super::{Refused, State};
use crate::law::calendar::Calendar;
use crate::law::case::{BatchFacts, Case};
use crate::law::joining::JoiningFacts;
use crate::law::new_major::Taught;
use crate::law::rules;
use crate::model::{
    Alert, Application, ApplicationId, Batch, Details, Finding, Kind, Leaving, Level, Major, Office, OfficeId, Outside,
    PersonId, PersonalField, Post, Student, StudentId, WatchedStudent,
};
use std::collections::HashSet;
use std::sync::Arc;

/// Owned facts of one case; [`CaseFacts::case`] lends them to `law`.
#[derive(Debug, Clone)]
pub struct CaseFacts {
    /// The student's record as it stands.
    pub student: Student,
    /// The starting school.
    pub school: Office,
    /// The office whose turn it is.
    pub hand: Office,
    /// Who acts for the hand when it has no accounts here.
    pub recorder: Option<Office>,
    /// The student's major, if the catalogue has it.
    pub major: Option<Major>,
    /// The receiving school of a transfer.
    pub to: Option<Office>,
    /// The new major of a change.
    pub new_major: Option<Major>,
    /// What the school of the new major may teach.
    pub taught: Option<Taught>,
    /// Another student with the number this application would give.
    pub same_number: Option<StudentId>,
    /// The same, if that student's file lives.
    pub same_number_lives: Option<StudentId>,
    /// The student's papers for the end of study.
    pub leaving: Option<Leaving>,
    /// What the kinds rest on whose file may begin with them.
    pub joining: JoiningFacts,
    /// The batch of a transfer.
    pub batch: Option<BatchFacts>,
    /// What the negative list looks at in the student's file, and the cases on it.
    pub watched: (WatchedStudent, Vec<Arc<Alert>>),
    /// The student's other open applications.
    pub others: Vec<(ApplicationId, Kind)>,
}

impl CaseFacts {
    /// The facts of an application.
    pub fn of(state: &State<'_>, application: &Application) -> Result<Self, Refused> {
        let student = state
            .student(application.student)?
            .ok_or_else(|| Refused::NotFound(format!("没有学生 {}", application.student)))?;
        let hand = application.step().map_or(&application.school, |step| &step.hand);
        let details = &application.details;
        let outside = application.step().and_then(|step| step.outside.as_ref()).map(Outside::office);
        let hand = outside.map_or_else(|| office(state, hand), Ok)?;
        let mut facts = CaseFacts::gather(state, student, &application.school, hand, Some(application.id), details)?;
        if let Some(of) = application.batch
            && let Some(batch) = state.batch(of.batch)?
        {
            facts.batch = Some(of_batch(state, &batch)?);
        }
        if !is_here(state, &facts.hand.id) {
            let acted = application.steps[..application.current.min(application.steps.len())].iter().rev();
            let last = acted.map(|step| &step.hand).find(|office| is_here(state, office));
            facts.recorder = state.office(last.unwrap_or(&application.school))?;
        }
        Ok(facts)
    }

    /// The facts before an application exists.
    pub fn before(state: &State<'_>, student: Student, details: &Details) -> Result<Self, Refused> {
        let school = student.school.clone();
        let hand = office(state, &school)?;
        CaseFacts::gather(state, student, &school, hand, None, details)
    }

    fn gather(
        state: &State<'_>,
        student: Student,
        school: &OfficeId,
        hand: Office,
        except: Option<ApplicationId>,
        details: &Details,
    ) -> Result<Self, Refused> {
        let others = state.others(student.id, except);
        let major = state.major(&student.major)?;
        let (mut to, mut new_major, mut same_number) = (None, None, None);
        match details {
            Details::Transfer { .. } | Details::TransferMajor { .. } => {
                to = details.receiving().map(|school| office(state, school)).transpose()?;
            }
            Details::Correction { field: PersonalField::IdNumber, to: number, .. } => {
                same_number = state.with_number(number, student.id)?;
            }
            Details::MoveIn { .. } | Details::ComingOver(_) | Details::Junior(_) => {
                same_number = state.with_number(&student.id_no, student.id)?;
            }
            _ => {}
        }
        let school = office(state, school)?;
        let mut taught = None;
        if let Some(code) = details.new_major() {
            let major = state.major(code)?.ok_or_else(|| Refused::NotFound(format!("专业目录中没有 {code}")))?;
            let at = to.as_ref().unwrap_or(&school);
            taught = Some(Taught {
                major: format!("{code} {}", major.name),
                code: code.clone(),
                school: at.name.clone(),
                campus: if to.is_some() { String::new() } else { student.campus.clone() },
                published: state.offers_since(&at.id, student.entry),
            });
            new_major = Some(major);
        }
        let same_number_lives = match same_number {
            Some(id) => state.student(id)?.filter(|other| other.status.is_live()).map(|other| other.id),
            None => None,
        };
        let joining = super::joining::facts(state, &student, (&school, major.as_ref()), details)?;
        let leaving = state.leaving(student.id)?;
        let watched = (watched_student(state, &student)?, state.alerts_of(student.id));
        Ok(CaseFacts {
            watched,
            school,
            hand,
            recorder: None,
            joining,
            batch: None,
            student,
            major,
            to,
            new_major,
            taught,
            same_number,
            same_number_lives,
            leaving,
            others,
        })
    }

    /// Lends the facts.
    pub fn case<'a>(&'a self, application: Option<&'a Application>, calendar: &'a Calendar) -> Case<'a> {
        Case {
            application,
            student: &self.student,
            school: &self.school,
            hand: &self.hand,
            recorder: self.recorder.as_ref(),
            others: &self.others,
            leaving: self.leaving.as_ref(),
            watched: (&self.watched.0, &self.watched.1),
            same_number: self.same_number,
            same_number_lives: self.same_number_lives,
            joining: &self.joining,
            taught: self.taught.as_ref(),
            batch: self.batch.as_ref(),
            calendar,
        }
    }
}

fn office(state: &State<'_>, id: &OfficeId) -> Result<Office, Refused> {
    state.office(id)?.ok_or_else(|| Refused::NotFound(format!("没有机构 {id}")))
}

/// What a batch means to its members: its size, and the other batches between its two schools.
pub(super) fn of_batch(state: &State<'_>, batch: &Batch) -> Result<BatchFacts, Refused> {
    let mut others = Vec::new();
    for other in state.batches_between(&batch.school, &batch.to).iter().filter(|other| other.id != batch.id) {
        others.push((other.id, other.day(), counted(state, other)?));
    }
    Ok(BatchFacts { id: batch.id, size: counted(state, batch)?, day: batch.day(), others })
}

/// How many students a batch counts: those it was submitted with; before, those whom the school has not taken back.
fn counted(state: &State<'_>, batch: &Batch) -> Result<u32, Refused> {
    if batch.submitted_at.is_some() {
        return Ok(batch.size);
    }
    let mut open = 0;
    for id in &batch.members {
        open += u32::from(state.counts_in_batch(*id)?);
    }
    Ok(open)
}

/// An office through which a hand can act is *here*: it has an active account in one of the two posts.
pub fn is_here(state: &State<'_>, office: &OfficeId) -> bool {
    state.accounts().iter().any(|account| account.acts() && account.office == *office)
}

/// R5.9: an office whose two posts cannot be held by two different persons cannot decide anything.
pub fn staff_warning(state: &State<'_>, office: &Office) -> Option<Finding> {
    let school = office.level == Level::School;
    let (first, second) = (Post::first(school), Post::second(school));
    let accounts = state.accounts();
    let holding = |post: Post| -> HashSet<&PersonId> {
        let here = accounts.iter().filter(|account| account.active && account.office == office.id);
        here.filter(|account| account.posts.contains(&post)).map(|account| &account.person).collect()
    };
    let (preparing, checking) = (holding(first), holding(second));
    let two = preparing.iter().any(|one| checking.iter().any(|other| one != other));
    (!two).then(|| {
        rules::R5_9.finding(
            format!(
                "{}在岗{}{}人、{}{}人，没有两个不同的人分任两岗，不具备双岗操作条件",
                office.name,
                first.name(),
                preparing.len(),
                second.name(),
                checking.len()
            ),
            "请机构负责人配齐人员，由系统管理岗增设账号",
            &[
                ("office", office.id.to_string()),
                ("first", preparing.len().to_string()),
                ("second", checking.len().to_string()),
            ],
        )
    })
}
