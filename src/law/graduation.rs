//! Who can be given a certificate, and why not (Art. 17–19). Facts and a day in, findings out.

use super::negative::{Nearness, Reading};
use super::rules;
use crate::model::{
    ApplicationId, Certificate, Day, Finding, Kind, Leave, Leaving, Office, Status, Student, StudyForm,
};
use chrono::Datelike;

/// What a verdict rests on.
pub struct Facts<'a> {
    /// The student as the record stands.
    pub student: &'a Student,
    /// The school the file is at.
    pub school: &'a Office,
    /// Name of the major, if the catalogue has it.
    pub major: Option<&'a str>,
    /// The papers for the end of study, if there are any yet.
    pub leaving: Option<&'a Leaving>,
    /// The student's open applications.
    pub open: &'a [(ApplicationId, Kind)],
    /// What the negative list finds about the student today.
    pub readings: &'a [Reading],
    /// Granted changes that the national system or the module lacks.
    pub unsynced: &'a [(ApplicationId, Kind)],
}

/// The first day on which a year's certificates are issued (R17.1).
pub fn issued_from(year: i32) -> Option<Day> {
    Day::from_ymd_opt(year, 6, 11)
}

/// The year whose certificate a student gets: that of the planned graduation; who finishes after the summer gets it
/// from the next 11 June on (reading AMB-33).
pub fn year_of(student: &Student) -> i32 {
    let planned = student.planned_grad;
    if planned.month() > 8 { planned.year() + 1 } else { planned.year() }
}

/// Whether the certificate can be proposed on this day; none when the day has come.
pub fn too_early(year: i32, today: Day) -> Option<Finding> {
    let from = issued_from(year)?;
    (today < from).then(|| {
        rules::R17_1.refuse(
            format!("{year}年的毕业证书自 {from} 起办理，今天是 {today}"),
            "请在该日以后办理；此前可先核对名单、补齐项目",
            &[("from", from.to_string()), ("today", today.to_string())],
        )
    })
}

