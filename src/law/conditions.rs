//! What each kind of application demands beyond statuses, posts and papers.

use super::case::Case;
use super::entry::filing;
use super::route::BATCH;
use super::study_length::{self, StudyFacts};
use super::{duplicates, graduation, hints, joining, negative, new_major, outside, rules};
use crate::model::{Day, Details, Finding, PersonalField, Programme, Severity, StudyForm};
use chrono::Datelike;

/// Most years 留级 may put graduation off, in all (Art. 17).
const MOST_REPEATED: u8 = 3;

/// Within so many calendar days batches between the same two schools are looked at together (R12.5).
const SPLIT_DAYS: i64 = 30;

/// Findings of the kind itself.
pub(super) fn of(case: &Case<'_>, details: &Details, today: Day) -> Vec<Finding> {
    let (watched, alerts) = case.watched;
    let mut found = negative::findings(&negative::of_student(watched, alerts, today), details.kind());
    match details {
        Details::Suspension { .. } => found.extend(still_compulsory(case, today)),
        Details::Repetition { years, .. } => found.extend(repeated_too_long(case, *years)),
        Details::MajorChange { .. } => found.extend(new_major::of(case, today)),
        Details::Withdrawal { .. } | Details::Annulment { .. } => found.extend(compulsory(case, details, today)),
        Details::Restoration { .. } => found.extend(never_filed(case)),
        Details::Transfer { .. } | Details::TransferMajor { .. } => {
            found.extend(new_major::of(case, today));
            found.extend(hints::of_transfer(case, today));
            found.extend(split(case));
        }
        Details::MoveOut { .. } => {
            found.extend(outside::filings_lacking(case, details));
            found.extend(hints::of_transfer(case, today));
        }
        Details::MoveIn { person, .. } => {
            found.extend(outside::no_reference(details));
            found.extend(outside::registered_elsewhere(case, person));
            found.extend(outside::registered_already(case));
            found.extend(outside::filings_lacking(case, details));
            found.extend(hints::of_transfer(case, today));
        }
        Details::Correction { handed_in_on, field, to, .. } => {
            found.extend(started_late(case, *handed_in_on, today));
            found.extend(length_again(case, *field, to));
            if *field == PersonalField::IdNumber {
                found.extend(number_taken(case));
            }
        }
        Details::FormChange { to, plan, .. } => found.extend(new_form(case, *to, plan, today)),
        Details::GradeSkip { .. } => found.extend(skipped_too_far(case, today)),
        Details::EarlyGraduation { half_years, credits_required, credits_earned, .. } => {
            found.extend(too_early(case, *half_years, *credits_required, *credits_earned));
        }
        Details::Graduation { leave, received_on, .. } => {
            let received = graduation::not_received(case.student, case.leaving, *leave, *received_on, today);
            found.extend(received);
        }
        Details::Duplicate(asked) => found.extend(duplicates::of(case, asked, today)),
        Details::ComingOver(asked) => found.extend(joining::coming_over(case, asked, today)),
        Details::Junior(asked) => found.extend(joining::junior(case, asked, today)),
        Details::Resumption { .. } | Details::Death { .. } | Details::Other { .. } => {}
    }
    found
}

/// Compulsory education lasts through that day (Art. 12).
fn compulsory_until(case: &Case<'_>, today: Day) -> Option<Day> {
    case.student.compulsory_until.filter(|until| *until >= today)
}

fn still_compulsory(case: &Case<'_>, today: Day) -> Option<Finding> {
    let until = compulsory_until(case, today)?;
    Some(rules::R12_13.finding_as(
        Severity::Notice,
        format!("{}未完成义务教育，休学期间学校仍须保留其学籍，不得作退学、注销处理", case.student.name),
        "可以休学；复学前请学校与监护人保持联系",
        &[("student", case.student.name.clone()), ("compulsory_until", until.to_string())],
    ))
}

fn compulsory(case: &Case<'_>, details: &Details, today: Day) -> Option<Finding> {
    let until = compulsory_until(case, today)?;
    Some(rules::R12_13.refuse(
        format!("{}的义务教育到 {until} 才完成，不得{}", case.student.name, details.kind().name()),
        "可以办理休学、转学；确需离校的，请与原初中学校联系",
        &[("student", case.student.name.clone()), ("compulsory_until", until.to_string())],
    ))
}

