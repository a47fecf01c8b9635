//! What a granted application changes in the student's record, and the before → after a clerk sees ahead of it.
//! Both come from here, so that what is shown is what will happen.

use super::{Asked, CaseFacts, Refused, State, Writes, duplicates};
use crate::law::kinds;
use crate::model::{
    Application, Cancellation, Day, Details, FormerValue, Kind, Leave, Major, MajorCode, PersonalField, Phase, Post,
    Record, Sex, Status, StatusChange, Student, StudyForm, Write, province_name,
};
use chrono::Datelike;

/// One line of before → after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// What.
    pub field: String,
    /// As it is.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// What would change.
pub fn before_after(facts: &CaseFacts, details: &Details) -> Vec<Before> {
    let student = &facts.student;
    let row = kinds::row(details.kind());
    let mut rows = Vec::new();
    let mut push = |field: &str, before: String, after: String| {
        rows.push(Before { field: field.to_owned(), before, after });
    };
    if let Some(to) = row.to {
        push("学籍状态", student.status.name().to_owned(), to.name().to_owned());
    }
    let month = |day: Day| day.format("%Y-%m").to_string();
    match details {
        Details::Suspension { period, .. } => {
            push("休学起止", "无".to_owned(), format!("{} 至 {}", period.from, period.until));
            push("预计毕业", month(student.planned_grad), "复学时按休学时间顺延（第十七条）".to_owned());
        }
        Details::Resumption { years, .. } => {
            push("预计毕业", month(student.planned_grad), month(later(student.planned_grad, *years)));
        }
        Details::Repetition { years, .. } => {
            push("预计毕业", month(student.planned_grad), month(later(student.planned_grad, *years)));
            let total = student.repeated.saturating_add(*years);
            push("留级累计", format!("{}年", student.repeated), format!("{total}年"));
        }
        Details::MajorChange { to, .. } => {
            let before = facts.major.as_ref().map_or_else(|| student.major.to_string(), |major| major.name.clone());
            let after = facts.new_major.as_ref().map_or_else(|| to.to_string(), |major| major.name.clone());
            push("专业", before, after);
        }
        Details::Transfer { to, .. } => {
            let after = facts.to.as_ref().map_or_else(|| to.to_string(), |school| school.name.clone());
            push("学校", facts.school.name.clone(), after);
            push(
                "预计毕业",
                month(student.planned_grad),
                format!("{}（学制不变，第十二条）", month(student.planned_grad)),
            );
        }
        Details::TransferMajor { to, new_major, .. } => {
            let after = facts.to.as_ref().map_or_else(|| to.to_string(), |school| school.name.clone());
            push("学校", facts.school.name.clone(), after);
            let named = |major: &Option<Major>, code: &MajorCode| {
                major.as_ref().map_or_else(|| code.to_string(), |major| major.name.clone())
            };
            push("专业", named(&facts.major, &student.major), named(&facts.new_major, new_major));
            push(
                "预计毕业",
                month(student.planned_grad),
                format!("{}（学制不变，第十二条）", month(student.planned_grad)),
            );
        }
        Details::MoveOut { to_province, to_school, .. } => {
            let province = province_name(to_province).unwrap_or(to_province);
            push("学校", facts.school.name.clone(), format!("{province} {to_school}"));
        }
        Details::MoveIn { from_province, from_school, .. } => {
            let province = province_name(from_province).unwrap_or(from_province);
            push("学校", format!("{province} {from_school}"), facts.school.name.clone());
            let grad = month(student.planned_grad);
            push("预计毕业", grad.clone(), format!("{grad}（学制不变，第十二条）"));
        }
        Details::Correction { field, to, .. } => push(field.name(), personal(student, *field), to.clone()),
        Details::Annulment { .. } if student.status == Status::Registered => {
            push("学籍轨迹", "已注册未备案".to_owned(), "同日退学、注销".to_owned());
        }
        Details::FormChange { to, .. } => {
            push("学习形式", form(student.study_form).to_owned(), form(*to).to_owned());
        }
        Details::GradeSkip { .. } => {
            push("预计毕业", month(student.planned_grad), month(earlier(student.planned_grad, 2)));
        }
        Details::EarlyGraduation { half_years, .. } => {
            push("预计毕业", month(student.planned_grad), month(earlier(student.planned_grad, *half_years)));
            push("学制", years(student.half_years), years(student.half_years.saturating_sub(*half_years)));
        }
        Details::Graduation { leave, .. } => {
            push("学籍状态", student.status.name().to_owned(), ended(*leave).name().to_owned());
        }
        Details::Duplicate(_) => {
            if student.status == Status::Unregistered {
                push("学籍状态", student.status.name().to_owned(), Status::Registered.name().to_owned());
            }
            let other = facts.joining.other.as_ref().map_or("对方学校", |office| office.name.as_str());
            if let Some(file) = facts.joining.other_file {
                push(&format!("{other}的学籍"), format!("有效（{file}）"), "注销".to_owned());
            }
        }
        Details::ComingOver(asked) => {
            push("学校", format!("{} {}", asked.from.name(), asked.former_school), facts.school.name.clone());
            push("预计毕业", "—".to_owned(), format!("{}（学制三年，从原入学算起）", month(student.planned_grad)));
        }
        Details::Junior(asked) => {
            push("学校", asked.junior_school.clone(), facts.school.name.clone());
            push("预计毕业", "—".to_owned(), month(student.planned_grad));
            let until = student.compulsory_until.map(|until| until.to_string()).unwrap_or_default();
            push("义务教育至", "—".to_owned(), until);
        }
        Details::Withdrawal { .. }
        | Details::Restoration { .. }
        | Details::Annulment { .. }
        | Details::Death { .. }
        | Details::Other { .. } => {}
    }
    rows
}

