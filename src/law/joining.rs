//! 第十二条: who comes from a general high or technical school (普高/技工转入) and who comes from junior high (初中转入).
//! The file of both begins with the application.

use super::case::Case;
use super::checks::wrong_post;
use super::entry::{dates, offers};
use super::kinds::{KindRow, Material, Time};
use super::outside::{self, NewFiling};
use super::rules::{
    self, R2_2, R5_3, R5_7, R5_12, R6_2, R6_3, R7_2, R8_1, R8_5, R12_7, R12_8, R12_9, R12_10, R12_11, R12_12, R12_13,
    R12_15, R12_16, R12_18, R12_19, R12_20, R12_22, R13_3, R13_7, R16_2, R23_2, R25_2, X_1, X_2, X_3, X_4, X_6, X_7,
};
use super::study_length::{self, StudyFacts};
use crate::model::{
    Actor, ComingOver, Day, Entrant, Finding, FormerKind, JuniorAsk, Kind, Major, Offer, Office, Phase, Post, Season,
    Severity, Status, StudentId,
};
use chrono::Datelike;

/// 普高/技工转入. The city or the province examines; the text gives it no time.
pub(super) static COMING_OVER: KindRow = KindRow {
    kind: Kind::ComingOver,
    name_zh: "普高/技工转入",
    name_en: "From a high or technical school",
    article: "12",
    rules: &[
        &R2_2, &R5_3, &R5_7, &R5_12, &R8_5, &R12_7, &R12_16, &R12_18, &R12_19, &R12_20, &R12_22, &R13_3, &R13_7,
        &R16_2, &R23_2, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Unregistered],
    to: Some(Status::Enrolled),
    school_time: None,
    authority_time: Some(Time { rule: &R12_20, budget: 10 }),
    materials: &[Material { name: "原就读学校学籍证明", exact: true, basis: &R12_19 }],
    counter: None,
    beside_others: false,
};

/// 初中转入. The school's own act: no office decides, one is told.
pub(super) static JUNIOR: KindRow = KindRow {
    kind: Kind::Junior,
    name_zh: "初中转入",
    name_en: "From junior high",
    article: "12",
    rules: &[
        &R2_2, &R5_7, &R5_12, &R6_2, &R6_3, &R8_1, &R8_5, &R12_8, &R12_9, &R12_10, &R12_11, &R12_12, &R12_13, &R12_15,
        &R12_22, &R13_3, &R13_7, &R16_2, &R23_2, &R25_2, &X_4,
    ],
    from: &[Status::Unregistered],
    to: Some(Status::Registered),
    school_time: None,
    authority_time: None,
    materials: &[
        Material { name: "法定监护人申请", exact: true, basis: &R12_9 },
        Material { name: "初中学校同意意见", exact: true, basis: &R12_9 },
        Material { name: "初中学籍证明", exact: false, basis: &R12_11 },
    ],
    counter: None,
    beside_others: false,
};

/// Year and season of recruitment, and the lines of one school; none when nothing was published for that season at all.
pub type PublishedThen = ((u16, Season), Option<Vec<Offer>>);

/// What these kinds rest on beyond the student's record; empty for all others.
#[derive(Debug, Clone, Default)]
pub struct JoiningFacts {
    /// Year and season of recruitment, and what the school may recruit for then; the inner none when nothing was
    /// published for that season at all.
    pub published: Option<PublishedThen>,
    /// The major, if the catalogue has it.
    pub major: Option<Major>,
    /// The authority the junior school's papers are filed with (批准机关, reading AMB-22).
    pub approver: Option<Office>,
    /// Whether the class holds others than pupils of junior high.
    pub mixed_class: bool,
    /// The other school of a duplicate.
    pub other: Option<Office>,
    /// Whether it has accounts here.
    pub other_here: bool,
    /// Its live file with the same number.
    pub other_file: Option<StudentId>,
    /// The authorities that come after the other school if it disputes, in order.
    pub further: Vec<Office>,
    /// Why the school may not register one more this year: what the province laid on it (R23.2).
    pub limited: Option<Finding>,
}

