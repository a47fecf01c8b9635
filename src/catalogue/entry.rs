//! Texts of screen 3 (registration of new students), of its grid, of the school's list of those not filed, and of drafts:
//! each with both languages side by side.

use super::{Msg, table::texts};

/// Labels and help of the keys, named as the table of actions names them.
#[allow(non_upper_case_globals, missing_docs, reason = "they stand beside the other texts of keys")]
impl Msg {
    pub const ActEntry: Msg = Msg::Entry(EntryMsg::ActEntry);
    pub const HelpEntry: Msg = Msg::Entry(EntryMsg::HelpEntry);
    pub const ActPrompt: Msg = Msg::Entry(EntryMsg::ActPrompt);
    pub const HelpPrompt: Msg = Msg::Entry(EntryMsg::HelpPrompt);
    pub const ActRepeat: Msg = Msg::Entry(EntryMsg::ActRepeat);
    pub const HelpRepeat: Msg = Msg::Entry(EntryMsg::HelpRepeat);
    pub const ActUnfold: Msg = Msg::Entry(EntryMsg::ActUnfold);
    pub const HelpUnfold: Msg = Msg::Entry(EntryMsg::HelpUnfold);
    pub const ActNextProblem: Msg = Msg::Entry(EntryMsg::ActNextProblem);
    pub const HelpNextProblem: Msg = Msg::Entry(EntryMsg::HelpNextProblem);
    pub const ActProblems: Msg = Msg::Entry(EntryMsg::ActProblems);
    pub const HelpProblems: Msg = Msg::Entry(EntryMsg::HelpProblems);
    pub const ActSave: Msg = Msg::Entry(EntryMsg::ActSave);
    pub const HelpSave: Msg = Msg::Entry(EntryMsg::HelpSave);
    pub const ActGrid: Msg = Msg::Entry(EntryMsg::ActGrid);
    pub const HelpGrid: Msg = Msg::Entry(EntryMsg::HelpGrid);
    pub const ActUnfiled: Msg = Msg::Entry(EntryMsg::ActUnfiled);
    pub const HelpUnfiled: Msg = Msg::Entry(EntryMsg::HelpUnfiled);
    pub const ActFileNow: Msg = Msg::Entry(EntryMsg::ActFileNow);
    pub const HelpFileNow: Msg = Msg::Entry(EntryMsg::HelpFileNow);
    pub const ActDrafts: Msg = Msg::Entry(EntryMsg::ActDrafts);
    pub const HelpDrafts: Msg = Msg::Entry(EntryMsg::HelpDrafts);
    pub const ActDropRow: Msg = Msg::Entry(EntryMsg::ActDropRow);
    pub const HelpDropRow: Msg = Msg::Entry(EntryMsg::HelpDropRow);
    pub const ScopeEntry: Msg = Msg::Entry(EntryMsg::ScopeEntry);
    pub const ScopeGrid: Msg = Msg::Entry(EntryMsg::ScopeGrid);
    pub const ScopeUnfiled: Msg = Msg::Entry(EntryMsg::ScopeUnfiled);
}

