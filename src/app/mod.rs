//! The client's state and the one function that changes it. No I/O, no law and no wall clock here: keys, lines of the
//! server and drawings come in as [`Input`]s, each stamped with the time since the desk's start; what is to be done
//! goes out as [`Effect`]s. Verdicts, lights and days left come from the server.
//!
//! ```text
//! Input ──► update(&mut App, at, input) ──► Vec<Effect>
//!             │ key → keymap → scope of the topmost screen → list, case, form …
//!             │ answer → what it was asked for
//!             └ notice → refetch; the cursor stays where the reader put it
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `input` | what comes in and goes out |
//! | `limit` | what narrows a tab |
//! | `look` | language, colours, borders |
//! | `queue` | the window of rows and the cursor |
//! | `screen` | the screens that lie on the queue |
//! | `keys` | keys to actions, type-ahead |
//! | `guard` | deciding keys never act on an unseen case |
//! | `marks` | several rows marked, to be approved at once |
//! | `batch` | a batch with its members, and how one begins |
//! | `deed` | from a deciding key through its confirmation to a command |
//! | `write`, `attach`, `start`, `start_form`, `start_entry`, `pick`, `field` | forms and choices |
//! | `fact` | recording what happened elsewhere: hands outside, filings, the other systems |
//! | `aside_form`, `notice_text` | parking, handing over, substitutes, saved limits; a notice |
//! | `command`, `command_read` | the command line, and what stands on it |
//! | `entry`, `entry_form`, `entry_prompt` | screen 3: new students one after the other, and their coded fields |
//! | `entry_grid`, `entry_grid_draft`, `entry_paste` | rows pasted from a spreadsheet |
//! | `entry_todo` | registered and not filed |
//! | `drafts` | what is typed, kept on the server |
//! | `students`, `student`, `stage` | screen 2: the search, the record, what ends for one student |
//! | `absence` | the withdrawal drafted for who is away too long |
//! | `board`, `board_table` | screen 6: the supervisor's board |
//! | `alerts`, `alert_form` | screen 5: the negative list |
//! | `reconcile`, `reconcile_errand` | screen 7: reconciliation with the national system |
//! | `load`, `national_load` | files that are checked before they are taken in: of the province, of the national system |
//! | `inquiry` | the two queries of Art. 20 |
//! | `graduation`, `graduation_form` | screen 8: graduates of a year |
//! | `system`, `system_form` | screen 0: offices, accounts, journal, store |
//! | `calendar` | screen 9: the year |
//! | `import`, `files` | importing new students, lists taken out; what errands with files bring back |
//! | `outbox` | what was asked and not answered |
//! | `reply`, `notice` | what the server says |
//! | `words`, `note` | terms in two languages, the message line |

mod absence;
pub(crate) mod alert_form;
pub(crate) mod alerts;
pub(crate) mod aside_form;
pub(crate) mod attach;
pub(crate) mod batch;
pub(crate) mod board;
pub(crate) mod board_table;
pub(crate) mod calendar;
pub(crate) mod command;
mod command_read;
pub(crate) mod deed;
pub(crate) mod drafts;
pub(crate) mod entry;
pub(crate) mod entry_form;
pub(crate) mod entry_grid;
mod entry_grid_draft;
mod entry_paste;
pub(crate) mod entry_prompt;
pub(crate) mod entry_todo;
pub(crate) mod fact;
pub(crate) mod field;
mod files;
pub(crate) mod graduation;
pub(crate) mod graduation_form;
mod guard;
pub(crate) mod import;
mod input;
pub(crate) mod inquiry;
mod keys;
pub(crate) mod limit;
pub(crate) mod load;
mod look;
pub(crate) mod marks;
pub(crate) mod national_load;
pub(crate) mod note;
mod notice;
pub(crate) mod notice_text;
mod outbox;
pub(crate) mod period;
pub(crate) mod pick;
mod queue;
pub(crate) mod reconcile;
pub(crate) mod reconcile_errand;
mod reply;
pub(crate) mod screen;
mod short_draft;
mod stage;
mod start;
pub(crate) mod start_entry;
pub(crate) mod start_form;
pub(crate) mod student;
mod student_log;
pub(crate) mod students;
pub(crate) mod system;
mod system_act;
pub(crate) mod system_form;
pub(crate) mod words;
pub(crate) mod write;

