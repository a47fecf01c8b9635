//! Texts of screen 8, graduation: each with both languages side by side, so that a text that lacks one does not compile.

use super::{Lang, Msg, filled};

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// One fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        pub enum GradMsg {
            $($name),+
        }

        impl GradMsg {
            /// All of them.
            pub const ALL: &'static [GradMsg] = &[$(GradMsg::$name),+];

            /// The text, with its placeholders as they stand.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((GradMsg::$name, Lang::Zh) => $zh, (GradMsg::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

/// Labels and help of the screen's keys, named as the table of actions names them.
#[allow(non_upper_case_globals, missing_docs, reason = "they stand beside the other texts of keys")]
impl Msg {
    pub const ActGraduation: Msg = Msg::Grad(GradMsg::ActGraduation);
    pub const HelpGraduation: Msg = Msg::Grad(GradMsg::HelpGraduation);
    pub const ActState: Msg = Msg::Grad(GradMsg::ActState);
    pub const HelpState: Msg = Msg::Grad(GradMsg::HelpState);
    pub const ActIssue: Msg = Msg::Grad(GradMsg::ActIssue);
    pub const HelpIssue: Msg = Msg::Grad(GradMsg::HelpIssue);
    pub const ActDeliver: Msg = Msg::Grad(GradMsg::ActDeliver);
    pub const HelpDeliver: Msg = Msg::Grad(GradMsg::HelpDeliver);
    pub const ActAward: Msg = Msg::Grad(GradMsg::ActAward);
    pub const HelpAward: Msg = Msg::Grad(GradMsg::HelpAward);
    pub const ActVoid: Msg = Msg::Grad(GradMsg::ActVoid);
    pub const HelpVoid: Msg = Msg::Grad(GradMsg::HelpVoid);
    pub const ActCheckList: Msg = Msg::Grad(GradMsg::ActCheckList);
    pub const HelpCheckList: Msg = Msg::Grad(GradMsg::HelpCheckList);
    pub const ActArchive: Msg = Msg::Grad(GradMsg::ActArchive);
    pub const HelpArchive: Msg = Msg::Grad(GradMsg::HelpArchive);
    pub const ActVerify: Msg = Msg::Grad(GradMsg::ActVerify);
    pub const HelpVerify: Msg = Msg::Grad(GradMsg::HelpVerify);
    pub const ActNextYear: Msg = Msg::Grad(GradMsg::ActNextYear);
    pub const HelpNextYear: Msg = Msg::Grad(GradMsg::HelpNextYear);
    pub const ActPrevYear: Msg = Msg::Grad(GradMsg::ActPrevYear);
    pub const HelpPrevYear: Msg = Msg::Grad(GradMsg::HelpPrevYear);
    pub const ActStageDone: Msg = Msg::Grad(GradMsg::ActStageDone);
    pub const HelpStageDone: Msg = Msg::Grad(GradMsg::HelpStageDone);
    pub const ScopeGraduation: Msg = Msg::Grad(GradMsg::ScopeGraduation);
}

impl GradMsg {
    /// The text with its placeholders filled in.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        filled(self.text(lang), values)
    }
}

