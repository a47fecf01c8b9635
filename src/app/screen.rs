//! The screens that can lie on the queue: a closed enum on a stack.

use super::alert_form::AlertForm;
use super::alerts::AlertsScreen;
use super::aside_form::AsideForm;
use super::attach::AttachForm;
use super::batch::BatchScreen;
use super::board::{BoardScreen, CasesScreen};
use super::calendar::CalendarScreen;
use super::drafts::DraftPick;
use super::entry::EntryScreen;
use super::entry_grid::GridScreen;
use super::entry_todo::TodoScreen;
use super::fact::FactForm;
use super::graduation::GraduationScreen;
use super::graduation_form::GradForm;
use super::import::{ImportFix, ImportScreen};
use super::inquiry::InquiryForm;
use super::limit::LimitPick;
use super::marks::ReportScreen;
use super::national_load::FilePick;
use super::notice_text::NoticeScreen;
use super::period::PeriodPick;
use super::pick::{AccountPick, EvidencePick};
use super::reconcile::ReconcileScreen;
use super::start_form::StartForm;
use super::student::RecordScreen;
use super::students::Search;
use super::system::{SystemPage, SystemScreen};
use super::system_form::SystemForm;
use super::write::Write;
use crate::keymap::Scope;
use crate::model::ApplicationId;
use crate::wire::{BasisView, CaseView, RuleText};

/// One screen.
#[derive(Debug, Clone)]
pub(crate) enum Screen {
    /// One case.
    Case(CaseScreen),
    /// A batch with its members.
    Batch(Box<BatchScreen>),
    /// What came of an act on several at once.
    Report(ReportScreen),
    /// 依据 of a case.
    Basis(BasisScreen),
    /// Rules asked for by name.
    Rules(RulesScreen),
    /// What the keys do; how far it is scrolled.
    Help(u16),
    /// Accounts of the exercise.
    Accounts(AccountPick),
    /// What narrows the tab.
    Limits(LimitPick),
    /// Which period of rates.
    Periods(PeriodPick),
    /// Which piece of evidence.
    Evidence(EvidencePick),
    /// Reasons or a remark.
    Write(Box<Write>),
    /// Bringing evidence.
    Attach(Box<AttachForm>),
    /// Recording what happened elsewhere.
    Fact(Box<FactForm>),
    /// Parking, handing over, a substitute, a name for a limit.
    Aside(Box<AsideForm>),
    /// A notice of a return or refusal.
    Notice(NoticeScreen),
    /// A new application.
    Start(Box<StartForm>),
    /// Registering new students.
    Entry(Box<EntryScreen>),
    /// Rows pasted from a spreadsheet.
    Grid(Box<GridScreen>),
    /// Who is registered and not filed.
    Unfiled(Box<TodoScreen>),
    /// Drafts of the account.
    Drafts(DraftPick),
    /// Finding a student.
    Students(Box<Search>),
    /// A student's record, or two.
    Record(Box<RecordScreen>),
    /// The negative list.
    Alerts(Box<AlertsScreen>),
    /// A short form about one of its matters.
    AlertForm(Box<AlertForm>),
    /// Reconciliation with the national system.
    Reconcile(Box<ReconcileScreen>),
    /// A query of Art. 20.
    Inquiry(Box<InquiryForm>),
    /// Graduates of a year.
    Graduation(Box<GraduationScreen>),
    /// A short form about them.
    GradForm(Box<GradForm>),
    /// The calendar of a year.
    Calendar(Box<CalendarScreen>),
    /// The supervisor's board.
    Board(Box<BoardScreen>),
    /// Files to be imported, and what is said about one.
    Import(Box<ImportScreen>),
    /// Files of which one is to be loaded.
    Files(FilePick),
    /// Cells of one of its rows.
    ImportFix(Box<ImportFix>),
    /// Cases behind a cell of it.
    BoardCases(Box<CasesScreen>),
    /// Offices, accounts, journal, store.
    System(Box<SystemScreen>),
    /// One thing of it in full.
    SystemPage(Box<SystemPage>),
    /// One of its forms.
    SystemForm(Box<SystemForm>),
}

