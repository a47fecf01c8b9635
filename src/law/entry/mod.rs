//! A new student (新生), half filled in or whole: what is wrong, field by field, and what the rules say. One pure
//! function, asked by the form at every field, by the grid for every row and by the import for every line, so that the
//! three can never disagree; and the filing (备案) that comes after.
//!
//! ```text
//! Cells ──► Reading (what each cell says) ──► judge(Reading, Facts) ──► Checked { problems, 学制, dates, student }
//!                                                 ▲ school, majors, 招生资质, who has that number already
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `fields` | the fields, in the order of the national template |
//! | `words` | what people write in cells |
//! | `read` | cells one by one |
//! | `dates` | seasons, cutoffs, the twenty working days, the end of study |
//! | `offers` | against what was published (招生资质) |
//! | `record` | the record of a checked student, and its cells back again |
//! | `filing` | filing, decided by nobody but the published list |

pub mod dates;
pub mod fields;
pub mod filing;
pub mod offers;
mod read;
pub mod record;
mod words;

pub use read::{Cells, Reading};
pub use words::{day, month};

use super::calendar::Calendar;
use super::regions::Regions;
use super::rules;
use super::study_length::{self, StudyFacts, StudyLength};
use crate::model::{
    CodeSets, Day, Finding, Major, Offer, Office, OfficeId, Programme, Rewritten, RowProblem, Season, Severity, Status,
    Student, StudentId,
};
use dates::RegistrationDue;
use fields::at;

/// The tables that cells are read by.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Region codes with their years.
    pub regions: Regions,
    /// Code sets.
    pub codes: CodeSets,
}

/// Somebody who is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// Which file.
    pub student: StudentId,
    /// Where it is.
    pub school: OfficeId,
    /// Name of that school.
    pub school_name: String,
    /// Whether whoever asks may see that file.
    pub visible: bool,
    /// Its status.
    pub status: Status,
}

/// Facts that lie outside the cells.
pub struct Facts<'a> {
    /// Today.
    pub today: Day,
    /// The calendar in force.
    pub calendar: &'a Calendar,
    /// The school that registers; none when it is not known.
    pub school: Option<&'a Office>,
    /// Majors with the code or the name that was typed.
    pub majors: &'a [Major],
    /// What the school may recruit for in the student's season; none when nothing was published for that season at all.
    pub published: Option<&'a [Offer]>,
    /// Living files with the same document number.
    pub same_number: &'a [Same],
    /// Living files of the same name and birth with another number.
    pub same_person: &'a [Same],
    /// Living files whose number differs from this one in the last two places only: born in the same place on the same
    /// day, one after the other.
    pub neighbours: &'a [Same],
    /// Whether dates of registration are held to: not when what was registered in time is corrected.
    pub registering: bool,
    /// Why the school may not register one more in the student's year (R23.2); none when it may.
    pub limited: Option<&'a Finding>,
}

/// What is known of a new student after looking at everything.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What is the matter, in the order of the fields.
    pub problems: Vec<RowProblem>,
    /// Cells that are stored otherwise than they came.
    pub normalised: Vec<Rewritten>,
    /// Region that the document number names, as code and name; a form may fill it in.
    pub region: Option<(String, String)>,
    /// Length of study, with its trace.
    pub study: StudyLength,
    /// Year and season of recruitment.
    pub cohort: Option<(u16, Season)>,
    /// Until when to register.
    pub due: Option<RegistrationDue>,
    /// The major that was meant.
    pub major: Option<Major>,
    /// The record as it would be stored; none while something blocks.
    pub student: Option<Box<Student>>,
}

impl Checked {
    /// Whether something blocks.
    pub fn blocked(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Block)
    }
}

/// The season the cells speak of.
pub fn cohort(reading: &Reading<'_>) -> Option<(u16, Season)> {
    reading.entry().map(dates::cohort)
}

/// Judges what was read against everything else.
pub fn judge(mut reading: Reading<'_>, facts: &Facts<'_>) -> Checked {
    let cohort = season(&mut reading, facts);
    let due = cohort.and_then(|cohort| dates::registration_due(cohort, reading.enrolled_on, facts.calendar));
    if facts.registering {
        in_time(&mut reading, facts, cohort, due);
        sanctioned(&mut reading, facts);
    }
    let major = major(&mut reading, facts);
    let study = length(&mut reading, major.as_ref());
    let campus = qualified(&mut reading, facts, major.as_ref(), cohort);
    proofs(&mut reading);
    known(&mut reading, facts);
    let region = reading.document.as_ref().and_then(|read| read.region.as_ref());
    let region = region.map(|region| (region.code.clone(), format!("{}{}", region.within, region.name)));
    let blocked = reading.problems.iter().any(|problem| problem.severity == Severity::Block);
    let student = match (blocked, facts.school, &major) {
        (false, Some(school), Some(major)) => {
            record::student(&reading, school, major, campus.unwrap_or_default(), cohort, &study, facts.today)
        }
        _ => None,
    };
    reading.problems.sort_by_key(|problem| fields::index_of(&problem.column));
    Checked {
        problems: reading.problems,
        normalised: reading.normalised,
        region,
        study,
        cohort,
        due,
        major,
        student: student.map(Box::new),
    }
}

