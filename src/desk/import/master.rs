//! Offices, schools and majors as the province issues them. What is here under the same code is changed, what is the
//! same stays; nothing is taken away.

use super::cells::{Column, Row, needed, optional};
use super::{Judged, State};
use crate::desk::Refused;
use crate::law::authority::PROVINCE;
use crate::model::{ImportKind, Level, Major, MajorCode, Office, OfficeId, Record, SchoolFacts, Sponsor, Write};
use std::collections::{BTreeMap, HashSet};

const OFFICES: &[Column] = &[
    needed("code", &["机构代码"]),
    needed("name", &["机构名称"]),
    needed("level", &["层级"]),
    needed("parent", &["上级机构"]),
];
const SCHOOLS: &[Column] = &[
    needed("code", &["学校代码"]),
    needed("name", &["学校名称"]),
    needed("region_code", &["行政区划码"]),
    needed("sponsor_level", &["举办层级"]),
    needed("competent_office", &["主管部门"]),
    needed("credit_system", &["学分制"]),
    needed("campuses", &["校区"]),
];
const MAJORS: &[Column] = &[
    needed("code", &["专业代码"]),
    needed("name", &["专业名称"]),
    optional("category_code", &["专业大类代码"]),
    needed("category", &["专业大类"]),
    optional("class_code", &["专业类代码"]),
    optional("class", &["专业类"]),
    optional("edition", &["目录版本"]),
    optional("standard_crosscheck", &[]),
    needed("provincial_managed", &["省管专业"]),
];

/// The columns of a master file.
pub(super) fn columns(kind: ImportKind) -> &'static [Column] {
    match kind {
        ImportKind::Offices => OFFICES,
        ImportKind::Schools => SCHOOLS,
        ImportKind::Majors => MAJORS,
        _ => &[],
    }
}

