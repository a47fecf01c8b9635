//! Filing (电子学籍备案, Art. 6¶2 and 7): the program decides at once against what was last published. No office looks at
//! it, none can pass it by, and none can do it after the cutoff.

use super::offers::{self, Asked};
use super::{Same, dates};
use crate::law::rules::{self, Rule};
use crate::law::study_length::{self, StudyFacts};
use crate::model::{
    ApplicationId, Day, Entrant, FilingFault, Finding, Major, Offer, Office, Programme, RowProblem, Season, Severity,
    Status, Student,
};
use std::borrow::Cow;

/// Facts that lie outside the record.
pub struct FilingFacts<'a> {
    /// Today.
    pub today: Day,
    /// The school.
    pub school: &'a Office,
    /// The student's major, if the catalogue has it.
    pub major: Option<&'a Major>,
    /// What the school may recruit for in the student's season; none when nothing was published at all.
    pub published: Option<&'a [Offer]>,
    /// The open duplicate the student is part of (重复学籍).
    pub duplicate: Option<ApplicationId>,
    /// Other living files with the same number.
    pub same_number: &'a [Same],
    /// Why the school's new students of the year are not filed beyond what the province allows (R23.2).
    pub limited: Option<&'a Finding>,
}

/// What a filing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filing {
    /// Filed.
    Filed,
    /// It was filed before.
    Already,
    /// Not filed: the class of the failure, and what is wrong, field by field.
    Failed(FilingFault, Vec<RowProblem>),
    /// It cannot be asked for at all.
    Refused(Box<Finding>),
}

/// The season a file belongs to.
pub fn cohort(student: &Student) -> (u16, Season) {
    student.entry_facts.cohort.unwrap_or_else(|| dates::cohort(student.entry))
}

/// Why nobody may file or correct this student any more; none while it is possible.
pub fn closed(student: &Student, today: Day) -> Option<Finding> {
    let (year, season) = cohort(student);
    let closes = dates::filing_closes((year, season)).filter(|closes| today > *closes)?;
    // Who was returned once and comes again too late is told so (R6.8).
    let rule: &Rule = if student.entry_facts.failures.is_empty() { &rules::R6_6 } else { &rules::R6_8 };
    Some(rule.refuse(
        format!("{year}年{}新生的备案已于 {closes} 24时截止，任何一级都不再补办（第6条）", season.name()),
        "请为该生办理退学，同时在全国学生系统注销学籍",
        &[("cutoff", closes.to_string()), ("student", student.id.to_string())],
    ))
}

/// Files a student, or says why not.
pub fn file(student: &Student, facts: &FilingFacts<'_>) -> Filing {
    match student.status {
        Status::Registered => {}
        Status::Enrolled => return Filing::Already,
        Status::Unregistered => {
            return Filing::Refused(Box::new(rules::R6_5.refuse(
                format!("{}还没有在全国学生系统注册，不能备案", student.name),
                "请先办结注册或所在申请，再提交备案",
                &[("student", student.id.to_string())],
            )));
        }
        other => {
            return Filing::Refused(Box::new(rules::R13_7.refuse(
                format!("{}的学籍状态为“{}”，不是“已注册未备案”，不能备案", student.name, other.name()),
                "请核对学籍状态",
                &[("status", other.name().to_owned())],
            )));
        }
    }
    if let Some(closed) = closed(student, facts.today) {
        return Filing::Refused(Box::new(closed));
    }
    if let Some(limited) = facts.limited {
        return Filing::Refused(Box::new(limited.clone()));
    }
    if student.student_no.trim().is_empty() {
        return Filing::Refused(Box::new(rules::R6_5.refuse(
            format!("{}还没有学籍号，尚未在全国学生系统注册，不能备案", student.name),
            "请先在全国学生系统注册，再补填学籍号",
            &[("student", student.id.to_string())],
        )));
    }
    let (year, season) = cohort(student);
    let Some(published) = facts.published else {
        return Filing::Refused(Box::new(rules::R7_1.refuse(
            format!("{year}年{}的招生资质还没有载入，无法判定", season.name()),
            "请系统管理岗载入省教育厅公布的招生资质（xueji import qualifications）",
            &[("year", year.to_string()), ("season", season.name().to_owned())],
        )));
    };
    if let Some(open) = facts.duplicate {
        let message = format!("重复学籍 {open} 还没有办结；请先办结，再提交备案");
        let problem = problem("身份证件号", "duplicate_open", "R8.5", message, &student.id_no);
        return Filing::Failed(FilingFault::Duplicate, vec![problem]);
    }
    if let Some(same) = facts.same_number.first() {
        let message = format!("{}另有这个证件号的学籍；请先完成查重，由学生实际就读学校备案", same.school_name);
        let problem = problem("身份证件号", "id_already_registered", "R7.4", message, &student.id_no);
        return Filing::Failed(FilingFault::Duplicate, vec![problem]);
    }
    let problems = against(student, facts, published, (year, season));
    if problems.is_empty() {
        return Filing::Filed;
    }
    let not_eligible =
        problems.iter().any(|problem| matches!(&*problem.kind, "school_not_qualified" | "major_not_qualified"));
    let fault = if not_eligible { FilingFault::NotEligible } else { FilingFault::WrongInformation };
    Filing::Failed(fault, problems)
}