/// The day that counts: of the school's submission; today while it has not submitted.
pub(super) fn submitted(case: &Case<'_>, today: Day) -> Day {
    case.application.and_then(|application| application.submitted_on()).unwrap_or(today)
}

/// Semesters from the autumn of a year through the one that ends in the planned month.
pub fn semesters_left(planned_grad: Day, year: i32) -> u8 {
    let left = (planned_grad.year() - year) * 2 - i32::from(planned_grad.month() < 6);
    u8::try_from(left.max(0)).unwrap_or(u8::MAX)
}

/// What the rules find about somebody from a general high or technical school.
pub(super) fn coming_over(case: &Case<'_>, asked: &ComingOver, today: Day) -> Vec<Finding> {
    let day = submitted(case, today);
    let mut found = Vec::new();
    found.extend(too_late(case, day));
    let entrant = match asked.from {
        FormerKind::GeneralHigh => Entrant::GeneralHigh,
        FormerKind::Technical => Entrant::Technical,
    };
    let left = semesters_left(case.student.planned_grad, day.year());
    found.extend(length(case, entrant, Some(left)));
    if asked.lower_years > 0 {
        found.push(R12_16.finding_as(
            Severity::Hint,
            format!(
                "编入低{}个年级，预计毕业推迟到 {}，剩余{left}个学期",
                asked.lower_years,
                case.student.planned_grad.format("%Y-%m")
            ),
            "请与学生和监护人确认编入的年级",
            &[("semesters_left", left.to_string())],
        ));
    }
    found.extend(qualified(case));
    found.extend(outside::registered_already(case));
    found.extend(case.joining.limited.clone());
    found
}

/// R12.18: strictly before the first day of the autumn semester of the year (reading AMB-15).
fn too_late(case: &Case<'_>, day: Day) -> Option<Finding> {
    let (start, set) = case.calendar.semester_start(day.year(), Season::Autumn);
    (day >= start).then(|| {
        let default = if set { "" } else { "（省里尚未确定，按9月1日）" };
        R12_18.refuse(
            format!("{}年秋季学期 {start} 开始{default}，普高、技工转入须在此之前提交", day.year()),
            "请在下一个秋季学期开始之前办理",
            &[("semester_start", start.to_string()), ("submitted", day.to_string())],
        )
    })
}

/// What the matrix of lengths refuses.
fn length(case: &Case<'_>, entrant: Entrant, semesters_left: Option<u8>) -> Vec<Finding> {
    let student = case.student;
    let study = study_length::judge(&StudyFacts {
        entrant: Some(entrant),
        birth: Some(student.birth),
        entry_year: Some(student.entry.year()),
        form: Some(student.study_form),
        semesters_left,
        half_years: Some(student.half_years),
        ..StudyFacts::default()
    });
    study.findings
}

/// R7.2: what the school was not published for ends in no certificate. Nothing is said of lengths: they are those of
/// Art. 12 here, not of the list.
pub(super) fn qualified(case: &Case<'_>) -> Option<Finding> {
    let ((year, season), published) = case.joining.published.as_ref()?;
    let name = case.joining.major.as_ref().map_or(case.student.major.as_str(), |major| major.name.as_str());
    let Some(published) = published else {
        return Some(rules::R7_1.finding_as(
            Severity::Hint,
            format!("{year}年{}的招生资质还没有载入，无法核对{name}", season.name()),
            "请在载入后核对；没有资质的专业不能发毕业证书",
            &[("year", year.to_string())],
        ));
    };
    let campus = Some(case.student.campus.as_str()).filter(|campus| !campus.is_empty());
    let form = Some(case.student.study_form);
    let asked = offers::Asked { major: &case.student.major, form, half_years: None, campus };
    let mismatch = offers::compare(published, &asked).mismatches.into_iter().next()?;
    Some(R7_2.refuse(
        mismatch.message(&case.school.name, name, *year, *season),
        "请改正专业、校区或学习形式；确无资质的不能接收",
        &[("field", mismatch.field.to_owned()), ("found", mismatch.found.clone())],
    ))
}