/// The season by the day of entry; one that was chosen must be the same (R6.9).
fn season(reading: &mut Reading<'_>, facts: &Facts<'_>) -> Option<(u16, Season)> {
    let entry = reading.entry()?;
    let (year, season) = dates::cohort(entry);
    if let Some(chosen) = reading.season
        && chosen != season
    {
        let closed = dates::registration_closes((year, chosen)).is_some_and(|closed| facts.today > closed);
        let way = if closed { "，所选季次的注册已经截止" } else { "" };
        let message =
            format!("{entry} 入学属于{year}年{}，不是{}{way}；请改正季次或入学日期", season.name(), chosen.name());
        reading.note_by(at("season"), "season", Severity::Block, Some("R6.9"), message);
    }
    if let Some(month) = reading.entry_month
        && let Some(enrolled) = reading.enrolled_on
        && dates::cohort(month) != dates::cohort(enrolled)
    {
        let message = format!("入学手续办结于 {enrolled}，与入学年月不在同一季；请核对");
        reading.note_by(at("enrolled_on"), "season", Severity::Block, Some("R6.9"), message);
    }
    Some((year, season))
}

/// The cutoff of the season, and the twenty working days.
fn in_time(reading: &mut Reading<'_>, facts: &Facts<'_>, cohort: Option<(u16, Season)>, due: Option<RegistrationDue>) {
    let (Some((year, season)), Some(due)) = (cohort, due) else { return };
    if facts.today > due.cutoff {
        let rule = dates::registration_rule(season);
        let message = format!("{year}年{}新生的注册已于 {} 24时截止；{}", season.name(), due.cutoff, rule.remedy);
        let message = message.trim_end_matches('。').to_owned();
        reading.note_by(at("entry_month"), "registration_closed", Severity::Block, Some(rule.id), message);
    } else if let (Some(enrolled), Some(twenty)) = (reading.enrolled_on, due.twenty_working_days)
        && facts.today > twenty
    {
        let late = facts.calendar.count(twenty, facts.today).max(1);
        let message = format!(
            "入学手续办结于 {enrolled}，二十个工作日到 {twenty} 为止，已逾期{late}个工作日；{} 之前仍可注册",
            due.cutoff
        );
        reading.note_by(at("enrolled_on"), "registration_late", Severity::Notice, Some(rules::R6_1.id), message);
    }
}

/// What the province laid on the school for the year after a finding (Art. 23).
fn sanctioned(reading: &mut Reading<'_>, facts: &Facts<'_>) {
    if let Some(limited) = facts.limited {
        let message = format!("{}；{}", limited.because, limited.remedy);
        let index = at("entry_month");
        reading.note_by(index, "registration_limited", Severity::Block, Some(rules::R23_2.id), message);
    }
}

/// The major that was meant, by its code or name; where a name stands for several, the one the school may recruit for.
fn major(reading: &mut Reading<'_>, facts: &Facts<'_>) -> Option<Major> {
    let index = at("major");
    if reading.text("major").is_empty() {
        return None;
    }
    let offered = |major: &&Major| facts.published.is_some_and(|of| of.iter().any(|offer| offer.major == major.code));
    let found = facts.majors.iter().find(offered).or_else(|| facts.majors.first());
    if found.is_none() {
        let message = "专业目录里没有这个专业；请按目录填写专业名称或代码，不要用招生宣传的名称，否则不能备案";
        reading.note_by(index, "major_unknown", Severity::Block, Some(rules::R7_2.id), message);
        negative(reading, index);
    }
    found.cloned()
}

/// Length of study by the whole matrix.
fn length(reading: &mut Reading<'_>, major: Option<&Major>) -> StudyLength {
    let entry_year = reading.entry().map(dates::cohort).map(|(year, _)| i32::from(year));
    let study = study_length::judge(&StudyFacts {
        entrant: reading.entrant,
        birth: reading.birth,
        entry_year,
        form: reading.form,
        bridging: reading.programme != Programme::Ordinary,
        approval: &reading.texts[at("approval")],
        approved: reading.approved,
        arts: major.map(|major| major.category.contains("艺术")),
        original: None,
        semesters_left: None,
        reason: &reading.texts[at("length_reason")],
        half_years: reading.half_years,
    });
    if reading.half_years.is_some() {
        for finding in &study.findings {
            let message = format!("{}；{}", finding.because, finding.remedy);
            let rule = rules::find(&finding.rule).map(|rule| rule.id);
            reading.note_by(at("duration"), "study_length", finding.severity, rule, message);
        }
    }
    study
}