/// Fields a certificate needs that are empty, by name, all at once (R17.3).
fn lacking(facts: &Facts<'_>) -> Vec<&'static str> {
    let student = facts.student;
    let photo = facts.leaving.is_some_and(|leaving| leaving.statement.photo.is_some());
    // A document without an 18-digit number is as good as any other (Art. 24): it must only be there.
    [
        ("姓名", student.name.trim().is_empty()),
        ("证件号", student.id_no.trim().is_empty()),
        ("专业", facts.major.is_none()),
        ("学制", student.half_years == 0),
        ("照片", !photo),
        ("学校名称", facts.school.name.trim().is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect()
}

/// Everything that holds the certificate back. Whoever has an empty list can be proposed.
pub fn holds(facts: &Facts<'_>, leave: Leave) -> Vec<Finding> {
    let student = facts.student;
    let name = &student.name;
    // Who has one needs no second: nothing else is of interest then.
    if let Some(certificate) = facts.leaving.and_then(Leaving::certificate) {
        return vec![second_print(name, certificate)];
    }
    let mut found = Vec::new();
    if student.status == Status::Registered {
        found.push(rules::R17_2.refuse(
            format!("{name}的学籍没有备案，不能办理毕业证书"),
            "请先按第六、七条备案；不能备案的按第七条处理",
            &[("status", student.status.name().to_owned())],
        ));
    } else if student.status != Status::Enrolled {
        found.push(rules::R17_8.refuse(
            format!("{name}现为{}，不是在读，证书暂缓印制", student.status.name()),
            "请先办理复学等业务，使学籍恢复在读",
            &[("status", student.status.name().to_owned())],
        ));
    }
    let missing = lacking(facts);
    if !missing.is_empty() {
        let list = missing.join("、");
        found.push(rules::R17_3.refuse(
            format!("{name}的证书缺：{list}"),
            "请学校补齐所列各项后再提请印制",
            &[("missing", list)],
        ));
    }
    for (id, kind) in facts.open {
        found.push(rules::R17_8.refuse(
            format!("{name}有在办业务：{}（{id}）", kind.name()),
            "请先办结或撤销该业务",
            &[("application", id.to_string()), ("kind", kind.name().to_owned())],
        ));
    }
    for (id, kind) in facts.unsynced {
        found.push(rules::R17_8.refuse(
            format!("{name}的{}（{id}）已经同意，全国系统或学籍信息模块还没有登记", kind.name()),
            "请在两个系统办结该业务，登记同步后再提请",
            &[("application", id.to_string()), ("kind", kind.name().to_owned())],
        ));
    }
    for reading in facts.readings.iter().filter(|one| one.stands && one.nearness >= Nearness::Met) {
        let stage = if reading.nearness == Nearness::Found { "查实" } else { "疑似" };
        found.push(rules::R17_8.refuse(
            format!(
                "{name}有未了结的负面清单事项 {}（{}，{stage}）：{}",
                reading.item,
                reading.item.name(),
                reading.because
            ),
            "请先纠正，或由主管部门核查排除，再提请印制",
            &[("fm", reading.item.code().to_owned()), ("stage", stage.to_owned())],
        ));
    }
    if leave == Leave::Graduation {
        found.extend(not_completed(facts));
    }
    found
}

/// What graduating asks for beyond having been there: by the form of study (Art. 9).
fn not_completed(facts: &Facts<'_>) -> Vec<Finding> {
    let student = facts.student;
    let statement = facts.leaving.map(|leaving| leaving.statement.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut need = |met: bool, what: &str| {
        if !met {
            found.push(rules::R9_2.refuse(
                format!("{}{what}，不能办理毕业", student.name),
                "请学校核实并登记；确不合格的，可按结业办理（第十七条）",
                &[("student", student.name.clone())],
            ));
        }
    };
    need(statement.hours_done, "没有登记完成规定学时");
    need(statement.exam_passed, "没有登记考核合格");
    if student.study_form == StudyForm::PartTime && statement.plan.trim().is_empty() {
        found.push(rules::R9_3.refuse(
            format!("{}是非全日制学生，没有登记培养方案，不能办理非全日制毕业证书", student.name),
            "请学校登记该专业非全日制培养方案的编号",
            &[("student", student.name.clone())],
        ));
    }
    found
}

fn second_print(name: &str, certificate: &Certificate) -> Finding {
    let number = certificate.number.clone().unwrap_or_default();
    rules::R19_1.refuse(
        format!("{name}的{}证书{}，不能再次印制", certificate.leave.name(), certificate.stage()),
        "遗失的，请通过“河南政务服务网”申请学历证明书；交校以前印错的，由省里作废后重印",
        &[("number", number), ("stage", certificate.stage().to_owned())],
    )
}

/// Whether the school has the certificate, so that graduation can be handled (R18.1). Where no certificate is kept
/// here the school's word for the day of receipt is taken, and said to be that.
pub fn not_received(
    student: &Student,
    leaving: Option<&Leaving>,
    leave: Leave,
    received_on: Option<Day>,
    today: Day,
) -> Option<Finding> {
    let refuse = |because: String| {
        Some(rules::R18_1.refuse(
            because,
            "请等证书交到学校并登记收到日期后再发起毕业",
            &[("student", student.name.clone()), ("today", today.to_string())],
        ))
    };
    let Some(certificate) = leaving.and_then(Leaving::certificate) else {
        let Some(on) = received_on else {
            return refuse(format!("{}学校尚未收到毕业证书", owner(student)));
        };
        let from = issued_from(on.year());
        return match from {
            _ if on > today => refuse(format!("收到证书的日期 {on} 在今天 {today} 之后")),
            Some(from) if on < from => {
                refuse(format!("当年的证书自 {from} 起办理，{on} 不可能已收到{}证书", owner(student)))
            }
            _ => Some(rules::R17_2.finding_as(
                crate::model::Severity::Hint,
                format!("本库没有{}证书印制记录，按学校登记的收到日期 {on} 办理", owner(student)),
                "请主管部门核对证书签收单",
                &[("received_on", on.to_string())],
            )),
        };
    };
    if certificate.leave != leave {
        return Some(rules::R17_9.refuse(
            format!("{}证书是{}，申请的是{}", owner(student), certificate.leave.name(), leave.name()),
            "请按证书上的毕（结）业办理",
            &[("certificate", certificate.leave.name().to_owned())],
        ));
    }
    match &certificate.delivered {
        Some((done, _)) if done.on <= today => None,
        _ => refuse(format!("{}证书{}，还没有交到学校", owner(student), certificate.stage())),
    }
}

fn owner(student: &Student) -> String {
    format!("{}的", student.name)
}

/// Years, region and school in front of the serial number (R17.4): `2027` `410782` `3641000001`.
pub fn number_prefix(year: i32, school: &Office) -> String {
    let region = school.school.as_ref().map_or("", |facts| facts.region_code.as_str());
    format!("{year:04}{region}{}", school.id)
}

/// Serial numbers of one prefix.
pub const SERIALS: u32 = 1_000_000;