impl Screen {
    /// Where keys are looked up.
    pub(super) fn scope(&self) -> Scope {
        match self {
            Screen::Case(_) => Scope::Case,
            Screen::Batch(_) => Scope::Batch,
            Screen::Report(_) => Scope::Pane,
            Screen::Basis(_) | Screen::Rules(_) | Screen::Help(_) | Screen::Notice(_) => Scope::Pane,
            Screen::Accounts(_) | Screen::Limits(_) | Screen::Evidence(_) | Screen::Drafts(_) | Screen::Import(_) => {
                Scope::Pick
            }
            Screen::ImportFix(_) => Scope::Form,
            Screen::Periods(_) | Screen::Files(_) => Scope::Pick,
            Screen::Entry(_) => Scope::Entry,
            Screen::Grid(screen) if screen.edit.is_some() => Scope::Form,
            Screen::Grid(_) => Scope::Grid,
            Screen::Unfiled(_) => Scope::Unfiled,
            Screen::Write(_) => Scope::Write,
            Screen::Attach(_) | Screen::Fact(_) | Screen::Start(_) | Screen::Aside(_) | Screen::AlertForm(_) => {
                Scope::Form
            }
            Screen::Inquiry(_) => Scope::Form,
            Screen::Reconcile(_) => Scope::Reconcile,
            Screen::GradForm(_) => Scope::Form,
            Screen::Graduation(_) => Scope::Graduation,
            Screen::Students(_) => Scope::Search,
            Screen::Record(_) => Scope::Record,
            Screen::Calendar(_) => Scope::Calendar,
            Screen::Board(_) | Screen::BoardCases(_) => Scope::Board,
            Screen::System(_) => Scope::System,
            Screen::SystemPage(_) => Scope::Pane,
            Screen::SystemForm(_) => Scope::Form,
            Screen::Alerts(_) => Scope::Alerts,
        }
    }

    /// What is scrolled here.
    pub(super) fn scroll(&mut self) -> Option<&mut u16> {
        match self {
            Screen::Case(screen) => Some(&mut screen.scroll),
            Screen::Basis(screen) => Some(&mut screen.scroll),
            Screen::Rules(screen) => Some(&mut screen.scroll),
            Screen::Report(screen) => Some(&mut screen.scroll),
            Screen::Help(scroll) => Some(scroll),
            Screen::Notice(screen) => Some(&mut screen.scroll),
            Screen::Record(screen) => screen.scroll(),
            Screen::SystemPage(page) => Some(&mut page.scroll),
            _ => None,
        }
    }

    /// Whether what was typed here is kept when it is left.
    pub(crate) fn keeps_typed(&self) -> bool {
        match self {
            Screen::SystemForm(form) => form.slot().is_some(),
            Screen::GradForm(form) => form.slot().is_some(),
            Screen::Inquiry(_) | Screen::Grid(_) => false,
            _ => true,
        }
    }

    /// Whether something was typed here that is nowhere else.
    pub(super) fn has_typed(&self) -> bool {
        match self {
            Screen::Write(write) => !write.text.is_empty(),
            Screen::Attach(form) => form.has_typed(),
            Screen::Fact(form) => form.has_typed(),
            Screen::Aside(form) => form.has_typed(),
            Screen::AlertForm(form) => form.has_typed(),
            Screen::ImportFix(fix) => fix.has_typed(),
            Screen::Import(screen) => screen.has_typed(),
            Screen::Inquiry(form) => form.has_typed(),
            Screen::GradForm(form) => form.has_typed(),
            Screen::SystemForm(form) => form.has_typed(),
            Screen::Start(form) => form.has_typed(),
            _ => false,
        }
    }
}

/// One case, open in full.
#[derive(Debug, Clone)]
pub(crate) struct CaseScreen {
    pub(crate) id: ApplicationId,
    pub(crate) case: Option<Box<CaseView>>,
    pub(crate) scroll: u16,
    /// Taken in hand by this desk.
    pub(super) claimed: bool,
}

/// 依据.
#[derive(Debug, Clone)]
pub(crate) struct BasisScreen {
    pub(crate) id: ApplicationId,
    pub(crate) basis: Option<Box<BasisView>>,
    pub(crate) scroll: u16,
}

/// Rules in our own words.
#[derive(Debug, Clone)]
pub(crate) struct RulesScreen {
    pub(crate) asked: String,
    pub(crate) rules: Option<Vec<RuleText>>,
    pub(crate) scroll: u16,
}

/// The preview pane of wide screens.
#[derive(Debug, Clone)]
pub(crate) struct Preview {
    pub(crate) id: ApplicationId,
    pub(crate) case: Option<Box<CaseView>>,
    /// When to ask for it; none once asked.
    pub(super) due: Option<std::time::Duration>,
}