pub use files::{ImportSeen, ImportWish, SeenProblem, SeenRow, Upload, Uploads};
pub use input::{Drawn, Effect, FileJob, Input};
pub use load::{LoadProblem, LoadSeen, LoadWish, NationalTold};
pub use look::{Depth, Look, Surroundings};
// What the view draws, so that it needs no door of its own to the wire.
pub(crate) use crate::wire::{
    BasisView, BatchMember, BatchView, CaseView, PreviewView, QueueRow, RuleText, StepState, StepView, Tab,
};

use crate::catalogue::Msg;
use crate::keymap::Keymap;
use crate::model::{AccountId, ApplicationId};
use crate::wire::{FromServer, Query, Reading, Request, WhoAmI};
use guard::Guard;
use keys::Typed;
use outbox::{CaseWhy, Outbox, PageWhy, Purpose};
use screen::{Preview, Screen};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// Columns and lines below which nothing is shown but a sentence.
pub const SMALLEST: (u16, u16) = (80, 24);

/// Columns from which list and detail stand side by side.
const WIDE: u16 = 110;

/// How long the cursor rests before the preview is asked for.
const REST: Duration = Duration::from_millis(150);

/// How long the drawing waits for an answer: most are there long before, and then the screen changes once, not twice.
const HOLD: Duration = Duration::from_millis(120);

/// Lines of the screen that are not rows of the list: header, tabs, headings, message, footer.
const AROUND: u16 = 5;

/// State of the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Never stood yet.
    Connecting,
    /// Stands.
    Up,
    /// Broke.
    Lost,
}

/// Everything a desk knows.
#[derive(Debug, Clone)]
pub struct App {
    pub(crate) look: Look,
    pub(crate) keymap: Keymap,
    pub(crate) size: (u16, u16),
    pub(crate) me: Option<WhoAmI>,
    /// How far the server is with reading its records; none when all are there.
    pub(crate) reading: Option<Reading>,
    pub(crate) link: Link,
    pub(crate) queue: queue::Queue,
    pub(crate) stack: Vec<Screen>,
    pub(crate) preview: Option<Preview>,
    pub(crate) confirm: Option<deed::Confirm>,
    pub(crate) note: Option<note::Note>,
    pub(crate) commands: command::Commands,
    /// Reasons and remarks begun and left, by account, application and kind.
    drafts: BTreeMap<(String, ApplicationId, write::WriteKind), String>,
    left_attach: Option<Box<attach::AttachForm>>,
    left_fact: Option<Box<fact::FactForm>>,
    left_aside: Option<Box<aside_form::AsideForm>>,
    left_start: Option<Box<start_form::StartForm>>,
    left_entry: Option<Box<entry::EntryScreen>>,
    left_grid: Option<Box<entry_grid::GridScreen>>,
    /// Short forms that were left with something typed in them, each once.
    left_short: Vec<Screen>,
    /// Fields of a new student, once they were asked for.
    pub(crate) entry_fields: Vec<crate::wire::EntryField>,
    drafts_kept: drafts::Drafts,
    /// What stood in the search when it was left.
    left_search: String,
    /// Typed while an answer is awaited.
    ahead: VecDeque<(Duration, Typed)>,
    guard: Guard,
    outbox: Outbox,
    scroll_max: u16,
    /// Until when the drawing waits for an answer that is about to come.
    hold: Option<Duration>,
    /// Collected during one update.
    out: Vec<Effect>,
    dirty: bool,
}