texts! {
    /// A text of screen 3 or of drafts.
    pub EntryMsg {
        ActEntry = "登记", "Entry";
        HelpEntry = "登记新生：连续录入", "register new students, one after the other";
        ActPrompt = "代码", "Codes";
        HelpPrompt = "按代码、文字或拼音首字母选本栏的值", "choose a value by code, part or initials";
        ActRepeat = "同上", "Same";
        HelpRepeat = "重复上一名学生本栏的值", "repeat what the last student had here";
        ActUnfold = "展开", "Unfold";
        HelpUnfold = "展开或收起选填栏目", "show or fold the optional fields";
        ActNextProblem = "下一错", "Next";
        HelpNextProblem = "到下一处不符或缺填", "to the next thing that is wrong or missing";
        ActProblems = "列错", "Errors";
        HelpProblems = "列出本表全部不符之处，按编号即到", "list everything that is wrong, each reached by one key";
        ActSave = "保存", "Save";
        HelpSave = "保存本名学生并开下一张；表格中保存没有错误的行", "save and open the next; in the grid save the good rows";
        ActGrid = "粘贴表", "Grid";
        HelpGrid = "粘贴表：从电子表格粘贴多行", "the grid: rows pasted from a spreadsheet";
        ActUnfiled = "待备案", "Unfiled";
        HelpUnfiled = "本校已注册未备案的学生", "students of the school registered and not filed";
        ActFileNow = "备案", "File";
        HelpFileNow = "为选中或标记的学生备案", "file the marked students, or the selected one";
        ActDrafts = "草稿", "Drafts";
        HelpDrafts = "列出存在服务器上的草稿", "the drafts kept on the server";
        ActDropRow = "删行", "Drop row";
        HelpDropRow = "从粘贴表中去掉这一行", "take this row out of the grid";
        ScopeEntry = "登记", "Entry";
        ScopeGrid = "粘贴表", "Grid";
        ScopeUnfiled = "待备案", "Unfiled";

        Title = "登记新生", "New student";
        TitleSaved = "登记新生  本次已存 {n} 名", "New student  {n} saved";
        TitleCorrect = "更正 {name}（学生 {id}）", "Correct {name} (student {id})";
        Folded = "选填 {n} 栏已收起", "{n} optional fields folded";
        NeedAlways = "必填", "required";
        NeedOptional = "选填", "optional";
        Carried = "承上，可改", "carried over; may be changed";
        Filled = "由证件号或姓名得出，可改", "follows from number or name; may be changed";
        HintSet = "填代码、文字或拼音首字母；代码键列出全部", "code, word or initials; the codes key lists all";
        HintDate = "8 位日期，如 20250901", "date of 8 digits, as 20250901";
        HintMonth = "6 位年月，如 202509", "month of 6 digits, as 202509";
        HintRegion = "6 位或 12 位区划码，或地名", "region code of 6 or 12 digits, or a name";
        HintMajor = "专业代码、名称的一部分；代码键列出本校可招的", "code or part of the name; the codes key lists what may be recruited for";
        HintYears = "三年制、两年制，或只填数字", "length of study, a number will do";
        HintName = "与证件一致；间隔号会统一写法", "as on the document; the dot is made one form";
        HintDocument = "18 位身份证件号，末位可为 X", "document number of 18, the last may be X";
        HintPhone = "手机号，或带区号的固定电话", "telephone number with area code";
        HintSeason = "春或秋；空着由入学日期定", "spring or autumn; follows from the day if empty";
        Rare = "生僻字 {chars}", "rare characters {chars}";
        HintPinyin = "空着由姓名得出；多音字请改正", "follows from the name; correct other readings";
        Others = "其他栏目", "Other fields";
        AllGood = "目前没有不符之处", "Nothing wrong so far";
        StillMissing = "还缺 {n} 项必填", "{n} required fields still empty";
        Ready = "齐了，可以保存（{key}）", "Complete: save with {key}";
        LengthHead = "学制", "Length";
        LengthMissing = "待定：还要知道{fields}", "open: {fields} still needed";
        LengthAllowed = "可选{words}（{rule}）", "{words} ({rule})";
        DueHead = "注册", "Register";
        DueTwenty = "{due} 前：{twenty} 满20个工作日，本季截止 {cutoff}（第6条）", "by {due}: 20 working days end {twenty}, season closes {cutoff} (Art. 6)";
        DueCutoff = "{cutoff} 截止；填入学手续办结日期后另计20个工作日（第6条）", "by {cutoff}; 20 working days count from completion (Art. 6)";
        FilingHead = "备案", "File";
        FilingUntil = "{date} 截止（第6条）", "until {date} (Art. 6)";
        RegionHead = "户籍地", "Region";
        MajorHead = "专业", "Major";
        GradHead = "毕业", "Ends";
        ErrorsTitle = "不符之处：按编号到该栏，Esc 关闭", "What is wrong: press the letter to go there, Esc closes";
        ErrorsEmpty = "必填而没有填", "Required and empty";
        ErrorsNone = "没有不符之处", "Nothing is wrong";
        Waiting = "正在核对", "Checking";
        PromptTitle = "{field}：打字筛选，上下选择，Enter 选定", "{field}: type to narrow, arrows, Enter takes";
        PromptNone = "没有相符的值", "No value like that";
        PromptNot = "本栏不是代码栏，直接填写", "This field has no codes; type it";
        PromptMany = "「{text}」相符的有 {n} 个，请选一个", "{n} values fit {text}: choose one";
        RepeatNone = "还没有上一名学生可以重复", "No student before to repeat from";
        Saved = "已登记 {name}（学生 {id}），{status}", "Registered {name} (student {id}), {status}";
        SavedDue = "注册期限 {due}：入学手续后20个工作日与本季 {cutoff} 截止，取早者（第6条）", "Registration due {due}: 20 working days or {cutoff}, the earlier (Art. 6)";
        SavedFiling = "请在 {date} 前备案（第6条），逾期只能退学、注销；待备案键列出全部", "File by {date} (Art. 6), later only withdrawal is left";
        SavedNotice = "请看一看 {column}：{message}", "Look at {column}: {message}";
        Corrected = "已更正 {name}（学生 {id}）", "Corrected {name} (student {id})";
        NotEntry = "登记新生由学校录入岗办理，您没有这个岗位（第5条）；请换账号或请录入岗的同事办理", "New students are registered by a school's entry post (Art. 5), which you do not hold";
        NotSaved = "还有 {n} 处不符，没有保存；按编号到该栏", "{n} things are wrong, nothing saved; press a letter to go there";
        NothingTyped = "还没有填写", "Nothing typed yet";

        TodoTitle = "已注册未备案 {n} 名，其中 {over} 名已过备案期限", "{n} registered and not filed, {over} of them too late to file";
        TodoEmpty = "本校没有待备案的学生。", "No student of the school waits for filing.";
        TodoColName = "姓名", "Student";
        TodoColClass = "班级", "Class";
        TodoColSeason = "季次", "Season";
        TodoColUntil = "备案截止", "File by";
        TodoColLeft = "剩余", "Left";
        TodoColState = "情况", "State";
        TodoLeft = "{n} 日", "{n} d";
        TodoOver = "已过期", "over";
        TodoWithdraw = "请办理退学并注销（{rule}）", "withdraw and cancel ({rule})";
        TodoFailed = "未通过：{fault}", "failed: {fault}";
        TodoWaits = "待备案", "to be filed";
        TodoReasons = "上次备案未通过的原因（{on}，{fault}）", "Why filing failed on {on} ({fault})";
        TodoConfirm = "为 {name} 备案？", "File {name}?";
        TodoConfirmMany = "为标记的 {n} 名学生备案？", "File the {n} marked students?";
        TodoAllFiled = "已备案 {n} 名", "{n} filed";
        TodoSomeFailed = "已备案 {n} 名，{bad} 名没有通过：{first}；Enter 打开更正", "{n} filed, {bad} not: {first}; Enter opens one to correct";
        TodoOpenHint = "Enter 打开更正，更正后再备案", "Enter opens it for correction; then file again";

        GridTitle = "粘贴表 {rows} 行 {columns} 栏", "Grid: {rows} rows, {columns} columns";
        GridEmpty = "在这里粘贴从电子表格复制的行（制表符分栏，第一行可以是栏目名）。没有栏目名的，按全国模板的栏目顺序对应。", "Paste rows copied from a spreadsheet here (tabs between cells; the first row may name the columns). Without names the order of the national template holds.";
        GridByHeader = "按栏目名对应", "matched by header";
        GridByPlace = "没有栏目名，按模板顺序对应", "no header: matched by position";
        GridUnknown = "没有用到的栏目：{columns}", "columns not used: {columns}";
        GridCounts = "可存 {good}（含提示 {warn}）  有错 {bad}  空行 {empty}", "good {good} (with notices {warn})  wrong {bad}  empty {empty}";
        GridRow = "第 {row} 行 {outcome}", "row {row}: {outcome}";
        GridAccepted = "可存", "good";
        GridNormalised = "已整理", "tidied";
        GridWarning = "请看", "look";
        GridRejected = "有错", "wrong";
        GridBlank = "空行", "empty";
        GridNew = "未核对", "not checked";
        GridCell = "{column}：{value}", "{column}: {value}";
        GridEdit = "改 {column}：Enter 存入并核对，Esc 不改", "{column}: Enter puts it in and checks, Esc leaves it";
        GridSaveAsk = "登记 {good} 行可存的，{bad} 行有错的留在表中？", "Register {good} good rows and keep {bad} wrong ones?";
        GridSaved = "已登记 {n} 名；表中还有 {left} 行待改正", "{n} registered; {left} rows left to be corrected";
        GridNothing = "没有可以登记的行；请先改正有错的行", "No row can be registered yet; correct the wrong ones first";
        GridSending = "送出 {done}/{rows} 行", "sent {done}/{rows} rows";
        GridNoBad = "没有有错的行", "No row is wrong";
        GridPasted = "粘贴 {rows} 行，正在核对", "{rows} rows pasted, being checked";
        GridFull = "粘贴表最多 {most} 行；多出的 {over} 行没有放入，请用 xueji import 导入文件", "The grid takes {most} rows; {over} were left out: import a file instead";
        GridChanged = "库中已登记、没有改动 {n} 名", "{n} here already, unchanged";

        DraftsTitle = "草稿（本账号）；Enter 接着填，{key} 丢弃所选", "Drafts of this account; Enter goes on with one, {key} drops it";
        DraftsEmpty = "没有草稿。", "No drafts.";
        DraftRow = "{saved} 存  保留到 {until}", "saved {saved}, kept until {until}";
        DraftExpired = "已于 {until} 过期清除，只留此记录；删去即可", "expired {until} and cleared; only this line is left";
        DraftField = "停在 {field}", "at {field}";
        DraftsFound = "有 {n} 份未完成的草稿（{first}）；{key} 列出", "{n} unfinished drafts ({first}); {key} lists them";
        DraftsExpiring = "草稿「{title}」保留到 {until}，到期清除；请办完或删去", "Draft {title} is kept until {until}; finish or drop it";
        DraftsExpired = "草稿「{title}」已于 {until} 过期清除；草稿列表里有记录", "Draft {title} expired on {until}; the list says so";
        DraftBack = "已取回草稿（{saved} 存）", "Draft taken up again (saved {saved})";
        DraftDropped = "已删去草稿「{title}」", "Draft {title} dropped";
        DraftDropAsk = "再按一次 {key} 删去草稿「{title}」；删去不能恢复", "Press {key} again to drop draft {title} for good";
        DraftNotKept = "草稿没有存到服务器：{why}；请不要关闭本窗口", "The draft is not on the server: {why}; keep this window open";
        DraftGone = "这份草稿已经不在了：已删去，或者过期清除", "This draft is gone: it was dropped, or has expired";
        DraftUnread = "这份草稿由别的版本写成，读不出；原样保留", "This draft was written by another version; it is kept as it is";
        DraftEntry = "登记新生", "New student";
        DraftEntryOf = "登记新生 {name}", "New student {name}";
        DraftGrid = "粘贴表 {n} 行", "Grid, {n} rows";
        DraftStart = "新办 {kind} {student}", "New {kind} {student}";
        DraftText = "{what} {id}", "{what} {id}";
        DraftKind = "申请 {id}", "Application {id}";
    }
}