fn by_article_12(student: &Student) -> bool {
    let entrant = student.entry_facts.entrant;
    matches!(entrant, Some(Entrant::JuniorPupil(_) | Entrant::GeneralHigh | Entrant::Technical))
}

fn against(
    student: &Student,
    facts: &FilingFacts<'_>,
    published: &[Offer],
    (year, season): (u16, Season),
) -> Vec<RowProblem> {
    let name = facts.major.map_or(student.major.as_str(), |major| major.name.as_str());
    let asked = Asked {
        major: &student.major,
        form: Some(student.study_form),
        // The lengths of who came otherwise than as a new student are those of Art. 12, not of the list.
        half_years: Some(student.half_years).filter(|_| !by_article_12(student)),
        campus: Some(student.campus.as_str()).filter(|campus| !campus.is_empty()),
    };
    let mut problems: Vec<RowProblem> = offers::compare(published, &asked)
        .mismatches
        .into_iter()
        .map(|of| {
            let rule = if of.kind.ends_with("major_not_qualified") || of.kind == "school_not_qualified" {
                "R7.2"
            } else {
                "R7.3"
            };
            let column = super::fields::FIELDS[super::fields::at(of.field)].name;
            problem(column, of.kind, rule, of.message(&facts.school.name, name, year, season), &of.found)
        })
        .collect();
    for (field, missing) in [
        ("name", student.name.trim().is_empty()),
        ("id_no", student.id_no.trim().is_empty()),
        ("duration", student.half_years == 0),
        ("major", facts.major.is_none()),
    ] {
        if missing && !problems.iter().any(|of| of.column == super::fields::FIELDS[super::fields::at(field)].name) {
            let column = super::fields::FIELDS[super::fields::at(field)].name;
            let message = format!("没有{column}；证书所需的项目须在备案前补齐");
            problems.push(problem(column, "missing", "R3.2", message, ""));
        }
    }
    let entry = &student.entry_facts;
    // Rosters that were taken over say nothing of where somebody came from: then the length was judged elsewhere.
    if entry.entrant.is_some() {
        let study = study_length::judge(&StudyFacts {
            entrant: entry.entrant,
            birth: Some(student.birth),
            entry_year: Some(i32::from(year)),
            form: Some(student.study_form),
            bridging: entry.programme != Programme::Ordinary,
            approval: &entry.approval,
            approved: (!entry.approval.is_empty()).then_some(student.half_years),
            arts: facts.major.map(|major| major.category.contains("艺术")),
            original: Some(student.half_years),
            semesters_left: None,
            reason: &entry.length_reason,
            half_years: Some(student.half_years),
        });
        for finding in study.findings.into_iter().filter(|finding| finding.severity == Severity::Block) {
            let rule = rules::find(&finding.rule).map_or("R10.1", |rule| rule.id);
            let message = format!("{}；{}", finding.because, finding.remedy);
            let found = study_length::years(student.half_years);
            problems.push(problem("学制", "study_length", rule, message, &found));
        }
    }
    problems
}

fn problem(column: &'static str, kind: &'static str, rule: &'static str, message: String, value: &str) -> RowProblem {
    RowProblem {
        column: column.into(),
        kind: Cow::Borrowed(kind),
        severity: Severity::Block,
        rule: Some(Cow::Borrowed(rule)),
        message,
        value: value.to_owned(),
    }
}