/// Changes the state by one input and says what is to be done outside. `at` is the time since the desk's start at
/// which the input was read; it never goes back.
pub fn update(app: &mut App, at: Duration, input: Input) -> Vec<Effect> {
    match input {
        Input::Key(key) => app.typed(at, Typed::Key(key)),
        Input::Paste(text) => app.typed(at, Typed::Paste(text)),
        Input::Resize { width, height } => app.resize(width, height),
        Input::Surroundings(now) => app.surroundings(now),
        Input::Server(line) => match *line {
            FromServer::Notice { notice } => app.notice(notice),
            FromServer::Reply(reply) => app.reply(reply),
        },
        Input::LinkLost(why) => app.link_lost(&why),
        Input::LinkBack(welcome) => app.link_back(*welcome),
        Input::FileDone { job, outcome } => app.file_done(job, outcome),
        Input::Drawn(drawn) => app.drawn(at, drawn),
        Input::Tick => {}
    }
    app.catch_up();
    app.tend_search(at);
    app.tend_entry(at);
    app.tend_drafts(at);
    app.tend_preview(at);
    let mut out = std::mem::take(&mut app.out);
    if app.dirty {
        app.draw_or_wait(at, &mut out);
    }
    out
}

impl App {
    /// A desk that is not connected yet. `seed` is random and this desk's alone; its command ids are made from it.
    pub fn new(look: Look, keymap: Keymap, width: u16, height: u16, seed: u128) -> App {
        App {
            look,
            keymap,
            size: (width, height),
            me: None,
            reading: None,
            link: Link::Connecting,
            queue: queue::Queue::new(),
            stack: Vec::new(),
            preview: None,
            confirm: None,
            note: None,
            commands: command::Commands::default(),
            drafts: BTreeMap::new(),
            left_attach: None,
            left_fact: None,
            left_aside: None,
            left_start: None,
            left_entry: None,
            left_short: Vec::new(),
            left_grid: None,
            entry_fields: Vec::new(),
            drafts_kept: drafts::Drafts::default(),
            left_search: String::new(),
            ahead: VecDeque::new(),
            guard: Guard::default(),
            outbox: Outbox::new(seed),
            scroll_max: 0,
            hold: None,
            out: Vec::new(),
            dirty: false,
        }
    }

    /// The account this desk speaks as; a new link is to ask for the same.
    pub fn account(&self) -> Option<&AccountId> {
        self.me.as_ref().map(|me| &me.account.id)
    }

    /// Whether list and detail stand side by side.
    pub(crate) fn wide(&self) -> bool {
        self.size.0 >= WIDE
    }

    fn too_small(&self) -> bool {
        self.size.0 < SMALLEST.0 || self.size.1 < SMALLEST.1
    }

    /// Lines for rows of the list.
    pub(crate) fn list_height(&self) -> u32 {
        u32::from(self.size.1.saturating_sub(AROUND)).max(1)
    }

    /// Whether keys wait for an answer.
    pub(crate) fn waiting(&self) -> bool {
        self.link == Link::Up && self.outbox.blocks()
    }

    /// Draws, unless an answer is awaited that will change the screen again in a moment.
    fn draw_or_wait(&mut self, at: Duration, out: &mut Vec<Effect>) {
        match self.hold {
            Some(until) if self.waiting() && at < until => {}
            None if self.waiting() => {
                self.hold = Some(at + HOLD);
                out.push(Effect::WakeAt(at + HOLD));
            }
            _ => {
                self.dirty = false;
                // While the same answer is awaited, what changes from now on is drawn at once.
                if !self.waiting() {
                    self.hold = None;
                }
                out.push(Effect::Draw);
            }
        }
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.dirty |= self.size != (width, height);
        self.size = (width, height);
        if self.too_small() {
            // No list is shown, so none is scrolled; and nothing is decided until one was seen again.
            self.guard.arm();
        } else {
            self.queue.keep_in_sight(self.list_height());
        }
        self.load_ahead();
    }

    /// The terminal or the line turned out otherwise: the drawing follows, and what the clerk can do about it is said.
    fn surroundings(&mut self, now: Surroundings) {
        let msg = if now.wide_otherwise {
            Some(Msg::WideOtherwise)
        } else if now.ambiguous_wide && !self.look.ascii {
            Some(Msg::AmbiguousWide)
        } else {
            None
        };
        if let Some(msg) = msg {
            self.note = Some(note::Note::new(note::Tone::Warn, msg.text(self.look.lang)));
        }
        self.look.slow = now.slow;
        self.look.ascii |= now.ambiguous_wide;
        self.dirty = true;
    }

