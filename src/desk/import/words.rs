//! What people write in a roster's cells, and how records have it.

use super::cells::Row;
use crate::law::identity::DOCUMENTS;
use crate::model::{Day, Severity, Sex, Status, StatusChange, StudyForm};
use std::collections::BTreeMap;

/// Every status a roster can name; 未注册 and 转出省外 come from a transfer across provinces alone.
const STATUSES: [Status; 9] = [
    Status::Registered,
    Status::Enrolled,
    Status::Suspended,
    Status::Withdrawn,
    Status::Cancelled,
    Status::Deceased,
    Status::Graduated,
    Status::Completed,
    Status::StageEnded,
];

/// A name as records have it: the middle dot of names in other languages is U+00B7, and Chinese names have no spaces.
pub(super) fn name(row: &mut Row<'_>) -> Option<String> {
    let text = row.needed("name")?;
    let name = clean_name(text);
    if name != text {
        row.normalise("name", &name);
    }
    if name.chars().any(|c| c.is_numeric()) {
        row.reject("name", "name_digits", "姓名里有数字；请按身份证件核对");
    } else if name.chars().count() == 1 {
        row.note("name", "name_one_character", Severity::Notice, "姓名只有一个字；请按身份证件核对");
    }
    Some(name)
}

/// A name with the middle dot that records have, and without the blanks of a Chinese one.
pub(super) fn clean_name(text: &str) -> String {
    let dotted = |c: char| match c {
        '•' | '‧' | '∙' | '⋅' | '・' | '･' | '．' => '·',
        other => other,
    };
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    text.chars().map(dotted).filter(|c| latin || !c.is_whitespace()).collect()
}

pub(super) fn sex(text: &str) -> Option<Sex> {
    match text {
        "男" | "M" | "1" => Some(Sex::Male),
        "女" | "F" | "2" => Some(Sex::Female),
        _ => None,
    }
}

pub(super) fn document(text: &str) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(code, name)| text == *code || text == *name).map(|(code, _)| *code)
}

pub(super) fn study_form(text: &str) -> Option<StudyForm> {
    match text {
        "全日制" => Some(StudyForm::FullTime),
        "非全日制" => Some(StudyForm::PartTime),
        _ => None,
    }
}

pub(super) fn status(text: &str) -> Option<Status> {
    STATUSES.into_iter().find(|status| status.name() == text)
}

/// `3`, `2.5`, `三年制`: half years, up to twelve of them.
pub(super) fn half_years(text: &str) -> Option<u8> {
    let number = text.trim_end_matches("年制").trim_end_matches('年');
    let words = BTreeMap::from([("一", "1"), ("二", "2"), ("两", "2"), ("三", "3"), ("四", "4"), ("五", "5")]);
    let number = words.get(number).copied().unwrap_or(number);
    let (whole, half) = match number.split_once('.') {
        None => (number, 0),
        Some((whole, "0")) => (whole, 0),
        Some((whole, "5")) => (whole, 1),
        Some(_) => return None,
    };
    let years: u8 = whole.parse().ok().filter(|_| whole.len() == 1)?;
    Some(years * 2 + half).filter(|length| (1..=12).contains(length))
}

pub(super) fn day(text: &str) -> Option<Day> {
    let forms = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"];
    forms.iter().find_map(|form| Day::parse_from_str(text, form).ok()).filter(sensible)
}

/// The first day of a month.
pub(super) fn month(text: &str) -> Option<Day> {
    let text = text.trim_end_matches('月');
    let (year, month) = match text.split_once(['-', '/', '.', '年']) {
        Some(parts) => parts,
        None if text.len() == 6 && text.is_ascii() => text.split_at(4),
        None => return None,
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).filter(sensible)
}

/// A year that can stand in a student's record.
pub(super) fn sensible(day: &Day) -> bool {
    ("1900-01-01".parse().unwrap_or(Day::MIN)..="2100-01-01".parse().unwrap_or(Day::MAX)).contains(day)
}

/// What the file can tell of a file's past.
pub(super) struct Dates {
    pub(super) entry: Day,
    pub(super) registered: Option<Day>,
    pub(super) filed: Option<Day>,
    pub(super) since: Option<Day>,
    pub(super) today: Day,
}

impl Dates {
    /// The timeline up to now. Of a change whose day nobody wrote down only this is known: it was so on the day the
    /// roster was taken over.
    pub(super) fn history(&self, status: Status) -> Vec<StatusChange> {
        let mut history: Vec<StatusChange> = Vec::new();
        let mut add = |to: Status, on: Day| {
            let from = history.last().map(|before| before.to);
            history.push(StatusChange { from, to, on, application: None, article: article(to).to_owned() });
        };
        match status {
            Status::Registered => add(status, self.since.or(self.registered).unwrap_or(self.entry)),
            _ => {
                if let Some(registered) = self.registered {
                    add(Status::Registered, registered);
                }
                let filed = self.filed.or((status == Status::Enrolled).then_some(self.since).flatten());
                let known = filed.or(self.registered).unwrap_or(self.entry);
                // Nobody is suspended, or graduates, who was never filed.
                add(Status::Enrolled, known);
                if status != Status::Enrolled {
                    add(status, self.since.unwrap_or(self.today));
                }
            }
        }
        history
    }
}

/// The article a status rests on.
pub(super) fn article(status: Status) -> &'static str {
    match status {
        Status::Registered => "6",
        Status::Enrolled => "7",
        Status::Suspended | Status::Withdrawn | Status::Cancelled | Status::Deceased => "13",
        Status::Graduated | Status::Completed => "17",
        Status::StageEnded => "2",
        Status::Unregistered | Status::Departed => "12",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_study_are_read_in_half_years() {
        for (text, read) in [
            ("3", Some(6)),
            ("2.5", Some(5)),
            ("0.5", Some(1)),
            ("三年制", Some(6)),
            ("1年", Some(2)),
            ("6", Some(12)),
            ("6.5", None),
            ("0", None),
            ("2.7", None),
            ("-3", None),
            ("33", None),
            ("三", Some(6)),
            ("", None),
        ] {
            assert_eq!(half_years(text), read, "{text}");
        }
    }

    #[test]
    fn days_and_months_are_read_however_people_write_them() {
        let wanted = Day::from_ymd_opt(2024, 9, 5);
        for text in ["2024-09-05", "20240905", "2024/9/5", "2024.09.05", "2024年9月5日"] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["2024-02-30", "2024-13-01", "24-09-05", "2024", "", "1899-12-31", "5/9/2024"] {
            assert_eq!(day(text), None, "{text}");
        }
        let wanted = Day::from_ymd_opt(2024, 9, 1);
        for text in ["202409", "2024-09", "2024/9", "2024年9月"] {
            assert_eq!(month(text), wanted, "{text}");
        }
        for text in ["202413", "2024", "2024-00", "20249", "2024-9x", "+024-09", ""] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
