//! Texts of screen 5, the negative list: each with both languages side by side, so that a text that lacks one does not
//! compile.

use super::{Lang, Msg, filled};

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// One fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        pub enum AlertMsg {
            $($name),+
        }

        impl AlertMsg {
            /// All of them.
            pub const ALL: &'static [AlertMsg] = &[$(AlertMsg::$name),+];

            /// The text, with its placeholders as they stand.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((AlertMsg::$name, Lang::Zh) => $zh, (AlertMsg::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

/// Labels and help of the screen's keys, named as the table of actions names them.
#[allow(non_upper_case_globals, missing_docs, reason = "they stand beside the other texts of keys")]
impl Msg {
    pub const ActAlerts: Msg = Msg::Alert(AlertMsg::ActAlerts);
    pub const HelpAlerts: Msg = Msg::Alert(AlertMsg::HelpAlerts);
    pub const ActOpenCase: Msg = Msg::Alert(AlertMsg::ActOpenCase);
    pub const HelpOpenCase: Msg = Msg::Alert(AlertMsg::HelpOpenCase);
    pub const ActRemindSchool: Msg = Msg::Alert(AlertMsg::ActRemindSchool);
    pub const HelpRemindSchool: Msg = Msg::Alert(AlertMsg::HelpRemindSchool);
    pub const ActExplain: Msg = Msg::Alert(AlertMsg::KeyExplain);
    pub const HelpExplain: Msg = Msg::Alert(AlertMsg::HelpExplain);
    pub const ActFindTrue: Msg = Msg::Alert(AlertMsg::ActFindTrue);
    pub const HelpFindTrue: Msg = Msg::Alert(AlertMsg::HelpFindTrue);
    pub const ActDismiss: Msg = Msg::Alert(AlertMsg::KeyDismiss);
    pub const HelpDismiss: Msg = Msg::Alert(AlertMsg::HelpDismiss);
    pub const ScopeAlerts: Msg = Msg::Alert(AlertMsg::ScopeAlerts);
    pub const CmdArgItem: Msg = Msg::Alert(AlertMsg::CmdArgItem);
}

impl AlertMsg {
    /// The text with its placeholders filled in.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        filled(self.text(lang), values)
    }
}

texts! {
    ActAlerts: "预警", "alerts";
    HelpAlerts: "负面清单预警：各校八项，到学生", "negative list: the eight items of every school, down to the students";
    ActOpenCase: "立案", "case";
    HelpOpenCase: "就选中的事项立案", "open a case on the chosen matter";
    ActRemindSchool: "提醒", "remind";
    HelpRemindSchool: "提醒学校（一天只算一次）", "remind the school (one a day counts)";
    HelpExplain: "学校作出说明", "the school explains";
    ActFindTrue: "查实", "true";
    HelpFindTrue: "提出查实，待复核", "propose that it is true, for the reviewer";
    HelpDismiss: "提出排除；已查实的提出整改", "propose to dismiss; of what was found true, that it was put right";
    ScopeAlerts: "负面清单预警", "the negative list";
    CmdArgItem: "FM1 至 FM8", "FM1 to FM8";
    KeyExplain: "说明", "explain";
    KeyDismiss: "排除", "dismiss";
    Clear: "无", "-";
    Near: "临近", "near";
    Met: "疑似", "susp";
    Found: "查实", "true";
    Title: "预警：{n} 所学校，查实 {found} 疑似 {met} 临近 {near}", "Alerts: {n} schools, {found} found true, {met} suspected, {near} near";
    OnlyItem: "（只列{item}）", " (only {item})";
    ColSchool: "学校", "School";
    ColRating: "评级", "Rating";
    None: "没有学校。", "No schools.";
    NoMatter: "没有临近、疑似或查实的事项。", "Nothing is near, suspected or found true.";
    Standing: "评级 {rating}{sanction}{custody}", "Rated {rating}{sanction}{custody}";
    Unrated: "未评", "not yet";
    Sanction: "，本年{what}", ", this year: {what}";
    Custody: "，由{who}代管", ", run by {who}";
    Blocks: "拦截", "Stops";
    HeadFacts: "事实", "Facts";
    HeadDistance: "距离", "Distance";
    HeadCase: "立案", "Case";
    HeadReminders: "提醒", "Reminders";
    HeadExplained: "说明", "Explained";
    HeadJudged: "结论", "Finding";
    CaseOf: "{id} {day} {name}（{document}）{stage}", "{id} {day} {name} ({document}) {stage}";
    NoCase: "尚未立案（立案后才能提醒、核查）", "no case yet: open one to remind or judge";
    RemindedTimes: "{n} 次，未答复 {open} 次", "{n}, {open} unanswered";
    Line: "{day} {name}：{text}", "{day} {name}: {text}";
    Proposed: "{day} {name}提出{stage}：{text}（{document}），待复核", "{day} {name} proposes {stage}: {text} ({document}); the reviewer's word is awaited";
    Agreed: "{day} {name}同意{stage}：{text}（{document}）", "{day} {name} agrees: {stage}: {text} ({document})";
    SentBack: "{day} {name}退回：{text}", "{day} {name} sends back: {text}";
    Whole: "全校", "whole school";
    FormOpen: "立案 {item} {who}", "Open a case: {item} {who}";
    FormRemind: "提醒学校 {item} {who}", "Remind the school: {item} {who}";
    FormExplain: "说明 {item} {who}", "Explain: {item} {who}";
    FormFind: "提出查实 {item} {who}", "Propose that it is true: {item} {who}";
    FormDismiss: "提出排除或整改 {item} {who}", "Propose to dismiss, or that it was put right: {item} {who}";
    FormSendBack: "退回经办 {item} {who}", "Send back: {item} {who}";
    FieldDocument: "证据或记录编号", "Evidence, or number of the record";
    FieldChannel: "方式（电话、函等）", "By what way";
    FieldContent: "内容", "What is said";
    FieldText: "情况", "What was found";
    FieldRemark: "意见", "Remark";
    NeedAll: "请填写：{field}", "Fill in: {field}";
    ConfirmAct: "{what}？回车确定，Esc 放弃", "{what}? Enter to do it, Esc to leave";
    ActOpen: "立案", "Open a case on";
    ActRemind: "提醒", "Remind of";
    ActExplain: "说明", "Explain";
    ActFind: "提出查实", "Propose as true";
    ActDismiss: "提出排除", "Propose to dismiss";
    ActRemedied: "提出整改销号", "Propose as put right";
    ActAgree: "同意{stage}", "Agree: {stage}:";
    ActSendBack: "退回经办", "Send back";
    Done: "已办：{what}", "Done: {what}";
    NothingHere: "先选一项事项（回车进入学校）", "Choose a matter first (Enter opens a school)";
    TabOfRecord: "预警", "Alerts";
    RecordClear: "负面清单各项没有涉及该生。", "No item of the negative list concerns this student.";
    Absences: "离校", "Away";
    AbsenceRow: "{from} 离校，{back}；{document}", "left {from}, {back}; {document}";
    BackOn: "{day} 返校", "back on {day}";
    StillAway: "未返校", "still away";
    Checks: "检查", "Inspections";
}