/// What is asked for, as rows to be read: field and value.
pub fn asked(facts: &CaseFacts, details: &Details) -> Vec<(&'static str, String)> {
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    match details {
        Details::Suspension { period, .. } => rows.push(("起止", format!("{} 至 {}", period.from, period.until))),
        Details::Resumption { on, years, .. } => {
            rows.push(("复学日", on.to_string()));
            rows.push(("推迟毕业", format!("{years}年")));
        }
        Details::Repetition { years, .. } => rows.push(("留级", format!("{years}年"))),
        Details::MajorChange { to, .. } => {
            let name = facts.new_major.as_ref().map(|major| major.name.as_str()).unwrap_or_default();
            rows.push(("转入专业", format!("{to} {name}")));
        }
        Details::Transfer { handed_in_on, to, .. } => {
            let name = facts.to.as_ref().map(|school| school.name.as_str()).unwrap_or_default();
            rows.push(("转入学校", format!("{to} {name}")));
            rows.push(("交来申请", handed_in_on.to_string()));
        }
        Details::TransferMajor { handed_in_on, to, new_major, .. } => {
            let name = facts.to.as_ref().map(|school| school.name.as_str()).unwrap_or_default();
            rows.push(("转入学校", format!("{to} {name}")));
            let name = facts.new_major.as_ref().map(|major| major.name.as_str()).unwrap_or_default();
            rows.push(("转入专业", format!("{new_major} {name}")));
            rows.push(("交来申请", handed_in_on.to_string()));
        }
        Details::MoveOut { handed_in_on, to_province, to_school, .. } => {
            rows.push(("转入省份", format!("{to_province} {}", province_name(to_province).unwrap_or_default())));
            rows.push(("转入学校", to_school.clone()));
            rows.push(("交来申请", handed_in_on.to_string()));
        }
        Details::MoveIn { reached_on, reference, from_province, from_school, .. } => {
            rows.push(("转出省份", format!("{from_province} {}", province_name(from_province).unwrap_or_default())));
            rows.push(("转出学校", format!("{from_school}，已在全国系统发起，业务号 {reference}")));
            rows.push(("到达本校", reached_on.to_string()));
        }
        Details::Correction { handed_in_on, field, to, .. } => {
            rows.push(("变更", format!("{}改为 {to}", field.name())));
            rows.push(("交来材料", handed_in_on.to_string()));
        }
        Details::FormChange { to, plan, .. } => {
            rows.push(("转为", form(*to).to_owned()));
            rows.push(("培养方案", plan.clone()));
        }
        Details::EarlyGraduation { half_years, credits_required, credits_earned, .. } => {
            rows.push(("提前", years(*half_years)));
            rows.push(("学分", format!("已修{credits_earned}，要求{credits_required}")));
        }
        Details::Graduation { leave, received_on, .. } => {
            rows.push(("毕（结）业", leave.name().to_owned()));
            rows.push(("收到证书", received_on.map_or_else(|| "见证书记录".to_owned(), |on| on.to_string())));
        }
        Details::Duplicate(asked) => {
            let other = facts.joining.other.as_ref().map_or(asked.other_name.as_str(), |office| office.name.as_str());
            rows.push(("对方学校", format!("{} {other}", asked.with.name())));
            if let Some(person) = &asked.person {
                rows.push(("录取依据", person.admission.clone()));
            }
        }
        Details::ComingOver(asked) => {
            rows.push(("原就读学校", format!("{} {}", asked.from.name(), asked.former_school)));
            rows.push(("原入学日期", asked.person.entry.to_string()));
            if asked.lower_years > 0 {
                rows.push(("编入低年级", format!("低{}个年级", asked.lower_years)));
            }
        }
        Details::Junior(asked) => {
            rows.push(("原就读初中", format!("{}，第{}学期", asked.junior_school, asked.semester)));
            rows.push(("法定监护人", format!("{}（{}）", asked.guardian, asked.relation)));
            if !asked.teacher.is_empty() {
                rows.push(("专门教师", asked.teacher.clone()));
            }
        }
        Details::GradeSkip { .. } => {}
        Details::Death { on, .. } => rows.push(("死亡日期", on.to_string())),
        Details::Other { title, .. } => rows.push(("业务", title.clone())),
        Details::Withdrawal { .. } | Details::Restoration { .. } | Details::Annulment { .. } => {}
    }
    rows.push(("事由", details.ground().to_owned()));
    rows
}

