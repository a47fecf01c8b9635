//! 批量转学 at the desk: a batch with its members, acted on as a whole; a member opened by itself is acted on alone,
//! and runs alone from there. A batch begins with students marked on screen 2.

use super::deed::{Deed, What};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::{CaseScreen, Screen};
use super::start_form::StartForm;
use super::{App, Link};
use crate::catalogue::{BatchText, Lang, Msg};
use crate::keymap::Action;
use crate::model::{
    ApplicationId, BatchAct, BatchId, BatchList, Details, FEWEST_MEMBERS, MOST_MEMBERS, Post, StudentId,
};
use crate::wire::{BatchPreviewView, BatchView, BulkReport, Doable, PreviewView, Query, Request, StudentBrief};

/// A batch, open.
#[derive(Debug, Clone)]
pub(crate) struct BatchScreen {
    pub(crate) id: BatchId,
    pub(crate) view: Option<Box<BatchView>>,
    pub(crate) picked: usize,
    /// What this desk has in hand for it.
    pub(super) claimed: Option<ApplicationId>,
    /// A member changed while it was being asked for: what comes may be older than that.
    again: bool,
}

impl BatchScreen {
    /// Opened, not read yet.
    pub(super) fn new(id: BatchId) -> BatchScreen {
        BatchScreen { id, view: None, picked: 0, claimed: None, again: false }
    }

    fn has(&self, application: ApplicationId) -> bool {
        self.view.as_ref().is_some_and(|view| view.members.iter().any(|member| member.application == application))
    }
}

/// `某某等30人`, or the one name.
pub(crate) fn several(first: &str, many: u32, lang: Lang) -> String {
    match many {
        0 | 1 => first.to_owned(),
        n => BatchText::BatchOf.fill(lang, &[("student", first), ("n", &n.to_string())]),
    }
}

/// A batch a deed is done with: which, as seen.
pub(super) type Whole = (BatchId, u64);

/// The same with the words for its students.
pub(super) type Called = (Whole, String);

/// What is done with each member.
pub(super) fn batch_act(what: &What) -> Option<BatchAct> {
    Some(match what.clone() {
        What::Propose(outcome, reasons) => BatchAct::Propose { outcome, reasons },
        What::Agree(_) => BatchAct::Decide { agree: true, remark: String::new() },
        What::SendBack(remark) => BatchAct::Decide { agree: false, remark },
        What::Submit => BatchAct::Submit {},
        What::Withdraw => BatchAct::Withdraw {},
        What::Cancel(reason) => BatchAct::Cancel { reason },
        // What is said of one case, or starts another, is not done with all of a batch.
        _ => return None,
    })
}

/// Whom an act on the batch is about, for the line that asks.
pub(super) fn whom(view: &BatchView, action: Action, lang: Lang) -> String {
    let moving = view.members.iter().filter(|member| !member.apart && member.status.is_open());
    let many = match action {
        Action::Withdraw | Action::Cancel => u32::try_from(moving.count()).unwrap_or(u32::MAX),
        _ => view.together,
    };
    let first = view.case.students.first().map_or("", |student| student.name.as_str());
    several(first, many, lang)
}

impl App {
    /// Opens a batch; `then` is what to do with it.
    pub(super) fn open_batch(&mut self, id: BatchId, then: Option<Action>) {
        self.dirty = true;
        self.stack.push(Screen::Batch(Box::new(BatchScreen::new(id))));
        self.ask_batch(id, true, then);
    }

    fn ask_batch(&mut self, id: BatchId, open: bool, then: Option<Action>) {
        self.send(Request::Query(Query::Batch { batch: id }), Purpose::Batch(id, open, then));
    }

    /// It came.
    pub(super) fn got_batch(&mut self, id: BatchId, open: bool, then: Option<Action>, view: BatchView) {
        let mut moved_on = false;
        let mine = [&view.case.submit, &view.case.propose, &view.case.decide].contains(&&Doable::Open);
        let case = view.case.id;
        let (mut claim, mut again) = (false, false);
        for screen in &mut self.stack {
            if let Screen::Batch(screen) = screen
                && screen.id == id
            {
                moved_on |= !open && screen.view.as_ref().is_some_and(|shown| shown.revision != view.revision);
                claim |= open && mine && screen.claimed.is_none();
                screen.picked = screen.picked.min(view.members.len().saturating_sub(1));
                screen.view = Some(Box::new(view.clone()));
                again |= std::mem::take(&mut screen.again);
            }
        }
        if claim {
            self.send(Request::Query(Query::Claim { application: case }), Purpose::Claim(case));
        }
        if again && self.link == Link::Up {
            self.ask_batch(id, false, None);
        }
        if moved_on {
            self.case_moved(case);
        } else if let Some(action) = then {
            self.begin(action);
        }
    }