/// What the rules find about a pupil of junior high.
pub(super) fn junior(case: &Case<'_>, asked: &JuniorAsk, today: Day) -> Vec<Finding> {
    let mut found = length(case, Entrant::JuniorPupil(asked.semester), None);
    found.extend(closed(case, today));
    found.extend(qualified(case));
    found.extend(outside::registered_already(case));
    found.extend(case.joining.limited.clone());
    if case.joining.mixed_class {
        found.push(R12_12.finding(
            format!("{}班里还有其他学生，未毕业初中学生应单独编班", case.student.class_name),
            "请另编一班，配备专门教师；此提示不影响办理",
            &[("class", case.student.class_name.clone())],
        ));
    }
    found.extend(to_be_filed(case));
    found
}

/// The season's last day of registration: these files are registered like any other.
fn closed(case: &Case<'_>, today: Day) -> Option<Finding> {
    let cohort = dates::cohort(case.student.entry);
    let closes = dates::registration_closes(cohort).filter(|closes| submitted(case, today) > *closes)?;
    let rule = dates::registration_rule(cohort.1);
    Some(rule.refuse(
        format!("{}年{}的注册已于 {closes} 24时截止", cohort.0, cohort.1.name()),
        rule.remedy.trim_end_matches('。'),
        &[("cutoff", closes.to_string())],
    ))
}

/// R12.11: whom to tell, and that nobody was told yet.
fn to_be_filed(case: &Case<'_>) -> Option<Finding> {
    let approver = case.joining.approver.as_ref()?;
    case.application.is_none_or(|application| application.filings.is_empty()).then(|| {
        R12_11.finding_as(
            Severity::Hint,
            format!("办结后，初中有关材料须报{}备案；是报知，不是审批", approver.name),
            "请在办结后登记备案日期和文号，原件留存学校备查",
            &[("approver", approver.id.to_string())],
        )
    })
}

/// Recording that the junior school's papers were filed; `None` asks whether it may be recorded at all.
pub(super) fn file(case: &Case<'_>, actor: &Actor, what: Option<NewFiling<'_>>, today: Day) -> Option<Finding> {
    let application = case.application?;
    let facts = [("application", application.id.to_string())];
    if application.phase != Phase::Granted {
        let said = "学校两岗办结以后才报备案";
        return Some(R12_11.refuse(said, "请先提交并由审核岗同意", &facts));
    }
    if actor.office != application.school {
        let said = format!("备案由{}登记", case.school.name);
        return Some(R12_11.refuse(said, "请通知该校登记", &[("school", application.school.to_string())]));
    }
    if !actor.holds(Post::Entry) && !actor.holds(Post::Review) {
        return Some(wrong_post(actor, Post::Entry));
    }
    let filing = what?;
    let approver = case.joining.approver.as_ref().map(|office| office.id.as_str()).unwrap_or_default();
    let begun = application.started_at.day();
    let wrong = if filing.province != approver {
        format!("备案机关应为 {approver}")
    } else if filing.document.trim().is_empty() {
        "备案没有文号".to_owned()
    } else if filing.on < begun || filing.on > today {
        format!("备案日期 {} 不在 {begun} 至 {today} 之间", filing.on)
    } else {
        return None;
    };
    Some(R12_11.refuse(wrong, "请按备案文书填写机关、日期和文号", &[("on", filing.on.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semesters_are_counted_from_the_autumn_of_the_year() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (planned, year, left) in [
            ("2028-07-01", 2026, 4),
            ("2028-01-01", 2026, 3),
            ("2027-07-01", 2026, 2),
            ("2027-01-01", 2026, 1),
            ("2026-07-01", 2026, 0),
            ("2025-07-01", 2026, 0),
        ] {
            assert_eq!(semesters_left(day(planned), year), left, "{planned}");
        }
    }
}