/// A personal field as the record has it.
pub(super) fn personal(student: &Student, field: PersonalField) -> String {
    match field {
        PersonalField::Name => student.name.clone(),
        PersonalField::Sex => if student.sex == Sex::Male { "男" } else { "女" }.to_owned(),
        PersonalField::Birth => student.birth.to_string(),
        PersonalField::IdNumber => student.id_no.clone(),
        PersonalField::Ethnic => student.ethnic.clone(),
    }
}

fn form(form: StudyForm) -> &'static str {
    match form {
        StudyForm::FullTime => "全日制",
        StudyForm::PartTime => "非全日制",
    }
}

fn years(half_years: u8) -> String {
    format!("{}年", f32::from(half_years) / 2.0)
}

/// The status in which study ends.
fn ended(leave: Leave) -> Status {
    match leave {
        Leave::Graduation => Status::Graduated,
        Leave::Completion => Status::Completed,
    }
}

/// Some half years earlier.
fn earlier(month: Day, half_years: u8) -> Day {
    month.checked_sub_months(chrono::Months::new(6 * u32::from(half_years))).unwrap_or(month)
}

/// The same month some years later.
fn later(month: Day, years: u8) -> Day {
    month.with_year(month.year() + i32::from(years)).unwrap_or(month)
}

/// The records as the granted application leaves them.
pub(super) fn apply(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &Application,
    student: &Student,
) -> Result<Writes, Refused> {
    if application.kind() == Kind::Duplicate {
        return duplicates::kept(state, asked, application, student);
    }
    let row = kinds::row(application.kind());
    let today = asked.now.day();
    let mut after = student.clone();
    after.revision += 1;
    let mut enter = |to: Status| {
        after.history.push(StatusChange {
            from: Some(after.status),
            to,
            on: today,
            application: Some(application.id),
            article: row.article.to_owned(),
        });
        if after.status != to {
            after.status = to;
            after.status_since = today;
        }
    };
    if application.details.kind() == Kind::Annulment && student.status == Status::Registered {
        // A filing that failed ends as one act: 退学 stands in the timeline the same day (R7.6).
        enter(Status::Withdrawn);
    }
    let to = match application.details {
        Details::Graduation { leave, .. } => Some(ended(leave)),
        _ => row.to,
    };
    match to {
        Some(to) => enter(to),
        // What changes no status is a line of the timeline all the same, but for 信息变更 and 其他.
        None if !matches!(application.details, Details::Correction { .. } | Details::Other { .. }) => {
            enter(student.status);
        }
        None => {}
    }
    let mut writes = Vec::new();
    match &application.details {
        Details::Suspension { period, .. } => after.suspension = Some(*period),
        Details::Resumption { years, .. } => {
            after.suspension = None;
            after.planned_grad = later(student.planned_grad, *years);
        }
        Details::Repetition { years, .. } => {
            after.planned_grad = later(student.planned_grad, *years);
            after.repeated = student.repeated.saturating_add(*years);
        }
        Details::MajorChange { to, .. } => after.major = to.clone(),
        Details::Transfer { to, .. } | Details::TransferMajor { to, .. } => {
            after.school = to.clone();
            if let Some(major) = application.details.new_major() {
                after.major = major.clone();
            }
            // Campus and class are the receiving school's to fill in.
            after.campus = String::new();
            after.class_name = String::new();
            // Whatever the two schools agreed on, he studies at another now (R15.2).
            after.joint = None;
        }
        Details::Correction { field, to, .. } => {
            // The old value stays with the file, and a number stays to be found (R14.5).
            after.former.push(FormerValue {
                field: *field,
                value: personal(student, *field),
                until: today,
                application: Some(application.id),
            });
            correct(&mut after, *field, to);
        }
        Details::MoveOut { .. } => (after.suspension, after.joint) = (None, None),
        Details::MoveIn { .. } | Details::Duplicate(_) => {}
        Details::ComingOver(_) | Details::Junior(_) => {
            after.entry_facts.registered_on = Some(application.submitted_on().unwrap_or(today));
        }
        Details::Death { .. } => {
            after.suspension = None;
            writes.extend(end_others(state, asked, application, student)?);
        }
        Details::Withdrawal { .. } | Details::Annulment { .. } => after.suspension = None,
        Details::FormChange { to, .. } => after.study_form = *to,
        Details::GradeSkip { .. } => after.planned_grad = earlier(student.planned_grad, 2),
        Details::EarlyGraduation { half_years, .. } => {
            after.planned_grad = earlier(student.planned_grad, *half_years);
            after.half_years = student.half_years.saturating_sub(*half_years);
        }
        Details::Graduation { .. } | Details::Restoration { .. } | Details::Other { .. } => {}
    }
    writes.push(Write { record: Record::Student(Box::new(after)), based_on: student.revision });
    Ok(writes)
}

fn correct(student: &mut Student, field: PersonalField, to: &str) {
    match field {
        PersonalField::Name => student.name = to.to_owned(),
        PersonalField::Sex => student.sex = if to == "男" { Sex::Male } else { Sex::Female },
        PersonalField::Birth => student.birth = to.parse().unwrap_or(student.birth),
        PersonalField::IdNumber => student.id_no = to.to_owned(),
        PersonalField::Ethnic => student.ethnic = to.to_owned(),
    }
}

/// 死亡 ends the student's other open applications.
fn end_others(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &Application,
    student: &Student,
) -> Result<Writes, Refused> {
    let mut writes = Vec::new();
    for (id, _) in state.others(student.id, Some(application.id)) {
        let Some(mut other) = state.application(id)? else { continue };
        let based_on = other.revision;
        other.revision += 1;
        let clock = super::cancel::stopped(state, asked, &other);
        other.phase = Phase::Cancelled;
        other.cancelled = Some(Cancellation {
            reason: format!("学生死亡（{}），本申请终止", application.id),
            by: asked.actor.sign(Post::Reviewer),
            at: asked.now,
            clock,
        });
        writes.push(Write { record: Record::Application(Box::new(other)), based_on });
    }
    Ok(writes)
}