    /// A batch that is shown is asked for again when one of its members has changed.
    pub(super) fn reload_batch_of(&mut self, application: ApplicationId) {
        let shown = self.stack.iter().find_map(|screen| match screen {
            Screen::Batch(screen) if screen.has(application) => Some(screen.id),
            _ => None,
        });
        let Some(id) = shown.filter(|_| self.link == Link::Up) else { return };
        if !self.outbox.any(|purpose| matches!(purpose, Purpose::Batch(asked, ..) if *asked == id)) {
            return self.ask_batch(id, false, None);
        }
        for screen in &mut self.stack {
            if let Screen::Batch(screen) = screen {
                screen.again |= screen.id == id;
            }
        }
    }

    /// A command key on a batch.
    pub(super) fn batch_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(1).max(1);
        let Some(Screen::Batch(screen)) = self.stack.last_mut() else { return };
        let (id, case) = (screen.id, screen.view.as_ref().map(|view| view.case.id));
        match action {
            Action::Back => self.close_top(),
            Action::Open => {
                let member = screen.view.as_ref().and_then(|view| view.members.get(screen.picked));
                let Some(id) = member.map(|member| member.application) else { return };
                if !self.needs_link() {
                    self.dirty = true;
                    self.stack.push(Screen::Case(CaseScreen { id, case: None, scroll: 0, claimed: false }));
                    self.ask_case(id, super::outbox::CaseWhy::Open(None));
                }
            }
            Action::Basis => {
                if let Some(case) = case {
                    self.open_basis(case);
                }
            }
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_batch(id, true, None);
                    self.refresh();
                }
            }
            action if action.decides() => {
                if !self.needs_link() {
                    self.begin(action);
                }
            }
            action => {
                let many = screen.view.as_ref().map_or(0, |view| view.members.len());
                let before = screen.picked;
                screen.picked = moved(before, many, action, page);
                self.dirty |= screen.picked != before;
            }
        }
    }

    /// An act on a batch was accepted, for all or for some.
    pub(super) fn batch_done(&mut self, deed: &Deed, id: BatchId, report: BulkReport) {
        let said = self.deed_words(Msg::Done, deed);
        let some = report.refused > 0;
        if some {
            self.note = None;
            self.show_report(report, false);
        } else {
            self.note = Some(Note::new(Tone::Info, said));
        }
        let on_top = matches!(self.stack.last(), Some(Screen::Batch(screen)) if screen.id == id);
        if on_top && deed.ends_my_turn() && !some {
            self.close_top();
        } else if self.stack.iter().any(|screen| matches!(screen, Screen::Batch(screen) if screen.id == id)) {
            self.ask_batch(id, true, None);
        }
        self.refresh();
    }

    /// Marks the student pointed at, or takes the mark off, and goes on to the next.
    pub(super) fn mark_student(&mut self) {
        self.dirty = true;
        let Some(Screen::Students(search)) = self.stack.last_mut() else { return };
        let Some(one) = search.found.get(search.picked).cloned() else { return };
        let before = search.marked.len();
        search.marked.retain(|other| other.id != one.id);
        if search.marked.len() == before {
            if before >= MOST_MEMBERS {
                let n = MOST_MEMBERS.to_string();
                self.note = Some(Note::new(Tone::Warn, BatchText::BatchMost.fill(self.look.lang, &[("n", &n)])));
                return;
            }
            search.marked.push(one);
        }
        search.picked = moved(search.picked, search.found.len(), Action::Down, 1);
    }

    /// The marked students are to transfer together: the form opens with all of them.
    pub(super) fn start_together(&mut self) {
        self.dirty = true;
        let lang = self.look.lang;
        let Some(Screen::Students(search)) = self.stack.last() else { return };
        let group = search.marked.clone();
        let entry = self.me.as_ref().is_some_and(|me| me.account.posts.contains(&Post::Entry));
        let wrong = match group.len() {
            _ if !entry => Some(Msg::NotEntry.text(lang)),
            0 | 1 => Some(BatchText::BatchFew.text(lang)),
            _ => None,
        };
        if let Some(text) = wrong {
            self.note = Some(Note::new(Tone::Warn, text));
            return;
        }
        let today = self.me.as_ref().map(|me| me.now.day());
        let form = match self.left_start.take() {
            // The school and the ground that were typed for the list before it was changed.
            Some(mut left) if left.is_batch() => {
                left.regroup(group);
                left
            }
            left => {
                self.left_start = left;
                Box::new(StartForm::together(today, group))
            }
        };
        self.push_together(form);
    }

    /// The form as it was left: here, or on the server with the students of its list.
    pub(super) fn open_together_again(&mut self) {
        let today = self.me.as_ref().map(|me| me.now.day());
        let left = self.left_start.take_if(|form| form.is_batch());
        self.push_together(left.unwrap_or_else(|| Box::new(StartForm::together(today, Vec::new()))));
    }

    fn push_together(&mut self, form: Box<StartForm>) {
        self.dirty = true;
        self.stack.push(Screen::Start(form));
        if !self.needs_link() {
            self.send(Request::Query(Query::Kinds {}), Purpose::Kinds);
        }
    }

    /// What the rules would say of the list came: who is in the way, or the line that asks.
    pub(super) fn got_batch_preview(&mut self, seen: BatchPreviewView) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let refused = seen.refused.clone();
        let Ok((student, details)) = form.read() else { return };
        let Some(list) = list(&form.group, &details) else { return };
        form.preview = Some(Box::new(PreviewView {
            refused: None,
            findings: seen.findings,
            changes: Vec::new(),
            route: seen.route,
            evidence: seen.evidence,
        }));
        if !refused.is_empty() {
            form.in_the_way = refused.iter().map(|(id, ..)| *id).collect();
            self.note = Some(in_the_way(&refused, lang));
            return;
        }
        let many = u32::try_from(list.students.len()).unwrap_or(u32::MAX);
        let student = several(&student.name, many, lang);
        let (what, kind) = (What::StartBatch(list), details.kind());
        let deed = Deed { what, on: None, batch: None, student, kind, school: true };
        self.confirm = Some(super::deed::Confirm::Deed(Box::new(deed)));
    }

    /// Those in the way, who have been named, are taken off the list. Whether too few are left for a batch.
    pub(super) fn too_few_left(&mut self) -> bool {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return false };
        let off = form.clear_the_way();
        let few = !off.is_empty() && form.group.len() < FEWEST_MEMBERS;
        for screen in &mut self.stack {
            if let Screen::Students(search) = screen {
                search.marked.retain(|student| !off.contains(&student.id));
            }
        }
        if few {
            if let Some(Screen::Start(form)) = self.stack.pop() {
                self.left_start = Some(form);
            }
            self.note = Some(Note::new(Tone::Warn, BatchText::BatchFew.text(self.look.lang)));
        }
        few
    }

    /// The list was taken: the batch opens, to be given its papers and submitted.
    pub(super) fn batch_started(&mut self, id: BatchId) {
        for screen in &mut self.stack {
            if let Screen::Students(search) = screen {
                search.marked.clear();
            }
        }
        self.open_batch(id, None);
        let id = id.to_string();
        self.note = Some(Note::new(Tone::Info, BatchText::BatchStarted.fill(self.look.lang, &[("id", &id)])));
        self.refresh();
    }
}

/// The list of a group under these details.
pub(super) fn list(group: &[StudentBrief], details: &Details) -> Option<BatchList> {
    let Details::Transfer { handed_in_on, to, ground } = details else { return None };
    let students = group.iter().map(|student| student.id).collect();
    Some(BatchList { students, to: to.clone(), handed_in_on: *handed_in_on, ground: ground.clone() })
}

/// Names said at once.
const NAMED: usize = 4;

fn in_the_way(refused: &[(StudentId, String, String)], lang: Lang) -> Note {
    let mut lines = vec![BatchText::BatchInTheWay.fill(lang, &[("n", &refused.len().to_string())])];
    lines.extend(refused.iter().take(NAMED).map(|(id, name, why)| {
        let name = if name.is_empty() { id.to_string() } else { name.clone() };
        format!("{name}  {why}")
    }));
    if refused.len() > NAMED {
        lines.push(BatchText::BatchMoreInTheWay.fill(lang, &[("n", &(refused.len() - NAMED).to_string())]));
    }
    Note { tone: Tone::Refusal, lines }
}
