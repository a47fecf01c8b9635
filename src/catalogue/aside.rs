//! Texts of what is set beside cases, of substitutes, saved limits, notices and the record's later tabs: each with both
//! languages side by side, so that a text that lacks one does not compile.

use super::{Lang, filled};

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// One fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        pub enum AsideMsg {
            $($name),+
        }

        impl AsideMsg {
            /// All of them.
            pub const ALL: &'static [AsideMsg] = &[$(AsideMsg::$name),+];

            /// The text, with its placeholders as they stand.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((AsideMsg::$name, Lang::Zh) => $zh, (AsideMsg::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

impl AsideMsg {
    /// The text with its placeholders filled in.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        filled(self.text(lang), values)
    }
}

texts! {
    ColParked: "搁至 原因", "Until, why";
    HeadParked: "搁置", "Parked";
    HeadAssigned: "转交", "Handed to";
    HeadRemark: "批注", "Remark";
    ParkedUntil: "到 {day}：{remark}（{name}）", "until {day}: {remark} ({name})";
    AssignedTo: "由{name}办理", "{name} handles it";
    AssignedRow: "转{name}", "to {name}";
    RemarkLast: "{who} {when}：{text}", "{who} {when}: {text}";
    RemarkCount: "（共 {n} 条，都在经手中）", " ({n} in all, under Path)";
    AsideRemarked: "{who} {when} 批注：{text}", "{who} {when} remarked: {text}";
    AsideParked: "{who} {when} 搁置到 {day}：{remark}", "{who} {when} parked until {day}: {remark}";
    AsideResumed: "{who} {when} 取消搁置", "{who} {when} took it up again";
    AsideHandedOver: "{who} {when} 转交{name}", "{who} {when} handed it to {name}";
    OnBehalf: "（代{name}）", " (for {name})";
    WriteRemark: "批注：{student} {kind}", "Remark: {student}, {kind}";
    HintRemark: "凡能看到本件的人都看得到，记入本件，不能删改", "Everybody who sees the case reads it; it stays with the case for good";
    ConfirmRemark: "批注", "remark";
    ConfirmPark: "搁置到 {day}", "park until {day}";
    ConfirmResume: "取消搁置", "take up again";
    ConfirmHandOver: "转交{name}", "hand over to {name}";
    FormPark: "搁置：{student} {kind}", "Park: {student}, {kind}";
    FormHandOver: "转交：{student} {kind}", "Hand over: {student}, {kind}";
    FormSubstitute: "代办：我不在时由谁代办", "Substitute: who stands in for me";
    FormSaveLimit: "给现在的限定起名存下（{what}）", "Save the limit in force ({what})";
    FieldUntil: "搁置到", "Until";
    FieldWhy: "原因", "Why";
    FieldTo: "转交给", "To";
    FieldNote: "说明（可不填）", "Note (optional)";
    FieldWho: "由谁代办", "Who";
    FieldFrom: "起", "From";
    FieldTill: "止", "Until";
    FieldName: "名称", "Name";
    HintPark: "到这一天回到待办。时限照走：剩三个工作日或更少时提前回来。日期写作 2025-10-20",
        "It comes back on that day. The clock runs on: with three working days or fewer left it comes back earlier. Dates: 2025-10-20";
    HintPick: "上下键选：", "Choose with the arrow keys:";
    HintSubstitute: "代办人在此期间可办我的岗位，签名注明代谁；他自己提出的，他不能复核。起止都留空：取消他的代办",
        "Until then the colleague may act in my posts and signs for me, but never checks what he prepared himself. Leave both days empty to end it";
    HintName: "起个名字，不带空格，最多20个字；同名的替换", "A name without blanks, at most 20 characters; the same name replaces";
    NoColleague: "本机构没有能办这一岗的其他同事。", "No colleague here can take this post.";
    SubstituteRow: "{name} 代 {away}：{from} 至 {until}", "{name} for {away}: {from} to {until}";
    SubstituteNow: "已设的代办：", "Arranged:";
    SubstituteSet: "已设代办：{name}，{from} 至 {until}。", "{name} stands in from {from} to {until}.";
    SubstituteDropped: "已取消{name}的代办。", "{name} no longer stands in.";
    NeedText: "请填写{field}。", "Fill in: {field}.";
    BadDay: "{field}：日期不对，写作 2025-10-20。", "{field}: not a date, write 2025-10-20.";
    LimitSaved: "已存", "Saved";
    LimitKeys: "{save} 存下现在的限定  {drop} 删去已存的", "{save} saves the limit in force  {drop} forgets a saved one";
    ConfirmDeedShort: "{student} {kind}：{outcome}。Enter 确认", "{student}, {kind}: {outcome}. Enter confirms";
    LimitSavedAs: "限定已存为 {name}。", "Saved as {name}.";
    LimitDropped: "已删去限定 {name}。", "{name} is forgotten.";
    LimitNotSaved: "只有已存的限定可以删去。", "Only a saved limit can be forgotten.";
    LimitNoneToSave: "现在没有限定可存；先选一项限定。", "No limit is on: choose one first.";
    NoticeNone: "本件没有生效的退回或不予办理，没有通知可打印。", "No return or refusal was decided: no notice.";
    NoticeSaved: "通知已存到：{name}", "Notice written to: {name}";
    NoticeWriting: "存通知", "Writing the notice";
    NoticeHint: "{key} 存到下载文件夹", "{key} writes it to the download folder";
    PrintNothing: "这里没有可打印的内容。", "Nothing to print here.";
    AccountChanged: "您的岗位或代办有变动。", "Your posts or substitutions have changed.";
    TabPapers: "材料", "Papers";
    PapersNone: "名下的申请没有材料。", "No papers with any application.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use unicode_width::UnicodeWidthChar;

    #[test]
    fn both_languages_fill_in_the_same_and_depend_on_no_terminal() {
        let holders = |text: &'static str| -> BTreeSet<&str> {
            text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
        };
        for msg in AsideMsg::ALL {
            let [zh, en] = Lang::ALL.map(|lang| msg.text(lang));
            assert_eq!(holders(zh), holders(en), "{msg:?}");
            for c in zh.chars().chain(en.chars()) {
                assert_eq!(c.width(), c.width_cjk(), "{msg:?}: {c:?}");
            }
        }
    }
}