/// Against what was published; the campus, typed or the one there is.
fn qualified(
    reading: &mut Reading<'_>,
    facts: &Facts<'_>,
    major: Option<&Major>,
    cohort: Option<(u16, Season)>,
) -> Option<String> {
    let campus = Some(reading.text("campus").to_owned()).filter(|campus| !campus.is_empty());
    let (Some(major), Some((year, season)), Some(school)) = (major, cohort, facts.school) else { return campus };
    let Some(published) = facts.published else {
        let message = format!("{year}年{}的招生资质还没有载入，无法核对；备案之前须先载入", season.name());
        reading.note_by(at("major"), "qualification_unpublished", Severity::Hint, Some(rules::R7_1.id), message);
        return campus;
    };
    let asked = offers::Asked {
        major: &major.code,
        form: reading.form,
        half_years: reading.half_years,
        campus: campus.as_deref(),
    };
    let compared = offers::compare(published, &asked);
    for mismatch in compared.mismatches {
        let message = mismatch.message(&school.name, &major.name, year, season);
        reading.note_by(at(mismatch.field), mismatch.kind, Severity::Block, Some(rules::R7_2.id), message);
        if mismatch.field == "major" {
            negative(reading, at("major"));
        }
    }
    compared.campus.or(campus)
}

/// To recruit for what was not published stands on the negative list, too.
fn negative(reading: &mut Reading<'_>, index: usize) {
    let message = "没有资质而招生属于负面清单 FM2 所列情形；请不要注册，已收的学生请妥善安置";
    reading.note_by(index, "negative_list", Severity::Block, Some("FM2.1"), message);
}

/// What must be proved, and what should be.
fn proofs(reading: &mut Reading<'_>) {
    if reading.text("admission").is_empty() {
        let message = "没有录取依据；请填写录取名册或录取通知书的编号，不要求上传";
        reading.note_by(at("admission"), "admission_missing", Severity::Block, Some(rules::R5_8.id), message);
    }
    if reading.is_joint() && reading.text("joint_filing").is_empty() {
        let message = format!("{}请填写联办备案编号；确未备案的，先向省教育厅备案（FM6）", rules::R15_3.because);
        reading.note_by(at("joint_filing"), "joint_filing", Severity::Notice, Some(rules::R15_3.id), message);
    }
    if reading.form == Some(crate::model::StudyForm::PartTime) && reading.text("training_plan").is_empty() {
        let message = "没有登记非全日制培养方案；现在可以注册，毕业之前须登记";
        reading.note_by(at("training_plan"), "training_plan", Severity::Hint, Some(rules::R9_3.id), message);
    }
}

/// Who is here already: a number twice blocks, a namesake born on the same day is worth a look.
fn known(reading: &mut Reading<'_>, facts: &Facts<'_>) {
    for same in facts.same_number {
        let which = if same.visible { format!("（学生 {}）", same.student) } else { String::new() };
        let own = facts.school.is_some_and(|school| school.id == same.school);
        let message = if own {
            format!("本校已有这个证件号的学籍{which}，状态为{}；请核对证件号，不要重复登记", same.status.name())
        } else {
            format!(
                "{}已有这个证件号的学籍{which}，状态为{}；请由学生实际就读学校先办理重复学籍",
                same.school_name,
                same.status.name()
            )
        };
        reading.note_by(at("id_no"), "id_already_registered", Severity::Block, Some(rules::R8_5.id), message);
        if !own {
            let message = "查重完成之前也不能备案；由学生实际就读的学校备案";
            reading.note_by(at("id_no"), "duplicate_open", Severity::Block, Some(rules::R7_4.id), message);
        }
    }
    for same in facts.same_person {
        let which = if same.visible { format!("（学生 {}）", same.student) } else { String::new() };
        let message = format!("{}已有同名且同日出生的学籍{which}，证件号不同；请核对是否同一人", same.school_name);
        reading.note(at("name"), "same_name_and_birth", Severity::Notice, message);
    }
    for same in facts.neighbours {
        let which = if same.visible { format!("（学生 {}）", same.student) } else { String::new() };
        let message = format!(
            "与{}的一名学生{which}同地同日出生、号码相邻；是双胞胎的无须处理，否则请核对号码",
            same.school_name
        );
        reading.note(at("id_no"), "neighbouring_number", Severity::Hint, message);
    }
}
