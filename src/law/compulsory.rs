//! 第十二条第二款: what holds for a pupil of junior high until compulsory education is completed ends when the school has
//! written down that it was, with the document that says so. Until then the day in the record speaks.

use super::rules::R12_9;
use crate::model::{CompulsoryDone, Day, Finding, Student};

/// Why it cannot be written down today that a pupil completed compulsory education on a day; none when it can.
pub fn why_not(
    student: &Student,
    known: Option<&CompulsoryDone>,
    (on, document): (Day, &str),
    today: Day,
) -> Option<Finding> {
    let name = &student.name;
    let refuse = |because: String, remedy: &str, fact: (&'static str, String)| {
        Some(R12_9.refuse(because, remedy.to_owned(), &[("student", name.clone()), fact]))
    };
    let Some(until) = student.compulsory_until else {
        let because = format!("{name}不是未毕业初中学生，没有义务教育阶段可以完成");
        return refuse(because, "请核对学生；无须登记", ("compulsory_until", String::new()));
    };
    if let Some(known) = known {
        let because = format!("{name}完成义务教育已登记：{}，{}", known.on, known.document);
        return refuse(because, "登记有误的，请以“其他”业务更正并说明", ("completed_on", known.on.to_string()));
    }
    if !student.status.is_live() {
        let status = student.status.name();
        return refuse(
            format!("{name}的学籍状态为“{status}”"),
            "学籍不在有效状态的，无须登记",
            ("status", status.into()),
        );
    }
    if document.trim().is_empty() {
        let because = format!("没有写明{name}完成义务教育的证明");
        return refuse(
            because,
            "请填写义务教育证书或初中毕业证书的编号，不要求上传",
            ("missing", "document".to_owned()),
        );
    }
    let wrong = if on > today {
        format!("完成日期 {on} 还没有到")
    } else if on < student.entry {
        format!("完成日期 {on} 早于入学日期 {}", student.entry)
    } else {
        return None;
    };
    refuse(wrong, "请按证书上的日期填写", ("compulsory_until", until.to_string()))
}

/// Whether it is over by the record and nobody has written down that it was completed.
pub fn to_be_recorded(student: &Student, known: Option<&CompulsoryDone>, today: Day) -> Option<Day> {
    student.compulsory_until.filter(|until| *until < today && known.is_none() && student.status.is_live())
}
