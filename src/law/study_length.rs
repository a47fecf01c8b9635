//! Length of study (学制, Art. 10 and 12): the whole matrix with its precedence and a trace of how it was reached. It is
//! asked with whatever is known so far, so that a form can show while it is typed what a length would rest on.
//!
//! Lengths are counted in half years: 6 is three years.

use super::rules::{self, Rule};
use crate::model::{Day, Entrant, Finding, Severity, StudyForm};
use serde::Serialize;

/// Half years of the longest study there is outside approved schemes.
pub const LONGEST: u8 = 12;
/// Semesters that must be left to those who come from general high and technical schools.
const LEAST_LEFT: u8 = 3;

/// What is known about a student so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct StudyFacts<'a> {
    /// Where the student comes from.
    pub entrant: Option<Entrant>,
    /// Day of birth.
    pub birth: Option<Day>,
    /// Calendar year of entry.
    pub entry_year: Option<i32>,
    /// Form of study.
    pub form: Option<StudyForm>,
    /// Whether the programme bridges to higher education (中高职衔接).
    pub bridging: bool,
    /// Number of the province's approval: of the bridging scheme, or to take pupils from primary school.
    pub approval: &'a str,
    /// The length the approval fixes, in half years.
    pub approved: Option<u8>,
    /// Whether the major is one of the arts (艺术类).
    pub arts: Option<bool>,
    /// The length at the school a transfer comes from, in half years.
    pub original: Option<u8>,
    /// Semesters left of a study of three years that began at another kind of school.
    pub semesters_left: Option<u8>,
    /// Why a length was chosen that needs a reason.
    pub reason: &'a str,
    /// The length that is asked about, in half years.
    pub half_years: Option<u8>,
}

/// One line of the way to the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TraceLine {
    /// The rule.
    pub rule: &'static str,
    /// Whether it applies; none while that is not known.
    pub applies: Option<bool>,
    /// Why, in Chinese.
    pub says: String,
}

/// What the matrix says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StudyLength {
    /// Lengths that are possible, in half years, ascending; empty while it is not known, or when none is.
    pub allowed: Vec<u8>,
    /// Of these, lengths that need a reason.
    pub with_reason: Vec<u8>,
    /// The rule that decided.
    pub rule: Option<&'static str>,
    /// What is still missing to decide, by the names of fields.
    pub missing: Vec<&'static str>,
    /// How it was reached, in the order of precedence, to the rule that decided.
    pub trace: Vec<TraceLine>,
    /// What is wrong, or to be looked at.
    pub findings: Vec<Finding>,
}

/// Whether somebody has completed eighteen years on 1 September of a year. The birthday itself counts (reading AMB-2).
pub fn eighteen(birth: Day, entry_year: i32) -> bool {
    let reference = Day::from_ymd_opt(entry_year, 9, 1);
    // Born on 29 February: completed on 1 March in a common year, long before September.
    let birthday = birth.checked_add_months(chrono::Months::new(18 * 12));
    matches!((reference, birthday), (Some(reference), Some(birthday)) if birthday <= reference)
}

/// Years in words: `三年`, `两年半`.
pub fn years(half_years: u8) -> String {
    const WORDS: [&str; 10] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"];
    let whole = WORDS.get(usize::from(half_years / 2)).copied().unwrap_or("多");
    match (half_years / 2, half_years % 2) {
        (0, 1) => "半年".to_owned(),
        (_, 0) => format!("{whole}年"),
        _ => format!("{whole}年半"),
    }
}

/// Judges what is known.
pub fn judge(facts: &StudyFacts<'_>) -> StudyLength {
    let mut judging = Judging { facts, out: StudyLength::default() };
    judging.decide();
    judging.compare();
    judging.out
}

struct Judging<'a> {
    facts: &'a StudyFacts<'a>,
    out: StudyLength,
}