fn repeated_too_long(case: &Case<'_>, years: u8) -> Option<Finding> {
    let total = case.student.repeated.saturating_add(years);
    (total > MOST_REPEATED).then(|| {
        rules::R17_7.refuse(
            format!(
                "{}已留级{}年，再留级{years}年累计{total}年，超过{MOST_REPEATED}年",
                case.student.name, case.student.repeated
            ),
            "请与学生商定其他办法；休学的时间不计入留级",
            &[("repeated", case.student.repeated.to_string()), ("total", total.to_string())],
        )
    })
}

fn never_filed(case: &Case<'_>) -> Option<Finding> {
    (!case.student.was_filed()).then(|| {
        rules::R13_7.refuse(
            format!("{}从未完成学籍备案，不能恢复为在读", case.student.name),
            "只有备案过的学生才能恢复学籍；请按新生办理",
            &[("student", case.student.name.clone())],
        )
    })
}

/// Batches between the same two schools that are together what the province would have to decide: noticed, never
/// blocked, and the route stays the ordinary one (reading AMB-11).
fn split(case: &Case<'_>) -> Option<Finding> {
    let batch = case.batch.filter(|batch| batch.size < BATCH)?;
    let near = |day: Day| (day - batch.day).num_days().abs() <= SPLIT_DAYS;
    let beside: Vec<_> = batch.others.iter().filter(|(_, day, size)| near(*day) && *size < BATCH).collect();
    let total = beside.iter().fold(batch.size, |sum, (.., size)| sum.saturating_add(*size));
    let (first, ..) = beside.first()?;
    (total >= BATCH).then(|| {
        let ids = beside.iter().map(|(id, ..)| id.to_string()).collect::<Vec<_>>().join("、");
        rules::R12_5.finding(
            format!("疑似拆分：{SPLIT_DAYS}日内同样两校之间另有批量转学 {ids}，与本批合计{total}人，满{BATCH}人"),
            "请核实是否同一批学生；确属同一批的，退回学校合并为一份名单重新提交",
            &[("batch", batch.id.to_string()), ("other", first.to_string()), ("total", total.to_string())],
        )
    })
}

fn started_late(case: &Case<'_>, handed_in_on: Day, today: Day) -> Option<Finding> {
    let due = case.calendar.due(handed_in_on, 10).date;
    let started = case.application.map_or(today, |application| application.started_at.day());
    (started > due).then(|| {
        rules::R14_1.finding(
            format!("材料 {handed_in_on} 交来，学校应在 {due} 前发起，实际 {started} 发起"),
            "仍可办理；请学校说明原因",
            &[("handed_in_on", handed_in_on.to_string()), ("due", due.to_string()), ("started", started.to_string())],
        )
    })
}

/// R10.8: the length rests on the birth date, among others; a change of it is looked at again and never made silently.
fn length_again(case: &Case<'_>, field: PersonalField, to: &str) -> Option<Finding> {
    let student = case.student;
    let birth = match field {
        PersonalField::Birth => to.parse::<Day>().ok()?,
        // The number of a resident identity card holds the date as well.
        PersonalField::IdNumber => Day::parse_from_str(to.get(6..14)?, "%Y%m%d").ok()?,
        _ => return None,
    };
    let entry = &student.entry_facts;
    let (year, _) = filing::cohort(student);
    let facts = |birth: Day| StudyFacts {
        entrant: entry.entrant,
        birth: Some(birth),
        entry_year: Some(i32::from(year)),
        form: Some(student.study_form),
        bridging: entry.programme != Programme::Ordinary,
        approval: &entry.approval,
        approved: (!entry.approval.is_empty()).then_some(student.half_years),
        original: Some(student.half_years),
        reason: &entry.length_reason,
        half_years: Some(student.half_years),
        ..StudyFacts::default()
    };
    let (now, then) = (study_length::judge(&facts(student.birth)), study_length::judge(&facts(birth)));
    let turned =
        study_length::eighteen(student.birth, i32::from(year)) != study_length::eighteen(birth, i32::from(year));
    let conflict = then.findings.iter().find(|finding| finding.severity == Severity::Block);
    let because = match conflict {
        Some(finding) => format!("变更后学制不符：{}", finding.because),
        // Where somebody came from is not known of every file: then only the age says that a look is due.
        None if turned && now.allowed.is_empty() => {
            format!("变更后9月1日是否已满十八周岁随之改变，现学制{}", study_length::years(student.half_years))
        }
        None => return None,
    };
    Some(rules::R10_8.finding(
        because,
        "学制不自动改动；请核对，确需更正的由学校另行办理",
        &[("birth", birth.to_string()), ("half_years", student.half_years.to_string())],
    ))
}

