//! Texts of what a keeper loads and sets on screen 0: files of the province, PINs, shared logins; and of saved periods.

use super::table::texts;

texts! {
    /// A text of these forms.
    pub LoadText {
        FormLoad = "载入省里发布的文件：先核对并列出差别，确认后才写入", "Load a file of the province: it is checked and compared first";
        BadHolds = "不能载入「{word}」；内容须为机构、学校、专业、日历、招生资质之一", "{word} cannot be loaded; it is offices, schools, majors, calendar or qualifications";
        Checking = "正在核对文件，没有写入", "Checking the file; nothing is written";
        Taking = "正在载入，请稍候", "Taking it in, a moment";
        CheckFailed = "没有载入：{why}", "Not loaded: {why}";
        Loaded = "已载入{what}：写入 {written} 条，未改动 {unchanged} 条", "Loaded {what}: {written} written, {unchanged} as they were";
        AskLoad = "载入{what}，写入 {written} 条", "load {what}, {written} to be written";
        AskLoadMoves = "载入{what}，{moves} 件在办业务的到期日随之变动", "load {what}, which moves the deadlines of {moves} open cases";
        Offices = "机构", "offices";
        Schools = "学校", "schools";
        Majors = "专业", "majors";
        Calendar = "日历", "calendar";
        Qualifications = "招生资质", "qualifications";
        National = "全国系统名单", "list of the national system";
        NationalLists = "名单 {lists} 所学校；有不符的行、整校不载入的 {out} 所", "Lists of {lists} schools; {out} of them have a wrong row and stay out whole";
        NationalRows = "各行：符合 {accepted}，改写后符合 {normalised}，须注意 {warning}，不符 {rejected}，空行 {empty}", "Rows: {accepted} good, {normalised} rewritten, {warning} to be looked at, {rejected} wrong, {empty} empty";
        NationalRefused = "一所学校的名单也不会载入，原因见下；请按原因更正，或在全国系统重新导出后再载入（Esc 回到文件列表）", "No school's list is taken in, for the reasons below; mend them or export anew from the national system (Esc to the files)";
        NationalSame = "各校名单与上次载入的完全相同，不用载入", "Every list is the one loaded before; nothing to load";
        AskNational = "载入 {schools} 所学校的全国系统名单 {written} 人", "load the national lists of {schools} schools, {written} students";
        NationalLoaded = "已载入 {schools} 所学校的全国系统名单 {written} 人：不一致 {differing} 人，超过2%的学校 {over} 所", "Loaded the national lists of {schools} schools, {written} students: {differing} differ, {over} schools over 2 %";
        NationalAgain = "其中 {again} 所不是第一次载入，与各自上次相比：已消除 {cured}，新出现 {new}", "{again} of them not for the first time; since the list before, {cured} cured, {new} new";
        NationalAsBefore = "另有 {unchanged} 人的名单与上次相同，没有改动", "Lists of {unchanged} more students are as they were";
        NationalOut = "{out} 所学校的名单有不符的行，整校没有载入；请更正后重新载入", "{out} schools stayed out whole for a wrong row; mend it and load again";
        Title = "{what}：{name}", "{what}: {name}";
        Counts = "将写入 {written} 条，未改动 {unchanged} 条，错误 {rejected} 行；摘要 {digest}", "{written} to be written, {unchanged} as they are, {rejected} rows in error; digest {digest}";
        Unused = "没有用到的列：{names}", "Columns not used: {names}";
        Refused = "文件有误，一行也不会写入；请改正文件后再载入（Esc 回到表单，回车重新核对）", "The file has errors and nothing of it is taken in; mend it and load it again (Esc to the form)";
        NothingNew = "与现有的完全相同，不用载入", "All of it is here already; nothing to load";
        PressEnter = "还没有写入。看过以后按 {key} 载入，Esc 放弃", "Nothing is written yet. {key} loads it, Esc leaves it";
        Row = "第 {n} 行 {column}", "Row {n}, {column}";
        MoreRows = "另有 {n} 条，见 xueji import 的 --errors", "{n} more: see --errors of xueji import";
        Moves = "在办业务有 {n} 件的到期日变动", "The deadlines of {n} open cases move";
        NoMoves = "在办业务的到期日都不变动", "No deadline of an open case moves";
        MoveLine = "{hand}  {before} -> {after}", "{hand}  {before} -> {after}";
        Compared = "与上次发布相比：新增 {added} 行，取消 {withdrawn} 行，计划数变 {changed} 行，不变 {unchanged} 行；不再有资质的学校 {gone} 所", "Against the last publication: {added} lines new, {withdrawn} gone, {changed} with another plan, {unchanged} the same; {gone} schools left with none";
        Added = "新增", "new";
        Withdrawn = "取消", "gone";
        Changed = "计划", "plan";
        OfferLine = "{year}{season} {major} {campus} {form} {years}年  计划 {plan}", "{year} {season} {major} {campus} {form} {years} y  plan {plan}";
        MoreLines = "另有 {n} 行", "{n} more lines";
        FullTime = "全日制", "full-time";
        PartTime = "非全日制", "part-time";
        FormPin = "给账号 {id}（{name}）设 PIN", "PIN of account {id} ({name})";
        PinsDiffer = "两次输入的 PIN 不同，请再输", "The two do not agree; type them again";
        AskPin = "给账号 {id}（{name}）设 PIN", "set the PIN of {id} ({name})";
        AskShare = "系统用户 {user} 由数人共用，各账号凭 PIN 进入", "{user} is shared by several persons, who come in by PIN";
        AskUnshare = "系统用户 {user} 不再共用", "{user} is no longer shared";
        FormSubstitute = "设代办：自起日至止日由同一机构的同事代办（第5条：代办的不得复核自己提的）", "A substitute, from one day through another, of the same office (Art. 5: nobody checks what he prepared)";
        AskSubstitute = "{who} 自 {from} 至 {until} 代 {away} 办理", "{who} stands in for {away} from {from} to {until}";
        AskEnd = "{who} 不再代 {away} 办理", "{who} no longer stands in for {away}";
        NoUser = "账号 {id} 没有登记系统用户；请先按 {key} 填上", "Account {id} has no system user; {key} fills it in";
        PinClosed = "PIN停用", "shut";
        PinSet = "在用PIN", "PIN set";
        Shared = "{user}共用", "{user} (shared)";
        Periods = "办结率的时段（{save} 存下所选，{drop} 删去存过的）", "Period of the rates ({save} saves the chosen one, {drop} forgets a saved one)";
        ThisMonth = "本月", "This month";
        LastMonth = "上月", "Last month";
        ThisYear = "今年", "This year";
        LastYear = "去年", "Last year";
        Own = "自定起止", "Of your own";
        FormPeriod = "时段：起止日都算在内；写了名称的一并存下", "Period, both days included; with a name it is saved";
        BadPeriod = "止日 {until} 早于起日 {from}", "{until} is before {from}";
        PeriodSaved = "时段已存为「{name}」", "Period saved as {name}";
        PeriodDropped = "已删去时段「{name}」", "Period {name} forgotten";
        NotSaved = "只有存过的时段可以删去", "Only a saved period can be forgotten";
        TableWriting = "正在写报告表格", "Writing the report";
        TableSaved = "报告表格已写到 {name}", "The report is in {name}";
    }
}
