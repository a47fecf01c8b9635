//! What the cells of a new student say, one by one, before anybody else's facts are asked for.

use super::fields::{COUNT, FIELDS, FieldRow, Form, Need, at};
use super::{Tables, words};
use crate::law::document::{self, DocumentRead};
use crate::law::identity::{self, RESIDENT};
use crate::model::{Day, Entrant, Programme, Rewritten, RowProblem, Season, Severity, Sex, StudyForm, spelled_name};
use chrono::Datelike;
use std::borrow::Cow;

/// Longest text of one cell, in characters.
const LONGEST_CELL: usize = 200;

/// The cells of a new student in the order of [`FIELDS`]; what is not filled in is empty.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a>(pub [&'a str; COUNT]);

impl Default for Cells<'_> {
    fn default() -> Self {
        Cells([""; COUNT])
    }
}

/// Cells read.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Texts as they would be stored.
    pub(super) texts: [Cow<'a, str>; COUNT],
    /// What is the matter so far.
    pub(super) problems: Vec<RowProblem>,
    /// Cells that are stored otherwise than they came, by header.
    pub(super) normalised: Vec<Rewritten>,
    raw: Cells<'a>,
    pub(super) sex: Option<Sex>,
    pub(super) birth: Option<Day>,
    /// Code of the kind of document.
    pub(super) id_kind: Option<String>,
    pub(super) document: Option<DocumentRead>,
    pub(super) form: Option<StudyForm>,
    pub(super) half_years: Option<u8>,
    pub(super) approved: Option<u8>,
    pub(super) entrant: Option<Entrant>,
    pub(super) programme: Programme,
    pub(super) entry_month: Option<Day>,
    pub(super) enrolled_on: Option<Day>,
    pub(super) season: Option<Season>,
}

impl<'a> Reading<'a> {
    /// Reads all cells on a day.
    pub fn of(cells: Cells<'a>, tables: &Tables, today: Day) -> Self {
        let mut reading = Reading {
            texts: cells.0.map(|text| Cow::Borrowed(text.trim())),
            problems: Vec::new(),
            normalised: Vec::new(),
            raw: cells,
            sex: None,
            birth: None,
            id_kind: None,
            document: None,
            form: None,
            half_years: None,
            approved: None,
            entrant: None,
            programme: Programme::Ordinary,
            entry_month: None,
            enrolled_on: None,
            season: None,
        };
        for (index, row) in FIELDS.iter().enumerate() {
            reading.field(index, row, tables, today);
        }
        reading.person(tables, today);
        reading.required();
        reading
    }

    /// The text of a field as it would be stored.
    pub fn text(&self, id: &str) -> &str {
        &self.texts[at(id)]
    }

    /// The document number as it would be stored, once there is one.
    pub fn id_no(&self) -> Option<&str> {
        Some(self.text("id_no")).filter(|number| !number.is_empty())
    }

    /// Day of birth, typed or read off the number.
    pub fn birth(&self) -> Option<Day> {
        self.birth
    }

    /// The day of entry: 入学手续, else the first of the month.
    pub fn entry(&self) -> Option<Day> {
        self.enrolled_on.or(self.entry_month)
    }

    /// Whether the student was recruited together with another school (联合招生合作办学, Art. 15).
    pub(super) fn is_joint(&self) -> bool {
        !matches!(self.text("joint"), "" | "非联合办学")
    }

    /// Notes what is the matter with a field.
    pub(super) fn note(&mut self, index: usize, kind: &'static str, severity: Severity, message: impl Into<String>) {
        self.note_by(index, kind, severity, None, message);
    }

    /// The same, resting on a rule.
    pub(super) fn note_by(
        &mut self,
        index: usize,
        kind: &'static str,
        severity: Severity,
        rule: Option<&'static str>,
        message: impl Into<String>,
    ) {
        self.problems.push(RowProblem {
            column: Cow::Borrowed(FIELDS[index].name),
            kind: Cow::Borrowed(kind),
            severity,
            rule: rule.map(Cow::Borrowed),
            message: message.into(),
            value: self.raw.0[index].to_owned(),
        });
    }

    /// Stores a text otherwise than it came, and says so.
    fn set(&mut self, index: usize, text: &str, kind: &'static str) {
        if self.texts[index] != text {
            self.note(index, kind, Severity::Hint, format!("已改写为“{text}”"));
            self.rewritten(index, text.to_owned());
            self.texts[index] = Cow::Owned(text.to_owned());
        }
    }