fn number_taken(case: &Case<'_>) -> Option<Finding> {
    let other = case.same_number?;
    Some(rules::R14_5.finding(
        format!("新的证件号已有另一份学籍（{other}）"),
        "请先核实是否同一人、是否重复学籍，再作决定",
        &[("other", other.to_string())],
    ))
}

/// Half years of full-time study at most, outside the approved schemes (Art. 10).
const FULL_TIME: u8 = 6;

/// Part-time study needs a plan (R9.3), full-time study its length (R13.8); pupils who have not completed compulsory
/// education study full time.
fn new_form(case: &Case<'_>, to: StudyForm, plan: &str, today: Day) -> Option<Finding> {
    let student = case.student;
    if let Some(until) = compulsory_until(case, today).filter(|_| to == StudyForm::PartTime) {
        return Some(rules::R12_10.refuse(
            format!("{}的义务教育到 {until} 才完成，此前只能是全日制学籍", student.name),
            "请在完成义务教育以后再申请转学习形式",
            &[("compulsory_until", until.to_string())],
        ));
    }
    if to == student.study_form {
        return Some(rules::R13_8.refuse(
            format!("{}现在就是这种学习形式", student.name),
            "请核对学生和所选的学习形式",
            &[("student", student.name.clone())],
        ));
    }
    let years = f32::from(student.half_years) / 2.0;
    match to {
        StudyForm::PartTime if plan.trim().is_empty() => Some(rules::R9_3.finding_as(
            Severity::Notice,
            format!("没有登记{}该专业的非全日制培养方案；没有方案，将来不能办理非全日制毕业证书", case.school.name),
            "可以先办；请学校制定方案并登记编号",
            &[("school", case.school.id.to_string())],
        )),
        StudyForm::FullTime if student.half_years > FULL_TIME => Some(rules::R13_8.finding(
            format!("{}的学制是{years}年，超过全日制的3年", student.name),
            "请主管部门核定学制后再决定",
            &[("years", years.to_string())],
        )),
        _ => None,
    }
}

/// A grade that is not there cannot be skipped: who is in the last one has none above.
fn skipped_too_far(case: &Case<'_>, today: Day) -> Option<Finding> {
    let student = case.student;
    let earlier = student.planned_grad.with_year(student.planned_grad.year() - 1)?;
    (earlier <= today).then(|| {
        rules::R13_10.refuse(
            format!("{}预计 {} 毕业，没有可跳的年级", student.name, student.planned_grad.format("%Y-%m")),
            "修满学分的，可以按学分制申请提前毕业（第十二条）",
            &[("planned_grad", student.planned_grad.to_string())],
        )
    })
}

/// Half years by which graduation comes earlier at most (reading AMB-17).
const EARLIEST: u8 = 2;

fn too_early(case: &Case<'_>, half_years: u8, required: u16, earned: u16) -> Option<Finding> {
    let (student, school) = (case.student, case.school);
    let years = f32::from(half_years) / 2.0;
    let refuse = |because: String, remedy: &str| {
        let facts =
            [("early_by", years.to_string()), ("required", required.to_string()), ("earned", earned.to_string())];
        Some(rules::R12_17.refuse(because, remedy, &facts))
    };
    if !school.school.as_ref().is_some_and(|facts| facts.credit_system) {
        return refuse(format!("{}没有备案学分制，不能办理提前毕业", school.name), "请按原学制毕业");
    }
    if earned < required || required == 0 {
        let because = format!("{}已修{earned}学分，专业要求{required}学分，尚未修满", student.name);
        return refuse(because, "修满全部学分后再申请");
    }
    if half_years == 0 || half_years > EARLIEST {
        let because = format!("申请提前{years}年，提前毕业最多提前1年");
        return refuse(because, "请改为半年或一年；确需更早的，由省里凭理由核定");
    }
    if student.half_years <= half_years + 1 {
        return refuse(
            format!("{}的学制只有{}年，不能再缩短", student.name, f32::from(student.half_years) / 2.0),
            "请按原学制毕业",
        );
    }
    None
}