    fn drawn(&mut self, at: Duration, drawn: Drawn) {
        // In a window that is too small nothing was seen.
        let waiting = self.waiting() || self.too_small();
        self.guard.drawn(at, waiting);
        self.scroll_max = drawn.scroll_max;
        if let Some(scroll) = self.stack.last_mut().and_then(Screen::scroll) {
            *scroll = (*scroll).min(drawn.scroll_max);
        }
    }

    fn send(&mut self, request: Request, purpose: Purpose) {
        let envelope = self.outbox.line(request, purpose);
        self.out.push(Effect::Send(envelope));
    }

    fn ask_counts(&mut self) {
        self.send(Request::Query(Query::Counts {}), Purpose::Counts);
    }

    fn ask_case(&mut self, id: ApplicationId, why: CaseWhy) {
        self.send(Request::Query(Query::Case { application: id }), Purpose::Case(id, why));
    }

    /// The list after a decision on `id`, whose next item is to open.
    fn ask_next(&mut self, id: ApplicationId, said: String) {
        let request = self.queue.window_around(id, self.list_height());
        let tab = self.queue.tab;
        self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, PageWhy::Decided(id, said)));
    }

    fn release(&mut self, id: ApplicationId) {
        if self.link == Link::Up {
            self.send(Request::Query(Query::Release { application: id }), Purpose::Nothing);
        }
    }

    fn enter_tab(&mut self, tab: Tab) {
        self.queue.enter(tab);
        self.dirty = true;
        let request = self.queue.first_window(self.list_height());
        self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, PageWhy::Enter));
        self.ask_counts();
    }

    /// Enters a tab with the cursor on this item, if it is there.
    fn enter_tab_at(&mut self, tab: Tab, id: ApplicationId) {
        self.queue.enter(tab);
        self.dirty = true;
        let request = self.queue.window_around(id, self.list_height());
        self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, PageWhy::Move(0)));
        self.ask_counts();
    }

    /// Asks for the rows around the cursor and the counts again; one such question at a time.
    fn refresh(&mut self) {
        if self.link != Link::Up {
            return;
        }
        if self.outbox.any(|purpose| matches!(purpose, Purpose::Page(..))) {
            self.queue.again = true;
            return;
        }
        self.queue.again = false;
        let request = self.queue.window_here(self.list_height());
        let why = PageWhy::Refresh(request.anchor);
        let tab = self.queue.tab;
        self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, why));
        self.ask_counts();
    }

    /// What changed while a refresh was under way.
    fn refresh_again(&mut self) {
        if self.queue.again && !self.outbox.any(|purpose| matches!(purpose, Purpose::Page(..))) {
            self.refresh();
        }
    }

    /// Loads more rows in good time.
    fn load_ahead(&mut self) {
        let height = self.list_height();
        if self.link == Link::Up
            && self.queue.wants_more(height)
            && !self.outbox.any(|purpose| matches!(purpose, Purpose::Page(..)))
        {
            let request = self.queue.window_here(height);
            let why = PageWhy::Refresh(request.anchor);
            let tab = self.queue.tab;
            self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, why));
        }
    }

    /// Asks for the preview once the cursor has rested.
    fn tend_preview(&mut self, at: Duration) {
        if !self.wide() || self.stack.iter().any(|screen| matches!(screen, Screen::Case(_))) {
            return;
        }
        let Some(id) = self.queue.selected_id() else {
            self.preview = None;
            return;
        };
        if self.preview.as_ref().map(|preview| preview.id) != Some(id) {
            let due = at + REST;
            self.preview = Some(Preview { id, case: None, due: Some(due) });
            self.out.push(Effect::WakeAt(due));
            return;
        }
        let due = self.preview.as_ref().and_then(|preview| preview.due);
        if due.is_some_and(|due| at >= due) && self.link == Link::Up {
            if let Some(preview) = &mut self.preview {
                preview.due = None;
            }
            self.ask_case(id, CaseWhy::Preview);
        }
    }
}