    /// Keeps what is stored instead of a cell; of a cell that is rewritten twice the last.
    fn rewritten(&mut self, index: usize, text: String) {
        let name = FIELDS[index].name;
        match self.normalised.iter_mut().find(|(header, _)| *header == name) {
            Some((_, before)) => *before = text,
            None => self.normalised.push((Cow::Borrowed(name), text)),
        }
    }

    fn field(&mut self, index: usize, row: &FieldRow, tables: &Tables, today: Day) {
        if self.texts[index].len() != self.raw.0[index].len() {
            self.rewritten(index, self.texts[index].to_string());
            if !self.texts[index].is_empty() {
                let kind = if self.raw.0[index].contains('\u{A0}') { "nbsp" } else { "spaces" };
                self.note(index, kind, Severity::Hint, "前后的空格已去除");
            }
        }
        if self.texts[index].is_empty() {
            return;
        }
        if self.texts[index].chars().count() > LONGEST_CELL {
            return self.note(index, "too_long", Severity::Block, format!("文字超过{LONGEST_CELL}字；请缩短"));
        }
        if words::spreadsheet_error(&self.texts[index]) {
            let message = "这是表格软件的公式错误值，不是内容；请改正公式，或者填写实际的内容";
            return self.note(index, "excel_error", self.hardness(index), message);
        }
        match row.form {
            Form::Set(set) => self.coded(index, set, tables),
            Form::Name => self.name(index),
            Form::Date => {
                let read = self.date(index, words::day, "日期，如 20090305", today);
                match row.id {
                    "birth_date" => self.birth = read,
                    _ => self.enrolled_on = read,
                }
            }
            Form::Month => {
                let read = self.date(index, words::month, "年月，如 202509", today);
                if let Some(month) = read {
                    self.set(index, &format!("{:04}{:02}", month.year(), month.month()), "month_form");
                }
                if row.id == "entry_month" {
                    self.entry_month = read;
                }
            }
            Form::Years => {
                let read = words::half_years(&self.texts[index]);
                if read.is_none() {
                    self.note(index, "not_in_code_set", Severity::Block, "看不懂；应为学制，如三年制、两年半制");
                }
                match row.id {
                    "duration" => self.half_years = read,
                    _ => self.approved = read,
                }
            }
            Form::Season => {
                self.season = Season::read(&self.texts[index]);
                if self.season.is_none() {
                    self.note(index, "not_in_code_set", Severity::Block, "应为春或秋");
                }
            }
            Form::Phone => self.phone(index, row),
            Form::Region => self.region(index, tables),
            Form::Postcode => {
                let text = &self.texts[index];
                if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    let zero = if text.len() == 5 { "；开头的 0 可能被表格软件去掉了" } else { "" };
                    self.note(index, "postcode", Severity::Hint, format!("邮政编码应为六位数字{zero}"));
                }
            }
            Form::Number => {
                if self.texts[index].parse::<f64>().is_err() {
                    self.note(index, "number", Severity::Hint, "应为数字");
                }
            }
            Form::Major => {
                if self.texts[index].contains(char::is_whitespace) {
                    let bare: String = self.texts[index].chars().filter(|c| !c.is_whitespace()).collect();
                    self.set(index, &bare, "spaces");
                }
            }
            Form::Document | Form::Pinyin => {}
            Form::Text => self.free(index),
        }
    }

    /// A value of a code set, by word or code; blanks inside do not count.
    fn coded(&mut self, index: usize, set: &str, tables: &Tables) {
        let text = self.texts[index].clone();
        let bare: Cow<'_, str> = match text.contains(char::is_whitespace) {
            true => text.chars().filter(|c| !c.is_whitespace()).collect::<String>().into(),
            false => Cow::Borrowed(&*text),
        };
        let Some(value) = tables.codes.find(set, &bare) else {
            let wanted: Vec<&str> = tables.codes.values(set).iter().take(6).map(|value| value.name.as_str()).collect();
            let more = if tables.codes.values(set).len() > wanted.len() { "等" } else { "" };
            let message = format!("不在代码表中；应为{}{more}", wanted.join("、"));
            return self.note(index, "not_in_code_set", Severity::Block, message);
        };
        let kind = if bare.len() == text.len() { "other_word" } else { "spaces" };
        self.set(index, &value.name, kind);
        let text = value.name.as_str();
        match FIELDS[index].id {
            "sex" => {
                self.sex = match text {
                    "男" => Some(Sex::Male),
                    "女" => Some(Sex::Female),
                    _ => None,
                };
                if self.sex.is_none() {
                    self.note(index, "not_in_code_set", Severity::Block, "应为男或女");
                }
            }
            "id_kind" => self.id_kind = Some(value.code.clone()),
            "study_form" => {
                self.form = [StudyForm::FullTime, StudyForm::PartTime].into_iter().find(|form| form.name() == text);
            }
            "entrant" => {
                self.entrant = Some(match text {
                    "应届初中毕业生" => Entrant::JuniorGraduate,
                    "往届初中毕业生" => Entrant::EarlierJunior,
                    "小学毕业生" => Entrant::Primary,
                    _ => Entrant::Other,
                });
            }
            "segment" => {
                self.programme = match text {
                    "非分段培养" => Programme::Ordinary,
                    "中高职3+2" => Programme::ThreePlusTwo,
                    "五年一贯制" => Programme::FiveYears,
                    _ => Programme::OtherBridging,
                };
            }
            _ => {}
        }
    }

    fn name(&mut self, index: usize) {
        let text = self.texts[index].clone();
        let name = words::name(&text);
        let dots = text.chars().filter(|c| *c == '·').count() != name.chars().filter(|c| *c == '·').count();
        self.set(index, &name, if dots { "middle_dot" } else { "spaces" });
        if name.chars().any(char::is_numeric) {
            self.note(index, "name_digits", Severity::Block, "姓名里有数字；请按身份证件核对");
        } else if name.chars().count() == 1 {
            self.note(index, "name_one_character", Severity::Notice, "姓名只有一个字；请按身份证件核对");
        } else {
            self.formula(index);
        }
    }

    /// A day or month that is not to come. What a spreadsheet made of one is named.
    fn date(&mut self, index: usize, read: fn(&str) -> Option<Day>, wanted: &str, today: Day) -> Option<Day> {
        let text = self.texts[index].clone();
        let Some(day) = read(&text) else {
            let message = match words::serial(&text) {
                Some(day) => format!("日期被表格软件变成了天数，可能是 {day}；请把该列设为文本后重新填写"),
                None => format!("看不懂；应为{wanted}"),
            };
            let kind = if words::serial(&text).is_some() { "excel_date_serial" } else { "date" };
            self.note(index, kind, self.hardness(index), message);
            return None;
        };
        if day > today {
            self.note(index, "date", self.hardness(index), format!("晚于今天（{today}）；请核对日期"));
            return None;
        }
        Some(day)
    }

    /// What is wrong with a field that need not be filled in is only to be looked at.
    fn hardness(&self, index: usize) -> Severity {
        let row = &FIELDS[index];
        if row.need == Need::Always || row.place > 100 { Severity::Block } else { Severity::Notice }
    }

    fn phone(&mut self, index: usize, row: &FieldRow) {
        let folded = identity::normalise(&self.texts[index]);
        if self.texts[index].chars().any(|c| ('\u{FF10}'..='\u{FF19}').contains(&c)) {
            self.set(index, &folded, "full_width");
        }
        if words::phone(&folded) {
            return;
        }
        let severity = if row.need == Need::Always { Severity::Block } else { Severity::Notice };
        let message = if folded.contains("E+") {
            "电话号码被表格软件改成了科学计数法；请把该列设为文本后重新填写"
        } else {
            "不是电话号码；请填写手机号或带区号的固定电话"
        };
        self.note(index, "phone", severity, message);
    }

    fn region(&mut self, index: usize, tables: &Tables) {
        let text = identity::normalise(&self.texts[index]);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if identity::scientific(&text) {
            let message = "行政区划码被表格软件改成了科学计数法；请把该列设为文本后重新填写";
            return self.note(index, "excel_scientific", Severity::Block, message);
        }
        if !digits || !matches!(text.len(), 6 | 12) {
            let message = "应为十二位行政区划码，或者它的前六位";
            return self.note(index, "region_code", Severity::Block, message);
        }
        if tables.regions.name(&text[..6]).is_none() && !text.starts_with("41") {
            self.note(index, "region_code", Severity::Notice, "没有这个行政区划码；请核对");
        }
        self.set(index, &format!("{text:0<12}"), "region_form");
    }

    fn free(&mut self, index: usize) {
        let scientific =
            self.texts[index].contains("E+") && self.texts[index].starts_with(|c: char| c.is_ascii_digit());
        if scientific {
            let message = "号码被表格软件改成了科学计数法；请把该列设为文本后重新填写";
            return self.note(index, "excel_scientific", Severity::Notice, message);
        }
        self.formula(index);
    }

    /// What a spreadsheet would calculate is kept as text, and said.
    fn formula(&mut self, index: usize) {
        if self.texts[index].starts_with(['=', '@', '+', '-']) && self.texts[index].len() > 1 {
            let message = "以公式符号开头，已作为文字保存，不会计算；请核对";
            self.note(index, "formula_text", Severity::Notice, message);
        }
    }

    /// The document with what it says of birth and sex.
    fn person(&mut self, tables: &Tables, today: Day) {
        const NUMBER: usize = at("id_no");
        const BIRTH: usize = at("birth_date");
        const SEX: usize = at("sex");
        if !self.texts[NUMBER].is_empty() {
            let raw = self.texts[NUMBER].clone();
            let number = identity::normalise(&raw);
            let kind = match () {
                () if raw.chars().any(char::is_whitespace) => "spaces",
                () if raw.ends_with('x') => "id_lower_x",
                () if raw.contains(['Ｘ', 'ｘ', '×']) => "id_full_width_x",
                () => "id_full_width_digits",
            };
            self.set(NUMBER, &number, kind);
            let resident = self.id_kind.as_deref().is_none_or(|kind| kind == RESIDENT);
            let read = if resident {
                document::read_resident(&number, today, &tables.regions)
            } else {
                document::read(&number, today, &tables.regions)
            };
            self.document_says(NUMBER, &read, resident);
            self.document = Some(read);
        }
        let said = self.document.as_ref().filter(|read| read.valid());
        let (birth, sex) = (said.and_then(|read| read.birth), said.and_then(|read| read.sex));
        match (self.birth, birth) {
            (Some(typed), Some(said)) if typed != said => {
                let message = format!("与证件号中的出生日期 {said} 不符；请按证件核对");
                self.note(BIRTH, "birth_mismatch", Severity::Block, message);
            }
            (None, Some(said)) if self.texts[BIRTH].is_empty() => {
                self.set(BIRTH, &said.format("%Y%m%d").to_string(), "filled_in");
                self.birth = Some(said);
            }
            _ => {}
        }
        match (self.sex, sex) {
            (Some(typed), Some(said)) if typed != said => {
                self.note(SEX, "sex_mismatch", Severity::Block, "与证件号第17位表示的性别不符；请按证件核对");
            }
            (None, Some(said)) if self.texts[SEX].is_empty() => {
                self.set(SEX, if said == Sex::Male { "男" } else { "女" }, "filled_in");
                self.sex = Some(said);
            }
            _ => {}
        }
        const PINYIN: usize = at("pinyin");
        if self.texts[PINYIN].is_empty() && !self.text("name").is_empty() {
            let spelled = spelled_name(self.text("name"));
            self.set(PINYIN, &spelled, "filled_in");
        }
    }

    fn document_says(&mut self, index: usize, read: &DocumentRead, resident: bool) {
        if !resident {
            // Whatever it is, it is taken (R24.1); only what no document has is refused.
            let fits = |c: char| c.is_ascii_alphanumeric() || "()-/.".contains(c);
            if read.number.chars().count() > 32 || !read.number.chars().all(fits) {
                self.note(index, "number", Severity::Block, "应为32个以内的字母和数字；请按证件核对");
            } else if !read.valid() && read.problems.iter().any(|problem| problem.code == "id_check_digit") {
                self.note(index, "id_check_digit", Severity::Notice, "号码校验位不符；请对照证件原件");
            }
            return;
        }
        for problem in &read.problems {
            self.note(index, problem.code, problem.severity, problem.message.clone());
        }
        let other = !matches!(read.kind, document::DocumentKind::Resident18 | document::DocumentKind::Resident15);
        if other && read.valid() {
            let message = format!("这是{}的号码；请核对身份证件类型", read.kind.name());
            self.note(index, "id_kind", Severity::Hint, message);
        }
    }

    fn required(&mut self) {
        let joint = self.is_joint();
        for (index, row) in FIELDS.iter().enumerate() {
            let needed = match row.need {
                Need::Always => row.form != Form::Pinyin,
                Need::Joint => joint,
                Need::Optional => false,
            };
            if needed && self.texts[index].is_empty() {
                let rule = if row.id == "study_form" { Some("R9.1") } else { None };
                self.note_by(index, "missing_required", Severity::Block, rule, "必填项没有填写");
            }
        }
    }
}
