//! Texts about what reaches beyond: hands outside, filings with two provinces, the other systems, former values. Each in
//! both languages on one row; the tests of the catalogue hold that none is empty.

use super::Msg;

macro_rules! texts {
    ($($name:ident $zh:literal $en:literal;)+) => {
        /// In Chinese.
        pub(super) fn zh(msg: Msg) -> &'static str {
            match msg {
                $(Msg::$name => $zh,)+
                other => super::system::zh(other),
            }
        }

        /// In English.
        pub(super) fn en(msg: Msg) -> &'static str {
            match msg {
                $(Msg::$name => $en,)+
                other => super::system::en(other),
            }
        }
    };
}

texts! {
    ActExternal "外部经手" "Outside";
    HelpExternal "登记没有账号的经手方的意见：结果、日期、文号" "Record the word of a hand without accounts: outcome, date, document";
    ActFile "备案" "Filing";
    HelpFile "登记备案：跨省转学向两省，初中转入向批准机关" "Record a filing: with two provinces, or of a pupil's papers";
    ActSync "同步" "Sync";
    HelpSync "登记全国系统办结日和模块更新日" "Record when national system and module were updated";
    ActUnsync "撤同步" "Unsync";
    HelpUnsync "撤回登记错的同步日期，写明原因" "Take back a wrongly recorded date, with the reason";
    ActDispute "争议" "Dispute";
    HelpDispute "重复学籍的对方学校：该生在本校就读，提出争议" "Other school of a duplicate: the student studies with us";
    ConfirmDispute "提出争议：该生在本校就读" "dispute: the student studies with us";
    ActArrival "转入" "Arrival";
    HelpArrival "学校为本校还没有档案的学生新办：跨省、普高/技工、初中转入，重复学籍" "School: start for who has no file here: transfers in, duplicates";
    TabUnsynced "待同步" "To sync";
    WaitDays "已{n}日" "{n}d so far";
    StepNational "待全国系统办结" "national system";
    StepModule "待更新模块" "module";
    LightChase "催" "!";
    HeadFilings "备案" "Filings";
    FilingLacking "{name}  未登记" "{name}  not recorded";
    FilingDone "{name}  {on}  {document}" "{name}  {on}  {document}";
    HeadSync "同步" "Sync";
    SyncNational "全国系统办结" "national system";
    SyncModule "模块更新" "module updated";
    SyncReached "{what} {on}  {who}" "{what} {on}  {who}";
    SyncWaits "{what}：自 {since} 起已 {n} 日" "{what}: waiting since {since}, {n} days";
    SyncTaken "撤回{what} {on}：{reason}  {who}" "{what} {on} taken back: {reason}  {who}";
    FactExternal "{about}的意见（{student}）" "Word of {about} ({student})";
    FactFile "{about} 登记备案" "{about}: record a filing";
    FactSync "{about} 同步：两项可一并登记，未办的留空" "{about}: sync; leave empty what is not done";
    FactUnsync "{about} 撤回同步登记" "{about}: take a sync record back";
    FactReasons "退回、不予办理须写理由，条款号开头，分号隔开，如 12 缺申请；13 缺证明" "A return or refusal needs reasons, article first, separated by semicolons";
    ConfirmExternal "登记意见：{outcome}，{on}，{document}" "record its word: {outcome}, {on}, {document}";
    ConfirmFile "登记向{province}备案：{on}，{document}" "record the filing with {province}: {on}, {document}";
    ConfirmSync "登记同步：全国系统 {national}，模块 {module}" "record sync: national {national}, module {module}";
    ConfirmUnsync "撤回同步登记：{what}" "take back: {what}";
    ArrivalName "本校还没有档案的学生" "Somebody without a file here";
    LabelFormer "曾用" "Formerly";
    FormerUntil "{field} {value}（至 {until}，{by}）" "{field} {value} (until {until}, {by})";
    LabelJoint "联合办学" "Joint with";
    JointOf "就读 {study}，联办 {partner}" "studies at {study}, partner {partner}";
    ActExternalWord "登记意见：{outcome}  {on}  {document}" "recorded: {outcome}  {on}  {document}";
    Reminded "督办 {by} 催办申请 {id}：{text}" "Supervisor {by} reminds you of {id}: {text}";
    RemindedPlain "请尽快办理" "please handle it soon";
    UrgedHeader "催办 {n}" "{n} urged";
    UrgedRow "催{n}" "urged {n}";
    ScopeBoard "督办" "Board";
    ActBoard "督办" "Board";
    HelpBoard "督办看板：谁手上有多少、逾期、将到期、办结率" "The supervisor's board: what is in whose hands, overdue, due, and rates";
    ActRemind "催办" "Remind";
    HelpRemind "催办：提醒经手机构，计次并记入日志" "Remind the hand whose turn it is; counted and journalled";
    ActNote "记录" "Note";
    HelpNote "督办记录：随案留存，不通知任何人" "A note kept with the case, sent to nobody";
    ActPeriod "时段" "Period";
    HelpPeriod "换办结率的时段：本月、上月、今年、去年" "The next period of rates: this month, last month, this year, last year";
    ActExport "导出" "Export";
    HelpExport "导出眼前的名单到下载目录（记入日志）" "Take the list before you out to the download folder (journalled)";
    ActImport "导入" "Import";
    HelpImport "从上传目录批量导入新生：核对、就地改正、登记" "Import new students from the upload folder: check, put right, register";
    ActLeft "左移" "Left";
    HelpLeft "左移一格" "One cell to the left";
    ActRight "右移" "Right";
    HelpRight "右移一格" "One cell to the right";
}
