//! The table of actions: everything a key can be bound to.

use crate::catalogue::Msg;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere (in fields: only keys that put no character there).
    Any,
    /// The queue.
    List,
    /// One case.
    Case,
    /// A batch with its members.
    Batch,
    /// Something to read: 依据, help.
    Pane,
    /// Something to choose from: accounts, evidence.
    Pick,
    /// Fields to fill in.
    Form,
    /// A text of several lines.
    Write,
    /// The one-line confirmation.
    Confirm,
    /// The command line.
    Command,
    /// Looking for a student.
    Search,
    /// A student's record, or two.
    Record,
    /// The calendar of a year.
    Calendar,
    /// The supervisor's board.
    Board,
    /// Offices, accounts, journal, store.
    System,
    /// The negative list.
    Alerts,
    /// Reconciliation with the national system.
    Reconcile,
    /// Graduates of a year.
    Graduation,
    /// Registering new students.
    Entry,
    /// The grid of pasted rows.
    Grid,
    /// Students registered and not filed.
    Unfiled,
}

impl Scope {
    /// Whether characters are text here.
    pub fn takes_text(self) -> bool {
        matches!(self, Scope::Form | Scope::Write | Scope::Search | Scope::Command | Scope::Entry)
    }

    /// All scopes, in the order in which help shows them.
    pub const ALL: [Scope; 21] = [
        Scope::List,
        Scope::Case,
        Scope::Batch,
        Scope::Search,
        Scope::Record,
        Scope::Calendar,
        Scope::Board,
        Scope::System,
        Scope::Alerts,
        Scope::Reconcile,
        Scope::Graduation,
        Scope::Entry,
        Scope::Grid,
        Scope::Unfiled,
        Scope::Confirm,
        Scope::Write,
        Scope::Form,
        Scope::Pick,
        Scope::Pane,
        Scope::Command,
        Scope::Any,
    ];

    /// Its name in key files.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Any => "any",
            Scope::List => "list",
            Scope::Case => "case",
            Scope::Batch => "batch",
            Scope::Pane => "pane",
            Scope::Pick => "pick",
            Scope::Form => "form",
            Scope::Write => "write",
            Scope::Confirm => "confirm",
            Scope::Command => "command",
            Scope::Search => "search",
            Scope::Record => "record",
            Scope::Calendar => "calendar",
            Scope::Board => "board",
            Scope::System => "system",
            Scope::Alerts => "alerts",
            Scope::Reconcile => "reconcile",
            Scope::Graduation => "graduation",
            Scope::Entry => "entry",
            Scope::Grid => "grid",
            Scope::Unfiled => "unfiled",
        }
    }

    /// Its heading in help.
    pub fn label(self) -> Msg {
        match self {
            Scope::Any => Msg::ScopeAny,
            Scope::List => Msg::ScopeList,
            Scope::Case => Msg::ScopeCase,
            Scope::Batch => Msg::ScopeBatch,
            Scope::Pane => Msg::ScopePane,
            Scope::Pick => Msg::ScopePick,
            Scope::Form => Msg::ScopeForm,
            Scope::Write => Msg::ScopeWrite,
            Scope::Confirm => Msg::ScopeConfirm,
            Scope::Command => Msg::ScopeCommand,
            Scope::Search => Msg::ScopeSearch,
            Scope::Record => Msg::ScopeRecord,
            Scope::Calendar => Msg::ScopeCalendar,
            Scope::Board => Msg::ScopeBoard,
            Scope::System => Msg::ScopeSystem,
            Scope::Alerts => Msg::ScopeAlerts,
            Scope::Reconcile => Msg::ScopeReconcile,
            Scope::Graduation => Msg::ScopeGraduation,
            Scope::Entry => Msg::ScopeEntry,
            Scope::Grid => Msg::ScopeGrid,
            Scope::Unfiled => Msg::ScopeUnfiled,
        }
    }
}