impl Judging<'_> {
    fn trace(&mut self, rule: &'static Rule, applies: Option<bool>, says: impl Into<String>) {
        self.out.trace.push(TraceLine { rule: rule.id, applies, says: says.into() });
    }

    fn decided(&mut self, rule: &'static Rule, allowed: impl IntoIterator<Item = u8>, says: impl Into<String>) {
        self.out.rule = Some(rule.id);
        self.out.allowed = allowed.into_iter().collect();
        self.trace(rule, Some(true), says);
    }

    fn refuse(&mut self, rule: &'static Rule, because: impl Into<String>, facts: &[(&str, String)]) {
        self.out.findings.push(rule.refuse(because, rule.remedy.trim_end_matches('。'), facts));
    }

    /// The first rule that fits, in the order of R10.7.
    fn decide(&mut self) {
        let facts = self.facts;
        if facts.bridging {
            return self.scheme();
        }
        self.trace(&rules::R10_6, Some(false), "不是中高职衔接培养");
        match facts.entrant {
            Some(Entrant::Primary) => self.primary(),
            Some(Entrant::JuniorPupil(semester)) => self.junior_pupil(semester),
            Some(Entrant::GeneralHigh | Entrant::Technical) => self.other_schools(),
            Some(Entrant::Vocational) => self.transferred(),
            entrant => self.ordinary(entrant),
        }
    }

    fn scheme(&mut self) {
        let facts = self.facts;
        if facts.approval.trim().is_empty() {
            self.trace(&rules::R10_6, Some(true), "中高职衔接培养，没有登记批准的方案");
            self.out.rule = Some(rules::R10_6.id);
            return self.refuse(&rules::R10_6, "衔接培养没有登记经省教育厅批准的方案", &[]);
        }
        match facts.approved {
            Some(length) => {
                let says = format!("衔接方案 {} 规定{}", facts.approval.trim(), years(length));
                self.decided(&rules::R10_6, [length], says);
            }
            None => {
                self.out.missing.push("方案学制");
                self.trace(&rules::R10_6, Some(true), "按批准的衔接方案，方案规定的学制还没有填写");
            }
        }
    }

    fn primary(&mut self) {
        let facts = self.facts;
        if facts.arts == Some(false) {
            self.refuse(&rules::R10_3, "小学毕业起点只限艺术类专业，所填专业不是艺术类", &[]);
        }
        if facts.approval.trim().is_empty() {
            self.refuse(&rules::R10_3, "小学毕业起点没有登记省教育厅的批准文号", &[]);
        }
        match facts.approved {
            Some(length @ (10 | 12)) => {
                let says = format!("小学毕业起点艺术类，批准为{}", years(length));
                self.decided(&rules::R10_3, [length], says);
            }
            _ => self.decided(&rules::R10_3, [10, 12], "小学毕业起点艺术类，五年或六年"),
        }
    }

    fn junior_pupil(&mut self, semester: u8) {
        if self.facts.form == Some(StudyForm::PartTime) {
            self.refuse(&rules::R12_10, "未毕业的初中学生不能注册非全日制学籍", &[]);
        }
        match semester {
            5 => self.decided(&rules::R12_15, [8], "初中第五学期转入，四年"),
            6 => self.decided(&rules::R12_15, [7], "初中第六学期转入，三年半"),
            other => {
                self.trace(&rules::R12_8, Some(true), format!("初中第{other}学期"));
                self.out.rule = Some(rules::R12_8.id);
                let facts = [("semester", other.to_string())];
                self.refuse(&rules::R12_8, format!("现在是初中第{other}学期，只有第五、第六学期可以转入"), &facts);
            }
        }
    }

    fn other_schools(&mut self) {
        if let Some(left) = self.facts.semesters_left.filter(|left| *left < LEAST_LEFT) {
            let because = format!("剩余学习时间为{}，不足一年半", years(left));
            self.refuse(&rules::R12_16, because, &[("semesters_left", left.to_string())]);
        }
        self.decided(&rules::R12_16, [6], "普通高中、技工学校转入，三年，从原入学之日算起");
    }

    fn transferred(&mut self) {
        match self.facts.original {
            Some(length) => {
                self.decided(&rules::R12_14, [length], format!("中职转学，沿用原就读专业的{}", years(length)));
            }
            None => {
                self.out.missing.push("原学制");
                self.trace(&rules::R12_14, Some(true), "中职转学，沿用原就读专业的学制，原学制还没有填写");
            }
        }
    }

    /// Those who enter at the beginning: by age, by where they come from, by form.
    fn ordinary(&mut self, entrant: Option<Entrant>) {
        let facts = self.facts;
        let adult = match (facts.birth, facts.entry_year) {
            (Some(birth), Some(year)) => {
                let adult = eighteen(birth, year);
                let word = if adult { "已满" } else { "未满" };
                self.trace(&rules::R10_4, Some(adult), format!("{birth} 出生，{year}年9月1日{word}十八周岁"));
                Some(adult)
            }
            (birth, year) => {
                if birth.is_none() {
                    self.out.missing.push("出生日期");
                }
                if year.is_none() {
                    self.out.missing.push("入学年月");
                }
                self.trace(&rules::R10_4, None, "九月一日是否已满十八周岁，还不知道");
                None
            }
        };
        if entrant.is_none() {
            self.out.missing.push("招生对象");
        }
        if facts.form.is_none() {
            self.out.missing.push("学习形式");
        }
        let (Some(adult), Some(entrant), Some(form)) = (adult, entrant, facts.form) else { return };
        let fresh = entrant == Entrant::JuniorGraduate;
        let (rule, least, word): (&'static Rule, u8, &str) = match (adult, fresh) {
            (true, _) => (&rules::R10_4, 2, "已满十八周岁"),
            (false, true) => (&rules::R10_2, 6, "应届初中毕业生"),
            (false, false) => (&rules::R10_1, 6, "没有别的规定适用，基本学制"),
        };
        match form {
            StudyForm::PartTime => {
                let says = format!("{word}，非全日制{}至六年", years(least));
                self.decided(&rules::R10_5, least..=LONGEST, says);
            }
            StudyForm::FullTime if adult && fresh => {
                // Both clauses fit: three years satisfies both, less needs a word (reading AMB-4).
                self.trace(&rules::R10_2, Some(true), "又是应届初中毕业生：三年同时符合两条，一年至两年半须说明理由");
                self.decided(rule, 2..=6, "已满十八周岁，一年至三年");
                self.out.with_reason = (2..=5).collect();
            }
            StudyForm::FullTime => {
                let says = if adult { format!("{word}，一年至三年") } else { format!("{word}，三年") };
                self.decided(rule, least..=6, says);
            }
        }
    }

    /// The length that is asked about against what is possible.
    fn compare(&mut self) {
        let Some(length) = self.facts.half_years else { return };
        let of = [("half_years", length.to_string())];
        if self.out.allowed.is_empty() {
            // Nothing is decided yet: only what can never be is wrong.
            let never = length == 0 || length > LONGEST && !self.facts.bridging;
            if never && self.out.findings.is_empty() {
                let rule = if length == 0 { &rules::R10_1 } else { &rules::R10_5 };
                self.refuse(rule, format!("学制不能是{}", years(length)), &of);
            }
            return;
        }
        if self.out.with_reason.contains(&length) {
            let because = format!("应届初中毕业生一般为三年；{}须说明理由", years(length));
            let remedy = "请填写选择较短学制的理由";
            let reason = self.facts.reason.trim();
            let facts = [("half_years", length.to_string()), ("reason", reason.to_owned())];
            let finding = if reason.is_empty() {
                rules::R10_2.refuse(because, remedy, &facts)
            } else {
                rules::R10_2.finding_as(Severity::Notice, because, "理由已填写，请核对", &facts)
            };
            self.out.findings.push(finding);
            return;
        }
        if self.out.allowed.contains(&length) {
            return;
        }
        let rule = self.breaks(length);
        let because = format!("学制{}不符，可以是{}", years(length), words(&self.out.allowed));
        self.refuse(rule, because, &of);
    }

    /// The rule that a length breaks: for part-time students the one that sets the bound it is beyond.
    fn breaks(&self, length: u8) -> &'static Rule {
        let part_time = self.out.rule == Some(rules::R10_5.id);
        let below = part_time && self.out.allowed.first().is_some_and(|least| length < *least);
        match self.facts.entrant {
            _ if below && self.out.allowed.first() == Some(&2) => &rules::R10_4,
            Some(Entrant::JuniorGraduate) if below => &rules::R10_2,
            _ if below => &rules::R10_1,
            _ => self.out.rule.and_then(rules::find).unwrap_or(&rules::R10_1),
        }
    }
}

/// Possible lengths in words: a run as its ends, others one by one.
pub fn words(allowed: &[u8]) -> String {
    match allowed {
        [] => "待定".to_owned(),
        [first, .., last] if usize::from(last - first) + 1 == allowed.len() && allowed.len() > 2 => {
            format!("{}至{}", years(*first), years(*last))
        }
        some => some.iter().map(|length| years(*length)).collect::<Vec<_>>().join("或"),
    }
}
