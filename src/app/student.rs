//! Screen 2: a student's record, or two side by side.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, Purpose};
use super::pick::moved;
use super::screen::{CaseScreen, Screen};
use super::words;
use crate::catalogue::Msg;
use crate::keymap::Action;
use crate::model::{ApplicationId, Command, StudentId};
use crate::wire::{Query, Request, Revealed, StudentCase, StudentLogPage, StudentPaper, StudentView};

/// What of a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordTab {
    /// 基本信息
    Basic,
    /// 学籍轨迹
    Timeline,
    /// 在办业务
    Cases,
    /// 材料 of all the student's applications
    Papers,
    /// 预警
    Alerts,
    /// 毕业
    End,
    /// 日志
    Log,
}

impl RecordTab {
    /// All, in their order on screen.
    pub(crate) const ALL: [RecordTab; 7] = [
        RecordTab::Basic,
        RecordTab::Timeline,
        RecordTab::Cases,
        RecordTab::Alerts,
        RecordTab::Papers,
        RecordTab::End,
        RecordTab::Log,
    ];
}

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) id: StudentId,
    pub(crate) view: Option<Box<StudentView>>,
    /// Numbers shown whole, until the record is left.
    pub(crate) revealed: Option<Revealed>,
    pub(crate) scroll: u16,
    pub(crate) picked: usize,
    /// Which of the papers.
    pub(crate) paper: usize,
    /// What was done about the student, as far as it came; none before it is asked for.
    pub(crate) log: Option<StudentLogPage>,
}

impl Record {
    fn new(id: StudentId) -> Record {
        Record { id, view: None, revealed: None, scroll: 0, picked: 0, paper: 0, log: None }
    }

    /// Papers as they are listed.
    pub(crate) fn papers(&self) -> &[StudentPaper] {
        self.view.as_ref().map_or(&[], |view| &view.papers)
    }

    /// Applications as they are listed: open ones first, then the newest.
    pub(crate) fn cases(&self) -> Vec<&StudentCase> {
        let mut cases: Vec<&StudentCase> = self.view.iter().flat_map(|view| &view.applications).collect();
        cases.sort_by_key(|case| (case.row.is_none(), std::cmp::Reverse(case.id)));
        cases
    }
}

/// One record, or two side by side. Both show the same tab.
#[derive(Debug, Clone)]
pub(crate) struct RecordScreen {
    pub(crate) records: Vec<Record>,
    /// Which one the keys mean.
    pub(crate) at: usize,
    pub(crate) tab: RecordTab,
}

impl RecordScreen {
    /// The one the keys mean.
    pub(crate) fn record(&self) -> Option<&Record> {
        self.records.get(self.at)
    }

    fn record_mut(&mut self) -> Option<&mut Record> {
        self.records.get_mut(self.at)
    }

    /// How far it is scrolled.
    pub(super) fn scroll(&mut self) -> Option<&mut u16> {
        self.record_mut().map(|record| &mut record.scroll)
    }
}

impl App {
    /// Opens a record, beside another if one was kept.
    pub(super) fn open_student(&mut self, id: StudentId, beside: Option<StudentId>) {
        self.dirty = true;
        let ids: Vec<StudentId> = beside.into_iter().filter(|beside| *beside != id).chain([id]).collect();
        let at = ids.len() - 1;
        let records = ids.iter().copied().map(Record::new).collect();
        self.stack.push(Screen::Record(Box::new(RecordScreen { records, at, tab: RecordTab::Basic })));
        for id in ids {
            self.ask_student(id, true);
        }
    }

    fn ask_student(&mut self, id: StudentId, opening: bool) {
        self.send(Request::Query(Query::Student { student: id }), Purpose::Student(id, opening));
    }

    /// Asks again for every record on the stack that `wanted` picks.
    pub(super) fn reload_records(&mut self, wanted: impl Fn(&Record) -> bool) {
        let records = self.stack.iter().filter_map(|screen| match screen {
            Screen::Record(screen) => Some(&screen.records),
            _ => None,
        });
        let asks: Vec<_> =
            records.flatten().filter(|one| wanted(one)).map(|one| (one.id, one.view.is_none())).collect();
        for (id, opening) in asks {
            self.ask_student(id, opening);
        }
    }

    /// An application changed: records that list it are asked for again.
    pub(super) fn record_changed(&mut self, id: ApplicationId) {
        self.reload_records(|record| {
            record.view.as_ref().is_some_and(|view| view.applications.iter().any(|case| case.id == id))
        });
    }