/// For whom a footer shows a key, by post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// 录入
    Entry,
    /// 审核
    Review,
    /// 经办
    Handler,
    /// 复核
    Reviewer,
    /// 系统管理
    Keeper,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal in [$($scope:ident),+], $label:ident, $help:ident;)+) => {
        /// What a key does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])* $name),+
        }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];

            /// Its name in key files.
            pub fn name(self) -> &'static str {
                match self { $(Action::$name => $text),+ }
            }

            /// Where it makes sense.
            pub fn scopes(self) -> &'static [Scope] {
                match self { $(Action::$name => &[$(Scope::$scope),+]),+ }
            }

            /// Its short label, for the footer.
            pub fn label(self) -> Msg {
                match self { $(Action::$name => Msg::$label),+ }
            }

            /// What it does, in a line.
            pub fn help(self) -> Msg {
                match self { $(Action::$name => Msg::$help),+ }
            }
        }
    };
}

actions! {
    /// 同意: propose approval (first post) or agree with the proposal (second post).
    Approve = "approve" in [List, Case, Batch, Alerts, Graduation], ActApprove, HelpApprove;
    /// 退回补正
    Return = "return" in [List, Case, Batch], ActReturn, HelpReturn;
    /// 不予办理
    Refuse = "refuse" in [List, Case, Batch], ActRefuse, HelpRefuse;
    /// 退回经办: the second post sends the proposal back.
    SendBack = "send-back" in [List, Case, Batch, Alerts], ActSendBack, HelpSendBack;
    /// 提交 or resubmit
    Submit = "submit" in [List, Case, Batch], ActSubmit, HelpSubmit;
    /// 撤回 the own last act
    Withdraw = "withdraw" in [List, Case, Batch], ActWithdraw, HelpWithdraw;
    /// 撤销申请
    Cancel = "cancel" in [List, Case, Batch], ActCancel, HelpCancel;
    /// 登记外部经手: the word of a hand that is not here.
    External = "external" in [List, Case], ActExternal, HelpExternal;
    /// 登记备案: a filing with a province.
    File = "file" in [List, Case], ActFile, HelpFile;
    /// 登记同步: how far a granted change has come in the other systems.
    Sync = "sync" in [List, Case], ActSync, HelpSync;
    /// 撤回同步: a milestone recorded wrongly.
    Unsync = "unsync" in [List, Case], ActUnsync, HelpUnsync;
    /// 提出争议: the student of a duplicate studies at my school as well.
    Dispute = "dispute" in [Case], ActDispute, HelpDispute;
    /// 转入: a student who has no file here yet.
    Arrival = "arrival" in [List], ActArrival, HelpArrival;
    /// 新办休学
    New = "new" in [List], ActNew, HelpNew;
    /// 附材料
    Attach = "attach" in [List, Case], ActAttach, HelpAttach;
    /// 取证
    Fetch = "fetch" in [List, Case, Record], ActFetch, HelpFetch;
    /// 依据
    Basis = "basis" in [List, Case, Batch, Calendar, Alerts, Reconcile, Graduation], ActBasis, HelpBasis;
    /// 批注: a remark.
    Remark = "remark" in [List, Case], ActRemark, HelpRemark;
    /// 搁置, or take up again.
    Park = "park" in [List, Case], ActPark, HelpPark;
    /// 转交 to a colleague.
    HandOver = "hand-over" in [List, Case], ActHandOver, HelpHandOver;
    /// 打印 a notice; on a notice, write it to a file.
    Print = "print" in [List, Case, Pane, Board], ActPrint, HelpPrint;
    /// 代办: who stands in for me.
    Substitute = "substitute" in [List], ActSubstitute, HelpSubstitute;
    /// Save the limit in force under a name.
    SaveLimit = "save-limit" in [Pick], ActSaveLimit, HelpSaveLimit;
    /// Forget a saved limit.
    DropSaved = "drop-saved" in [Pick], ActDropSaved, HelpDropSaved;
    /// Open the item, or choose it.
    Open = "open" in [List, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActOpen, HelpOpen;
    /// Close what is open, one level.
    Back = "back" in [Case, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActBack, HelpBack;
    /// One row down.
    Down = "down" in [List, Case, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Entry, Grid, Unfiled], ActDown, HelpDown;
    /// One row up.
    Up = "up" in [List, Case, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Entry, Grid, Unfiled], ActUp, HelpUp;
    /// One screen down.
    PageDown = "page-down" in [List, Case, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Entry, Grid, Unfiled], ActPageDown, HelpPageDown;
    /// One screen up.
    PageUp = "page-up" in [List, Case, Batch, Pane, Pick, Search, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Entry, Grid, Unfiled], ActPageUp, HelpPageUp;
    /// To the beginning.
    First = "first" in [List, Case, Batch, Pane, Pick, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActFirst, HelpFirst;
    /// To the end.
    Last = "last" in [List, Case, Batch, Pane, Pick, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActLast, HelpLast;
    /// The next tab.
    NextTab = "next-tab" in [List, Record, Board, Alerts, Reconcile, Graduation, System], ActNextTab, HelpNextTab;
    /// The tab before.
    PrevTab = "prev-tab" in [List, Record, Board, Alerts, Reconcile, Graduation, System], ActPrevTab, HelpPrevTab;
    /// 限定: narrow the tab.
    Limit = "limit" in [List, System], ActLimit, HelpLimit;
    /// Take the limits off.
    Unlimit = "unlimit" in [List, System], ActUnlimit, HelpUnlimit;
    /// 标记: several rows are approved at once, several students transfer together.
    Mark = "mark" in [List, Search, Graduation, Unfiled], ActMark, HelpMark;
    /// Mark all rows of the same kind, or take all marks off.
    MarkAll = "mark-all" in [List, Graduation, Unfiled], ActMarkAll, HelpMarkAll;
    /// 批量转学 of the marked students.
    Together = "together" in [Search], ActTogether, HelpTogether;
    /// Take the confirmation.
    Confirm = "confirm" in [Confirm], ActConfirm, HelpConfirm;
    /// Leave the confirmation.
    Leave = "leave" in [Confirm], ActLeave, HelpLeave;
    /// The next field; after the last one: done.
    NextField = "next-field" in [Form, Entry], ActNextField, HelpNextField;
    /// The field before.
    PrevField = "prev-field" in [Form, Entry], ActPrevField, HelpPrevField;
    /// A new line in a text of several.
    NewLine = "new-line" in [Write], ActNewLine, HelpNewLine;
    /// Enter in a field: search, choose, or the next field; after the last one: done.
    Accept = "accept" in [Form, Entry], ActAccept, HelpAccept;
    /// The form is filled in.
    Done = "done" in [Form, Write], ActDone, HelpDone;
    /// Leave the form; what was typed is kept.
    Keep = "keep" in [Form, Write, Command, Entry], ActKeep, HelpKeep;
    /// Open the command line.
    Command = "command" in [List, Case, Batch, Pane, Pick, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActCommand, HelpCommand;
    /// Run what stands on the command line.
    Run = "run" in [Command], ActRun, HelpRun;
    /// Complete what stands on the command line.
    Complete = "complete" in [Command], ActComplete, HelpComplete;
    /// The command used before.
    Older = "older" in [Command], ActOlder, HelpOlder;
    /// The command used after.
    Newer = "newer" in [Command], ActNewer, HelpNewer;
    /// Ask the server afresh.
    Refresh = "refresh" in [List, Case, Batch, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Unfiled], ActRefresh, HelpRefresh;
    /// Screen 1: back to the queue.
    Queue = "queue" in [List, Record, Calendar, Board, Alerts, Reconcile, Graduation, System], ActQueue, HelpQueue;
    /// Screen 2: students.
    Students = "students" in [List, Record, Calendar, Board, Alerts, Reconcile, Graduation, System], ActStudents, HelpStudents;
    /// Screen 3: registering new students.
    Entry = "entry" in [List, Record, Calendar, Alerts, Unfiled], ActEntry, HelpEntry;
    /// The values of a coded field.
    Prompt = "prompt" in [Entry], ActPrompt, HelpPrompt;
    /// What the last student had in this field.
    Repeat = "repeat" in [Entry], ActRepeat, HelpRepeat;
    /// Show or fold the optional fields.
    Unfold = "unfold" in [Entry], ActUnfold, HelpUnfold;
    /// To the next thing that is wrong.
    NextProblem = "next-problem" in [Entry, Grid], ActNextProblem, HelpNextProblem;
    /// Everything that is wrong.
    Problems = "problems" in [Entry], ActProblems, HelpProblems;
    /// Save, and open the next.
    Save = "save" in [Entry, Grid], ActSave, HelpSave;
    /// The grid of pasted rows.
    Grid = "grid" in [Entry], ActGrid, HelpGrid;
    /// Take a row out of it.
    DropRow = "drop-row" in [Grid], ActDropRow, HelpDropRow;
    /// 待备案: who is registered and not filed.
    Unfiled = "unfiled" in [Entry], ActUnfiled, HelpUnfiled;
    /// 备案 of the marked students.
    FileNow = "file-students" in [Unfiled], ActFileNow, HelpFileNow;
    /// 草稿
    Drafts = "drafts" in [Entry], ActDrafts, HelpDrafts;
    /// Screen 5: the negative list.
    Alerts = "alerts" in [List, Record, Calendar, Reconcile, Graduation], ActAlerts, HelpAlerts;
    /// Screen 7: reconciliation with the national system.
    Reconcile = "reconcile" in [List, Record, Calendar, Alerts], ActReconcile, HelpReconcile;
    /// 已录: keyed into the system shown.
    Keyed = "keyed" in [Reconcile], ActKeyed, HelpKeyed;
    /// Keyed into the other system.
    KeyedOther = "keyed-other" in [Reconcile], ActKeyedOther, HelpKeyedOther;
    /// The mark is taken back.
    Unkeyed = "unkeyed" in [Reconcile], ActUnkeyed, HelpUnkeyed;
    /// 同一人: a person's word on a pair.
    Same = "same" in [Reconcile], ActSame, HelpSame;
    /// 非同一人
    Apart = "apart" in [Reconcile], ActApart, HelpApart;
    /// The key-in list into the download folder.
    SaveList = "save-list" in [Reconcile], ActSaveList, HelpSaveList;
    /// 立案: open a case on a matter.
    OpenCase = "open-case" in [Alerts], ActOpenCase, HelpOpenCase;
    /// 提醒 the school.
    RemindSchool = "remind-school" in [Alerts], ActRemindSchool, HelpRemindSchool;
    /// 说明
    Explain = "explain" in [Alerts], ActExplain, HelpExplain;
    /// 查实: propose that it is true.
    FindTrue = "find-true" in [Alerts], ActFindTrue, HelpFindTrue;
    /// 排除, or 整改 of what was found true.
    Dismiss = "dismiss" in [Alerts], ActDismiss, HelpDismiss;
    /// Screen 8: graduates of a year.
    Graduation = "graduation" in [List, Record, Calendar, Alerts], ActGraduation, HelpGraduation;
    /// 填报: what the school states about a graduate.
    State = "state" in [Graduation], ActState, HelpState;
    /// 提请: propose certificates for printing.
    Issue = "issue" in [Graduation], ActIssue, HelpIssue;
    /// 交校: certificates were handed to the school.
    Deliver = "deliver" in [Graduation], ActDeliver, HelpDeliver;
    /// 颁发: a certificate was handed to the graduate.
    Award = "award" in [Graduation], ActAward, HelpAward;
    /// 作废: a misprint, before it leaves.
    Void = "void" in [Graduation], ActVoid, HelpVoid;
    /// 核对: the year's list was checked.
    CheckList = "check-list" in [Graduation], ActCheckList, HelpCheckList;
    /// 归档: the stamped list was put away.
    Archive = "archive" in [Graduation], ActArchive, HelpArchive;
    /// 验证 by name and number.
    Verify = "verify" in [Graduation], ActVerify, HelpVerify;
    /// The list of the next year.
    NextYear = "next-year" in [Graduation], ActNextYear, HelpNextYear;
    /// The list of the year before.
    PrevYear = "prev-year" in [Graduation], ActPrevYear, HelpPrevYear;
    /// Screen 9: the calendar.
    Calendar = "calendar" in [List, Record, Alerts, Reconcile, Graduation, System], ActCalendar, HelpCalendar;
    /// One day on.
    NextDay = "next-day" in [Calendar], ActNextDay, HelpNextDay;
    /// One day back.
    PrevDay = "prev-day" in [Calendar], ActPrevDay, HelpPrevDay;
    /// To the next day on which something opens, closes or falls due.
    NextMark = "next-mark" in [Calendar], ActNextMark, HelpNextMark;
    /// To the one before.
    PrevMark = "prev-mark" in [Calendar], ActPrevMark, HelpPrevMark;
    /// To today.
    ThisDay = "today" in [Calendar], ActThisDay, HelpThisDay;
    /// Show masked numbers whole.
    Reveal = "reveal" in [Record], ActReveal, HelpReveal;
    /// Keep this record and lay another beside it.
    Beside = "beside" in [Record], ActBeside, HelpBeside;
    /// 完成义务教育, or 中职段期满.
    StageDone = "stage-done" in [Record], ActStageDone, HelpStageDone;
    /// To the record beside this one.
    Other = "other" in [Record], ActOther, HelpOther;
    /// Screen 6: the supervisor's board (督办).
    Board = "board" in [List, Record, Board, Reconcile, System], ActBoard, HelpBoard;
    /// 催办
    Remind = "remind" in [Board], ActRemind, HelpRemind;
    /// Which period rates are over.
    Period = "period" in [Board], ActPeriod, HelpPeriod;
    /// The report as a spreadsheet.
    SaveTable = "save-table" in [Board], ActSaveTable, HelpSaveTable;
    /// One cell to the left.
    Left = "left" in [Board, Grid], ActLeft, HelpLeft;
    /// One cell to the right.
    Right = "right" in [Board, Grid], ActRight, HelpRight;
    /// Take the list before the eyes out as a file (导出).
    Export = "export" in [List, Record, Board, Alerts], ActExport, HelpExport;
    /// Import new students (导入).
    Import = "import" in [List], ActImport, HelpImport;
    /// Screen 0: offices, accounts, journal, store (系统).
    System = "system" in [List, Record], ActSystem, HelpSystem;
    /// A new account.
    AddAccount = "add-account" in [System], ActAddAccount, HelpAddAccount;
    /// Change the account under the cursor.
    Change = "change" in [System], ActChange, HelpChange;
    /// Disable it.
    Disable = "disable" in [System], ActDisable, HelpDisable;
    /// Set the PIN of the account under the cursor.
    SetPin = "set-pin" in [System], ActSetPin, HelpSetPin;
    /// Several persons share its login, or no longer.
    ShareLogin = "share-login" in [System], ActShareLogin, HelpShareLogin;
    /// Load a file of the province, or look at what it would change.
    LoadFile = "load-file" in [System], ActLoadFile, HelpLoadFile;
    /// Load the list of the national system.
    LoadNational = "load-national" in [Reconcile], ActLoadNational, HelpLoadNational;
    /// Verify the store.
    CheckStore = "check-store" in [System], ActCheckStore, HelpCheckStore;
    /// The accounts of the exercise.
    Accounts = "accounts" in [Any], ActAccounts, HelpAccounts;
    /// What the keys do here.
    Help = "help" in [Any, List, Case, Batch, Pick, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActHelp, HelpHelp;
    /// Leave the program.
    Quit = "quit" in [Any, List, Case, Batch, Pane, Pick, Record, Calendar, Board, Alerts, Reconcile, Graduation, System, Grid, Unfiled], ActQuit, HelpQuit;
}

impl Action {
    /// The action of that name.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// Whether it leads to a decision: such keys never act on a case that was not on screen when they were pressed.
    pub fn decides(self) -> bool {
        matches!(
            self,
            Action::Approve
                | Action::Return
                | Action::Refuse
                | Action::SendBack
                | Action::Submit
                | Action::Withdraw
                | Action::Cancel
                | Action::External
                | Action::File
                | Action::Sync
                | Action::Unsync
                | Action::Dispute
                | Action::Remark
                | Action::Park
                | Action::HandOver
        )
    }

    /// Whether text is asked for before the confirmation.
    pub fn asks_for_text(self) -> bool {
        let facts = matches!(self, Action::External | Action::File | Action::Sync | Action::Unsync);
        facts
            || matches!(
                self,
                Action::Return
                    | Action::Refuse
                    | Action::SendBack
                    | Action::Cancel
                    | Action::Remark
                    | Action::Park
                    | Action::HandOver
            )
    }
}