/// Judges all rows.
pub(super) fn judge<'a>(
    state: &State<'_>,
    kind: ImportKind,
    rows: impl Iterator<Item = Row<'a>>,
) -> Result<Judged, Refused> {
    let mut judging = Judging { seen: HashSet::new(), levels: levels(state), records: Vec::new() };
    let mut read: Vec<(Row<'a>, Option<Record>)> = Vec::new();
    for mut row in rows {
        let record = if row.is_empty() {
            None
        } else {
            match kind {
                ImportKind::Offices => judging.office(&mut row).map(Record::Office),
                ImportKind::Schools => judging.school(&mut row).map(Record::Office),
                ImportKind::Majors => judging.major(&mut row).map(Record::Major),
                _ => None,
            }
        };
        read.push((row, record));
    }
    if kind == ImportKind::Offices {
        // A file may name an office before the one above it: parents are looked for when all are known.
        for (row, record) in &mut read {
            if let Some(Record::Office(office)) = record {
                judging.under(row, office);
            }
        }
    }
    let mut judged = Judged::default();
    for (row, record) in read {
        if let Some(record) = record.filter(|_| !row.is_rejected()) {
            judging.records.push(record);
        }
        judged.rows.push(row.report());
    }
    for record in judging.records {
        match changed(state, record)? {
            Some(write) => judged.writes.push(write),
            None => judged.unchanged += 1,
        }
    }
    judged.written = judged.writes.len();
    Ok(judged)
}

fn levels(state: &State<'_>) -> BTreeMap<OfficeId, Level> {
    state.offices().iter().map(|office| (office.id.clone(), office.level)).collect()
}

/// The write of a record that is new or other than stored.
fn changed(state: &State<'_>, record: Record) -> Result<Option<Write>, Refused> {
    Ok(match record {
        Record::Office(office) => {
            let stored = state.office(&office.id)?;
            let before = stored.as_ref().map_or(0, |stored| stored.revision);
            let same = stored.is_some_and(|stored| stored == Office { revision: before, ..office.clone() });
            let record = Record::Office(Office { revision: before + 1, ..office });
            (!same).then_some(Write { record, based_on: before })
        }
        Record::Major(major) => {
            let stored = state.major(&major.code)?;
            let before = stored.as_ref().map_or(0, |stored| stored.revision);
            let same = stored.is_some_and(|stored| stored == Major { revision: before, ..major.clone() });
            let record = Record::Major(Major { revision: before + 1, ..major });
            (!same).then_some(Write { record, based_on: before })
        }
        _ => None,
    })
}

struct Judging {
    seen: HashSet<String>,
    /// Levels of what is stored, and of what the file brings.
    levels: BTreeMap<OfficeId, Level>,
    records: Vec<Record>,
}

impl Judging {
    /// A code of so many digits that has not occurred in the file.
    fn code(&mut self, row: &mut Row<'_>, digits: usize) -> Option<String> {
        let wanted = format!("{digits}位数字");
        let code = row.parse_needed("code", "code", &wanted, |text| of_digits(text, digits))?;
        if !self.seen.insert(code.clone()) {
            row.reject("code", "duplicate_in_file", "文件中另有一行是同一代码；请删去一行");
        }
        Some(code)
    }

    fn office(&mut self, row: &mut Row<'_>) -> Option<Office> {
        let code = self.code(row, 6);
        let name = row.needed("name");
        let level = row.parse_needed("level", "level", "province、city 或 county", level);
        let parent = row.text("parent");
        let (code, name, level) = (code?, name?, level?);
        let id = OfficeId(code);
        if (level == Level::Province) != (id.as_str() == PROVINCE) {
            row.reject("level", "level", format!("省级机构只有省教育厅（{PROVINCE}）一个；请核对代码和层级"));
        }
        self.levels.insert(id.clone(), level);
        let parent = (!parent.is_empty()).then(|| OfficeId::from(parent));
        Some(Office { id, revision: 0, name: name.to_owned(), level, parent, school: None })
    }

    /// 省, 市 under it, 县 under these: the register must be a tree of that shape, or routes would go astray (R0.1).
    fn under(&self, row: &mut Row<'_>, office: &Office) {
        let Some(parent) = &office.parent else {
            if office.level != Level::Province {
                row.reject_by(
                    "parent",
                    "parent",
                    "R0.1",
                    "市级机构的上级是省教育厅，县级的是市级机构；没有填写上级".to_owned(),
                );
            }
            return;
        };
        let fits = match (office.level, self.levels.get(parent)) {
            (_, None) => {
                row.reject_by(
                    "parent",
                    "parent_unknown",
                    "R0.1",
                    format!("没有上级机构 {parent}；请补上该机构或改正代码"),
                );
                return;
            }
            (Level::City, Some(above)) => *above == Level::Province,
            (Level::County, Some(above)) => *above == Level::City,
            _ => false,
        };
        if !fits {
            let message = format!("{parent} 不能是它的上级：市级机构的上级是省教育厅，县级的是市级机构，省级没有上级");
            row.reject_by("parent", "parent", "R0.1", message);
        }
    }

    fn school(&mut self, row: &mut Row<'_>) -> Option<Office> {
        let code = self.code(row, 10);
        let name = row.needed("name");
        let region =
            row.parse_needed("region_code", "region_code", "六位行政区划代码", |text| of_digits(text, 6));
        let sponsor = row.parse_needed("sponsor_level", "not_in_code_set", "省属、市属、县属或高校", sponsor);
        let credit = row.parse_needed("credit_system", "not_in_code_set", "1（已备案学分制）或 0", yes_or_no);
        let competent = row.text("competent_office");
        let competent = (!competent.is_empty()).then(|| OfficeId::from(competent));
        if let Some(sponsor) = sponsor {
            self.competent(row, sponsor, competent.as_ref());
        }
        let mut campuses: Vec<String> = Vec::new();
        for campus in row.text("campuses").split([';', '；']).map(str::trim).filter(|campus| !campus.is_empty()) {
            if !campuses.iter().any(|other| other == campus) {
                campuses.push(campus.to_owned());
            }
        }
        let (code, name, sponsor) = (code?, name?, sponsor?);
        let parent = competent.clone().unwrap_or_else(|| PROVINCE.into());
        let facts = SchoolFacts {
            region_code: region?,
            sponsor,
            competent_office: competent,
            credit_system: credit?,
            campuses,
        };
        let (id, name) = (OfficeId(code), name.to_owned());
        Some(Office { id, revision: 0, name, level: Level::School, parent: Some(parent), school: Some(facts) })
    }

    /// The office a school belongs to must be here and of the level the sponsor implies (Art. 5).
    fn competent(&self, row: &mut Row<'_>, sponsor: Sponsor, office: Option<&OfficeId>) {
        let province = OfficeId::from(PROVINCE);
        let named = office.or(matches!(sponsor, Sponsor::Provincial | Sponsor::University).then_some(&province));
        let Some(named) = named else {
            row.reject("competent_office", "missing_required", "市属、县属学校须写明主管部门");
            return;
        };
        let Some(level) = self.levels.get(named) else {
            let message = format!("没有机构 {named}；请先导入机构（xueji import offices）");
            row.reject("competent_office", "office_unknown", message);
            return;
        };
        let fits = match sponsor {
            Sponsor::Provincial => *level == Level::Province,
            Sponsor::Municipal => *level == Level::City,
            Sponsor::County => *level == Level::County,
            Sponsor::University => *level != Level::School,
        };
        if !fits {
            let rule = match sponsor {
                Sponsor::Provincial => "R5.2",
                Sponsor::Municipal => "R5.5",
                Sponsor::County => "R5.6",
                Sponsor::University => "R5.11",
            };
            let message = format!("举办层级与主管部门 {named} 的层级不合：省属归省，市属归市级，县属归县级教育局");
            row.reject_by("competent_office", "competent_office", rule, message);
        }
    }

    fn major(&mut self, row: &mut Row<'_>) -> Option<Major> {
        let code = self.code(row, 6);
        let name = row.needed("name");
        let category = row.needed("category");
        let provincial = row.parse_needed("provincial_managed", "not_in_code_set", "1（省管）或 0", yes_or_no);
        Some(Major {
            code: MajorCode(code?),
            revision: 0,
            name: name?.to_owned(),
            category: category?.to_owned(),
            provincial: provincial?,
        })
    }
}

fn of_digits(text: &str, digits: usize) -> Option<String> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

fn level(text: &str) -> Option<Level> {
    Some(match text {
        "province" | "省" => Level::Province,
        "city" | "市" => Level::City,
        "county" | "县" => Level::County,
        _ => return None,
    })
}

fn sponsor(text: &str) -> Option<Sponsor> {
    Some(match text {
        "省属" => Sponsor::Provincial,
        "市属" => Sponsor::Municipal,
        "县属" => Sponsor::County,
        "高校" => Sponsor::University,
        _ => return None,
    })
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "1" | "是" => Some(true),
        "0" | "否" => Some(false),
        _ => None,
    }
}