    /// A command key on a record.
    pub(super) fn record_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(1).max(1);
        let Some(Screen::Record(screen)) = self.stack.last_mut() else { return };
        match action {
            Action::NextTab | Action::PrevTab => {
                let n = RecordTab::ALL.len();
                let here = RecordTab::ALL.iter().position(|tab| *tab == screen.tab).unwrap_or(0);
                screen.tab = RecordTab::ALL[(here + if action == Action::NextTab { 1 } else { n - 1 }) % n];
                screen.records.iter_mut().for_each(|record| record.scroll = 0);
                self.dirty = true;
                self.open_logs();
            }
            Action::Queue => self.close_all(),
            Action::Students => self.open_students(),
            Action::Entry => self.open_entry(),
            Action::Calendar => self.open_calendar(),
            Action::Board => self.open_board(),
            Action::System => self.open_system(),
            Action::Alerts => self.open_alerts(None),
            Action::Reconcile => self.open_reconcile(),
            Action::Graduation => self.open_graduation(),
            Action::Reveal => self.reveal(),
            Action::Beside => self.lay_beside(),
            Action::StageDone => self.open_stage(),
            Action::Other if screen.records.len() > 1 => {
                screen.at = 1 - screen.at.min(1);
                self.dirty = true;
            }
            Action::Other => self.inform(Msg::BesideNone),
            Action::Refresh => {
                if !self.needs_link() {
                    self.reload_records(|_| true);
                }
            }
            Action::Open if screen.tab == RecordTab::Cases => self.open_record_case(),
            Action::Open | Action::Fetch if screen.tab == RecordTab::Papers => self.fetch_record_paper(),
            Action::Fetch => self.inform(Msg::NoKey),
            Action::Open => self.inform(Msg::RecordEnter),
            Action::Back => self.close_top(),
            action if screen.tab == RecordTab::Cases => {
                let Some(record) = screen.record_mut() else { return };
                let (before, len) = (record.picked, record.cases().len());
                record.picked = moved(before, len, action, page);
                self.dirty |= record.picked != before;
            }
            action if screen.tab == RecordTab::Papers => {
                let Some(record) = screen.record_mut() else { return };
                let (before, len) = (record.paper, record.papers().len());
                record.paper = moved(before, len, action, page);
                self.dirty |= record.paper != before;
            }
            action if screen.tab == RecordTab::Log => self.read_log(action),
            action => self.reading(action),
        }
    }

    /// Copies the chosen paper to the download folder.
    fn fetch_record_paper(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last() else { return };
        let paper = screen.record().and_then(|one| one.papers().get(one.paper).cloned());
        let Some(StudentPaper { application, piece, .. }) = paper else {
            return self.inform(Msg::NoEvidence);
        };
        if !self.needs_link() {
            self.dirty = true;
            let effect = Effect::FetchEvidence { application, digest: piece.digest, name: piece.name };
            self.start_errand(FileJob::Fetch, effect);
        }
    }

    /// Says something by the way.
    pub(super) fn inform(&mut self, msg: Msg) {
        self.note = Some(Note::new(Tone::Info, msg.text(self.look.lang)));
        self.dirty = true;
    }

    /// Keeps this record and looks for another; or puts the other away.
    fn lay_beside(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last_mut() else { return };
        self.dirty = true;
        if screen.records.len() > 1 {
            let at = screen.at;
            screen.records.swap(0, at);
            screen.records.truncate(1);
            screen.at = 0;
            return;
        }
        let Some((id, name)) =
            screen.record().and_then(|record| Some((record.id, record.view.as_ref()?.brief.name.clone())))
        else {
            return;
        };
        self.open_students();
        if let Some(Screen::Students(search)) = self.stack.last_mut() {
            // What found this one finds the other only by chance, and typing would go on behind it.
            search.clear();
            search.beside = Some((id, name));
        }
    }

    fn reveal(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last() else { return };
        let Some(id) = screen.record().filter(|record| record.revealed.is_none()).map(|record| record.id) else {
            return;
        };
        if !self.needs_link() {
            self.send(Request::Write(Command::Reveal { student: id }), Purpose::Reveal(id));
        }
    }

    fn open_record_case(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last() else { return };
        let Some(id) = screen.record().and_then(|one| one.cases().get(one.picked).map(|case| case.id)) else { return };
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        self.stack.push(Screen::Case(CaseScreen { id, case: None, scroll: 0, claimed: false }));
        self.ask_case(id, CaseWhy::Open(None));
    }

    /// Records of this student on the stack.
    pub(super) fn records_of(&mut self, id: StudentId) -> impl Iterator<Item = &mut Record> {
        let screens = self.stack.iter_mut().filter_map(|screen| match screen {
            Screen::Record(screen) => Some(&mut screen.records),
            _ => None,
        });
        screens.flatten().filter(move |record| record.id == id)
    }

    /// A record came.
    pub(super) fn got_student(&mut self, id: StudentId, view: &StudentView) {
        for record in self.records_of(id) {
            record.view = Some(Box::new(view.clone()));
            record.picked = record.picked.min(view.applications.len().saturating_sub(1));
            record.paper = record.paper.min(view.papers.len().saturating_sub(1));
        }
        self.log_grew(id);
    }

    /// Whole numbers came.
    pub(super) fn got_revealed(&mut self, revealed: &Revealed) {
        let mut shown = false;
        for record in self.records_of(revealed.student) {
            record.revealed = Some(revealed.clone());
            shown = true;
        }
        self.log_grew(revealed.student);
        if shown {
            let text = Msg::RevealDone.fill(self.look.lang, &[("when", &words::moment(revealed.at))]);
            self.note = Some(Note::new(Tone::Info, text));
        }
    }

    /// A record that did not come does not stay open and empty.
    pub(super) fn record_failed(&mut self, id: StudentId) {
        let Some(Screen::Record(screen)) = self.stack.last_mut() else { return };
        screen.records.retain(|record| record.id != id || record.view.is_some());
        screen.at = screen.at.min(screen.records.len().saturating_sub(1));
        if screen.records.is_empty() {
            self.close_top();
        }
    }
}
