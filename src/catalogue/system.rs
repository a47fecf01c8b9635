//! Texts of screen 0 (系统), and of the keys that belong to it.

use super::Msg;
use super::table::texts;

macro_rules! keys {
    ($($name:ident $zh:literal $en:literal;)+) => {
        /// In Chinese.
        pub(super) fn zh(msg: Msg) -> &'static str {
            match msg {
                $(Msg::$name => $zh,)+
                _ => "",
            }
        }

        /// In English.
        pub(super) fn en(msg: Msg) -> &'static str {
            match msg {
                $(Msg::$name => $en,)+
                _ => "",
            }
        }
    };
}

keys! {
    ScopeSystem "系统" "System";
    ActSystem "系统" "System";
    HelpSystem "系统：机构学校、资质、专业、账号、代办、日志、数据库" "System: offices and schools, qualifications, majors, accounts, substitutes, journal, store";
    ActAddAccount "新账号" "New account";
    HelpAddAccount "添加账号（系统管理岗）；在「代办」页设代办" "Add an account (keeper); on the substitutes tab arrange one";
    ActChange "修改" "Change";
    HelpChange "修改光标所在的账号（系统管理岗）" "Change the account under the cursor (keeper)";
    ActDisable "停用" "Disable";
    HelpDisable "停用光标所在的账号，其历史保留（系统管理岗）；在「代办」页结束代办" "Disable the account under the cursor, its history stays (keeper); on the substitutes tab end one";
    ActSetPin "设 PIN" "PIN";
    HelpSetPin "给光标所在的账号设 PIN，或重设（系统管理岗；共用登录凭它进入）" "Set the PIN of the account under the cursor (keeper; a shared login asks for it)";
    ActShareLogin "共用" "Share";
    HelpShareLogin "把光标所在账号的系统用户设为数人共用，或取消（系统管理岗）" "Say that several persons share the login of this account, or no longer (keeper)";
    ActLoadFile "载入" "Load";
    HelpLoadFile "载入省里发布的文件：先列出与现有的逐行差别，确认后才写入（系统管理岗）" "Load a file of the province: what changes is listed line by line before anything is written (keeper)";
    ActSaveTable "表格" "Save";
    HelpSaveTable "把报告连同各案件写成表格（.xlsx）放到下载文件夹" "The report with its cases as a spreadsheet in the download folder";
    ActCheckStore "核验" "Verify";
    HelpCheckStore "核验数据库：日志链、记录、材料逐一核对" "Verify the store: chain, records and evidence compared";
}