texts! {
    ActGraduation: "毕业", "graduation";
    HelpGraduation: "毕业：应届名单、证书、交接、归档", "graduation: the year's list, certificates, delivery, archive";
    ActState: "填报", "state";
    HelpState: "学校填报学时、考核、学习档案和照片", "the school states hours, examination, study file and photo";
    ActIssue: "提请", "propose";
    HelpIssue: "省里提请印制证书（标记的或选中的）", "the province proposes certificates for printing (marked ones, or the chosen one)";
    ActDeliver: "交校", "deliver";
    HelpDeliver: "登记证书交到学校", "record that certificates were handed to the school";
    ActAward: "颁发", "hand out";
    HelpAward: "登记证书发给学生", "record that a certificate was handed to the graduate";
    ActVoid: "作废", "void";
    HelpVoid: "省里作废交校以前印错的证书", "the province makes a misprint void before it leaves";
    ActCheckList: "核对", "check";
    HelpCheckList: "登记已下载核对应届名单（6月1日至10日）", "record that the year's list was checked (1 to 10 June)";
    ActArchive: "归档", "archive";
    HelpArchive: "登记名单盖章归档，永久保存", "record that the stamped list was put away for ever";
    ActVerify: "验证", "verify";
    HelpVerify: "凭姓名和编号验证毕业信息，只答相符或不符", "verify a graduation by name and number: yes or no";
    ActNextYear: "后一年", "next year";
    HelpNextYear: "看后一年的名单", "the list of the next year";
    ActPrevYear: "前一年", "last year";
    HelpPrevYear: "看前一年的名单", "the list of the year before";
    ScopeGraduation: "毕业", "Graduation";

    SchoolsTitle: "毕业：{year}年，{n} 所学校", "Graduation: {year}, {n} schools";
    NoSchools: "没有学校。", "No schools.";
    ColSchool: "学校", "School";
    ColStudents: "在籍", "Students";
    ColChecked: "名单核对", "List checked";
    ColArchived: "盖章归档", "Put away";
    Times: "{n}次", "{n} times";
    NotYet: "未", "not yet";

    Title: "毕业：{school} {year}年应届 {n} 人", "Graduation: {school}, {year}: {n} due";
    CheckWindow: "名单核对 {from} 至 {until}：{n}次", "list checked {from} to {until}: {n} times";
    IssuedFrom: "；证书自 {day} 起", "; certificates from {day}";
    KeptOn: "；名单 {day} 归档（{place}）", "; list put away {day} ({place})";
    NotKept: "；名单未归档", "; list not put away";
    PartAll: "全部", "all";
    PartHeld: "未了", "held";
    PartReady: "可提请", "ready";
    PartProposed: "待复核", "proposed";
    PartPrinted: "待交校", "printed";
    PartDelivered: "待颁发", "delivered";
    PartAwarded: "已颁发", "handed out";
    ColName: "姓名", "Name";
    ColGrad: "预计", "Due";
    ColForm: "形式", "Form";
    ColStatus: "状态", "Status";
    ColStage: "证书", "Paper";
    ColWhy: "未了事项", "What is open";
    NoRows: "这一年没有应届毕业生；{prev} {next} 换年份。", "Nobody is due that year; {prev} and {next} change the year.";
    NoPart: "这一类没有学生。", "Nobody here.";
    More: "（另{n}项）", " (+{n})";
    Nothing: "-", "-";

    HeadStated: "填报", "Stated";
    Stated: "学时{hours} 考核{exam} 学习档案{file} 照片{photo}{plan}", "hours {hours}, examination {exam}, study file {file}, photo {photo}{plan}";
    Plan: " 培养方案{plan}", ", plan {plan}";
    HeadPaper: "证书", "Paper";
    NoPaper: "还没有", "none yet";
    Paper: "{leave} {number} {who}提请{printed}{delivered}{awarded}", "{leave} {number} proposed by {who}{printed}{delivered}{awarded}";
    PaperPrinted: "，{day}印制", ", printed {day}";
    PaperDelivered: "，{day}交校", ", delivered {day}";
    PaperAwarded: "，{day}颁发", ", handed out {day}";
    HeadOpen: "未了", "Open";
    HeadNext: "下一步", "Next";
    NextNational: "学校收到证书后发起「毕业」（第十八条）", "after receipt the school starts 毕业 (Art. 18)";
    HeadLost: "遗失", "Lost";
    Yes: "是", "yes";
    No: "否", "no";
    Is: "有", "yes";

    FormState: "填报 {who}", "State: {who}";
    FormDeliver: "证书交校：{who}", "Deliver: {who}";
    FormAward: "颁发证书：{who}", "Hand out: {who}";
    ActStageDone: "阶段完成", "Stage";
    HelpStageDone: "登记完成义务教育（初中转入），或中职段期满（3+2、五年一贯制）", "Compulsory education completed, or the first three years over";
    FormCompulsory: "{who} 完成义务教育：按证书填写日期和编号", "{who}: compulsory education completed, by its document";
    ActsCompulsory: "登记 {who} 完成义务教育", "record that {who} completed compulsory education";
    ActsStageEnd: "登记 {who} 中职段期满", "record that the first three years of {who} are over";
    FormVoid: "作废证书：{who}", "Void: {who}";
    FormArchive: "名单归档：{who}", "Put the list away: {who}";
    FormVerify: "验证毕业信息", "Verify a graduation";
    FieldHours: "完成国家规定学时", "Hours done";
    FieldExam: "学校考核合格", "Examination passed";
    FieldStudyFile: "学习档案编号", "Study file";
    FieldPlan: "培养方案编号（非全日制）", "Training plan (part time)";
    FieldPhoto: "照片文件（留空不换）", "Photo file (blank keeps it)";
    FieldOn: "日期", "Day";
    FieldReceiver: "签收人", "Receiver";
    FieldPasted: "已贴照片", "Photo pasted";
    FieldSealed: "已盖钢印", "Steel seal set";
    FieldReason: "作废原因", "Reason";
    FieldPlace: "存放处", "Where it lies";
    FieldNumber: "证书编号", "Number";
    FieldName: "姓名", "Name";
    FieldPurpose: "查询人和用途", "Who asks, what for";
    HintFlag: "空格切换是否", "Space: yes or no";
    HintDay: "年-月-日，例如 2027-06-15", "year-month-day, as 2027-06-15";
    HintPhoto: "照片在本机的路径；只登记内容指纹", "path of the photo; its content's digest is recorded";
    NotSeen: "该生现在的填报情况还没有读到，没有提交；已填内容保留，请在毕业名单中选中该生再打开本表", "The present statement of this student has not been read, so nothing was sent; what was typed is kept: open the form on the student in the list";
    NeedField: "请填写：{field}", "Fill in: {field}";
    BadDay: "日期看不懂：{text}", "No day: {text}";
    ReadingPhoto: "读取照片", "Reading the photo";

    ActsState: "填报 {who}", "State {who}";
    ActsIssue: "提请印制 {who} 的毕业证书", "Propose certificates: {who}";
    ActsPrint: "同意印制 {who} 的证书并生成编号", "Agree to print and draw numbers: {who}";
    ActsDeliver: "登记 {who} 的证书交校", "Record delivery: {who}";
    ActsAward: "登记 {who} 的证书已发给学生", "Record as handed out: {who}";
    ActsVoid: "作废 {who} 的证书", "Void {who}";
    ActsCheck: "登记已核对 {who} 的名单", "Record as checked: {who}";
    ActsArchive: "登记 {who} 的名单盖章归档，以后不能改动", "Put the list of {who} away; it cannot be changed after";
    ActsVerify: "验证 {who}", "Verify {who}";
    Several: "{name} 等 {n} 人", "{name} and others, {n} in all";
    Confirm: "{what}？回车确定，Esc 放弃", "{what}? Enter to do it, Esc to leave";
    Done: "已办：{what}", "Done: {what}";
    DoneSome: "办成 {n} 人，{m} 人未办：{why}", "{n} done, {m} not: {why}";
    Match: "相符：该编号和姓名有毕业信息", "It matches: there is a graduation of that name and number";
    NoMatch: "不相符：没有该编号和姓名的毕业信息", "No match: there is no graduation of that name and number";
    ChooseSchool: "先打开一所学校（回车）", "Open a school first (Enter)";
    ChooseStudent: "先选一名学生", "Choose a student first";
    OurReading: "我们的读法 {reading}", "Our reading {reading}";
}