texts! {
    /// A text of screen 0.
    pub SystemText {
        TabOffices = "机构学校", "Offices";
        TabOffers = "招生资质", "Qualifications";
        TabMajors = "专业", "Majors";
        TabAccounts = "账号", "Accounts";
        TabSubstitutes = "代办", "Substitutes";
        TabJournal = "日志", "Journal";
        TabState = "数据库", "Store";
        ColName = "名称", "Name";
        ColCode = "代码", "Code";
        ColLevel = "层级", "Level";
        ColSponsor = "举办", "Run by";
        ColGrade = "评级", "Grade";
        ColCustody = "代管", "Custody";
        ColAccounts = "账号数", "Accts";
        ColYear = "年份", "Year";
        ColSeason = "季", "Season";
        ColLines = "专业数", "Lines";
        ColPlan = "计划", "Plan";
        ColPublished = "发布日", "Published";
        ColCategory = "大类", "Class";
        ColCare = "省管", "Care";
        ColAccount = "账号", "Account";
        ColPosts = "岗位", "Posts";
        ColUser = "系统用户", "OS user";
        ColActive = "状态", "State";
        ColFrom = "自", "From";
        ColUntil = "至", "Until";
        ColSeq = "序号", "No.";
        ColWhen = "时间", "When";
        ColWho = "何人", "Who";
        ColWhat = "办理", "Did";
        LevelProvince = "省", "Province";
        LevelCity = "市", "City";
        LevelCounty = "县", "County";
        LevelSchool = "学校", "School";
        RunProvince = "省属", "Province";
        RunCity = "市属", "City";
        RunCounty = "县属", "County";
        RunCollege = "高校", "College";
        Active = "在用", "active";
        Disabled = "停用", "disabled";
        Today = "今日代办", "today";
        ProvincialCare = "省管", "yes";
        More = "共 {total} 条，已取 {n} 条；到末行按 G 再取", "{total} in all, {n} here; G on the last row fetches more";
        Whole = "共 {total} 条", "{total} in all";
        JournalRead = "日志共 {total} 条，符合 {n} 条；往前还有，按 G 再找", "{total} entries, {n} of them meant; G looks further back";
        JournalWhole = "日志共 {total} 条，符合 {n} 条", "{total} entries, {n} of them meant";
        Filtered = "限定：{what}", "Narrowed: {what}";
        Empty = "没有", "None";
        NotKeeper = "账号和基础数据由系统管理岗维护，您没有这个岗位；请联系本机构的系统管理岗", "Accounts and master data are the keeper's (系统管理); you do not hold that post, ask your office's keeper";
        OnlyAccounts = "这个键只用于「账号」页", "This key works on the accounts tab only";
        OnlyJournal = "限定只用于「日志」「机构学校」「专业」三页", "Only the journal, offices and majors can be narrowed";
        FormNew = "添加账号", "New account";
        FormChange = "修改账号 {id}", "Change account {id}";
        FormJournal = "日志限定：留空的不限定", "Narrow the journal: what is empty narrows nothing";
        FormFind = "限定：代码开头或名称的一部分", "Narrow: beginning of the code, or part of the name";
        FieldId = "账号", "Account";
        FieldPerson = "人员编号", "Person";
        FieldName = "姓名", "Name";
        FieldOffice = "机构代码", "Office code";
        FieldPosts = "岗位", "Posts";
        FieldUser = "系统用户", "OS user";
        FieldWho = "账号或姓名", "Account or name";
        FieldPost = "岗位", "Post";
        FieldAbout = "学生或申请", "Student or case";
        FieldKind = "办理种类", "Request";
        FieldFrom = "自哪日", "From";
        FieldUntil = "至哪日", "Until";
        FieldText = "文字", "Text";
        HintPosts = "岗位用空格隔开：录入 审核 经办 复核 督办 系统管理", "Posts with blanks between: entry review handler reviewer supervisor keeper";
        HintPerson = "同一个人的各账号用同一个人员编号；双岗按人比较（第5条）", "All accounts of one person have the same number: the two posts are compared by person (Art. 5)";
        HintUser = "留空：还没有登录；一个系统用户只属于一个人，数人共用的先设为共用", "Empty: no login yet; one system user is one person, unless it is marked as shared";
        HintAbout = "学生号 S0000123，或申请号 2025-000123", "A student such as S0000123 or a case such as 2025-000123";
        HintKind = "开头几个字母，如 applications、accounts、import", "How its name begins: applications, accounts, import";
        HintDay = "如 2025-10-15", "Such as 2025-10-15";
        FieldHolds = "内容", "Holds";
        FieldFile = "文件", "File";
        FieldDocument = "文号", "Document";
        HintHolds = "机构、学校、专业、日历、招生资质 之一", "One of: offices, schools, majors, calendar, qualifications";
        HintFile = "表格文件（.xlsx、.xls、.csv）的路径，首行是列名；~ 是您的用户目录", "Path of a table (.xlsx, .xls, .csv) whose first row names the columns; ~ is your home";
        HintDocument = "发布文件的文号；正式库必填，随日志留存", "Number of the document it was issued with; a real store needs it";
        FieldPin = "PIN", "PIN";
        FieldAgain = "再输一次", "Again";
        HintPin = "6至12位数字，不能是同一个或顺着数的数字；当面交给本人，库里只存散列", "6 to 12 digits, not all the same nor counting up; the store keeps a hash only";
        FieldPeriod = "名称", "Name";
        HintPeriod = "留空：只看这一次", "Empty: for this once";
        FieldStandsIn = "代办账号", "Stands in";
        FieldAway = "被代办账号", "Away";
        HintStandsIn = "填账号；为别人设代办的须是系统管理岗", "Accounts; for others only a keeper arranges it";
        BadPost = "没有岗位「{word}」", "There is no post {word}";
        BadDay = "{text} 不是日期", "{text} is no date";
        BadAbout = "{text} 既不是学生号，也不是申请号", "{text} is neither a student nor a case";
        NeedField = "请填{field}", "{field} is missing";
        AskPut = "保存账号 {id}（{name}，{posts}）", "save account {id} ({name}, {posts})";
        AskDisable = "停用账号 {id}（{name}）", "disable account {id} ({name})";
        Done = "已办：{what}", "Done: {what}";
        ConfirmAct = "{what}？回车确定，Esc 放弃", "{what}? Enter to do it, Esc to leave";
        Verifying = "正在核验", "Verifying ...";
        VerifiedGood = "核验无误：日志 {entries} 条，记录 {records} 条，材料 {evidence} 份", "All is well: {entries} entries, {records} records, {evidence} pieces of evidence";
        VerifiedBad = "发现 {n} 处损坏，请先复制保存数据目录，再从备份恢复", "{n} places are damaged: copy the data folder first, then restore from the backup";
        StateEntries = "日志", "Journal";
        StateEntriesOf = "{entries} 条；申请 {applications} 件", "{entries} entries; {applications} applications";
        StateMaster = "基础数据", "Master data";
        StateMasterOf = "省 {province} 市 {city} 县 {county} 学校 {school} 专业 {majors}", "{province} province, {city} cities, {county} counties, {school} schools, {majors} majors";
        StateAccounts = "账号", "Accounts";
        StateAccountsOf = "在用 {n} 个；现有连接 {connected}", "{n} active; {connected} connected";
        StateCalendar = "工作日历", "Calendar";
        StateCalendarOf = "载到 {day}；其后的期限为暂定", "known to {day}; later deadlines are provisional";
        StateDisk = "剩余磁盘", "Free disk";
        StateDiskOf = "{n} MiB", "{n} MiB";
        StateUnknown = "不详", "not known";
        StateBackup = "最近备份", "Last backup";
        StateBackupOf = "{when}（{days} 日前），到第 {entries} 条：{file}", "{when} ({days} days ago), to entry {entries}: {file}";
        StateNoBackup = "没有备份过；请运行 xueji backup 文件名", "none was made: run xueji backup FILE";
        StateVerify = "核验", "Verify";
        StateNotVerified = "尚未核验；按 {key} 核验", "not yet; press {key}";
        Ratings = "评级", "Ratings";
        NoRating = "没有评级记录", "None recorded";
        Campuses = "校区", "Campuses";
        Above = "主管", "Above";
        Competent = "登记主管", "Competent";
        Credit = "学分制", "Credit system";
        Filed = "已备案", "filed";
        NotFiled = "未备案", "not filed";
        Rulings = "处理、代管", "Sanctions, custody";
        Offers = "招生资质", "Qualifications";
        OfferLine = "{year}年{season}季 {n} 个专业", "{year} {season}: {n} lines";
        Command = "命令", "Command";
        Records = "写入", "Wrote";
        Arrange = "设代办", "Arrange";
        EndIt = "结束代办", "End it";
        Behalf = "代{name}", "for {name}";
        Entry = "日志第 {n} 条", "Entry {n}";
    }
}
