//! Recruitment qualifications (招生资质) as the province publishes them: a file is the whole list of the years and
//! seasons it speaks of.

use super::cells::{Column, Row, needed};
use super::words::{half_years, study_form};
use super::{Judged, State};
use crate::desk::qualification::publication;
use crate::desk::{Asked, Refused};
use crate::model::{Level, MajorCode, OfferLine, OfficeId, RowOutcome, RowProblem, RowReport, Season, Severity};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The columns of a publication.
pub(super) const COLUMNS: &[Column] = &[
    needed("school_code", &["学校代码", "学校标识码"]),
    needed("year", &["年份", "招生年份", "年度"]),
    needed("season", &["季节", "招生季节"]),
    needed("major_code", &["专业代码"]),
    needed("campus", &["校区"]),
    needed("study_form", &["学习形式"]),
    needed("duration_years", &["学制"]),
    needed("plan", &["招生计划", "计划数"]),
];

/// Judges all rows.
pub(super) fn judge<'a>(
    state: &State<'_>,
    asked: &Asked<'_>,
    document: Option<&str>,
    rows: impl Iterator<Item = Row<'a>>,
) -> Result<Judged, Refused> {
    let mut reading = Reading { state, campuses: HashMap::new(), majors: HashSet::new(), seen: HashSet::new() };
    reading.majors.extend(state.majors().iter().map(|major| major.code.clone()));
    let (mut judged, mut lines) = (Judged::default(), Vec::new());
    for mut row in rows {
        let line = if row.is_empty() { None } else { reading.line(&mut row)? };
        lines.extend(line.filter(|_| !row.is_rejected()));
        judged.rows.push(row.report());
    }
    let (writes, difference) = publication(state, asked, document.unwrap_or_default(), lines)?;
    if let Some(notice) = gone(&difference.schools_gone) {
        judged.rows.insert(0, notice);
    }
    judged.unchanged = difference.same;
    judged.written = writes.len();
    judged.writes = writes;
    judged.counts = BTreeMap::from([
        ("added", difference.added),
        ("withdrawn", difference.withdrawn),
        ("changed", difference.changed),
        ("schools_withdrawn", difference.schools_gone.len()),
    ]);
    Ok(judged)
}

/// Said on the header: who had something in the last publication and is not in this one.
fn gone(schools: &[(OfficeId, u16, Season)]) -> Option<RowReport> {
    let named: Vec<String> = schools
        .iter()
        .take(10)
        .map(|(school, year, season)| format!("{school}（{year}年{}）", season.name()))
        .collect();
    if named.is_empty() {
        return None;
    }
    let more = if schools.len() > named.len() { format!("等{}所", schools.len()) } else { String::new() };
    let message = format!(
        "上次发布有资质、这次没有的学校：{}{more}；一次发布就是该年该季的全部资质，载入后这些学校不再有资质，已备案的学生不受影响",
        named.join("、")
    );
    let problem = RowProblem {
        column: "school_code".into(),
        kind: Cow::Borrowed("school_withdrawn"),
        severity: Severity::Notice,
        rule: Some(Cow::Borrowed("R7.1")),
        message,
        value: String::new(),
    };
    Some(RowReport { row: 1, outcome: RowOutcome::Warning, problems: vec![problem], normalised: Vec::new() })
}

struct Reading<'s, 'a> {
    state: &'s State<'a>,
    /// Filed campuses by school; none for what is no school.
    campuses: HashMap<OfficeId, Option<Vec<String>>>,
    majors: HashSet<MajorCode>,
    seen: HashSet<(OfficeId, u16, Season, MajorCode, String, crate::model::StudyForm, u8)>,
}

impl Reading<'_, '_> {
    fn line(&mut self, row: &mut Row<'_>) -> Result<Option<OfferLine>, Refused> {
        let school = row.needed("school_code").map(OfficeId::from);
        let year = row.parse_needed("year", "year", "四位年份，如 2025", |text| {
            text.trim_end_matches('年').parse().ok().filter(|year: &u16| (2021..=2100).contains(year))
        });
        let season = row.parse_needed("season", "not_in_code_set", "春或秋", Season::read);
        let major = row.parse_needed("major_code", "major_unknown", "专业代码，如 610202", |text| {
            let fits = text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            fits.then(|| MajorCode::from(text))
        });
        let campus = row.needed("campus").map(str::to_owned);
        let form = row.parse_needed("study_form", "not_in_code_set", "全日制或非全日制", study_form);
        let half_years = row.parse_needed("duration_years", "study_length", "学制，如 3、2.5 或三年制", half_years);
        let plan = row.parse_needed("plan", "plan", "招生计划人数", |text| {
            text.parse().ok().filter(|plan: &u32| *plan <= 100_000)
        });
        let known = match &school {
            Some(school) => self.school(row, school)?,
            None => None,
        };
        if let (Some(campuses), Some(campus)) = (&known, &campus)
            && !campuses.is_empty()
            && !campuses.contains(campus)
        {
            let message = format!("学校备案的校区是{}，没有这个校区；请核对", campuses.join("、"));
            row.note("campus", "campus_unknown", Severity::Notice, message);
        }
        if let Some(major) = major.as_ref().filter(|major| !self.majors.contains(major)) {
            let message = format!("专业目录里没有 {major}；请核对，或先导入专业（xueji import majors）");
            row.note("major_code", "major_unknown", Severity::Notice, message);
        }
        let line = || {
            Some(OfferLine {
                school: school?,
                year: year?,
                season: season?,
                major: major?,
                campus: campus?,
                form: form?,
                half_years: half_years?,
                plan: plan?,
            })
        };
        let Some(line) = line() else { return Ok(None) };
        let OfferLine { school, year, season, major, campus, form, half_years, .. } = line.clone();
        if !self.seen.insert((school, year, season, major, campus, form, half_years)) {
            row.reject("", "duplicate_in_file", "文件中另有一行是同一学校、年季、专业、校区、形式和学制；请删去一行");
        }
        Ok(Some(line))
    }

    /// Campuses of the school; refused when there is no such school.
    fn school(&mut self, row: &mut Row<'_>, id: &OfficeId) -> Result<Option<Vec<String>>, Refused> {
        if !self.campuses.contains_key(id) {
            let office = self.state.office(id)?.filter(|office| office.level == Level::School);
            self.campuses.insert(id.clone(), office.and_then(|office| office.school).map(|facts| facts.campuses));
        }
        let known = self.campuses.get(id).cloned().flatten();
        if known.is_none() {
            let message = format!("没有学校 {id}；请先导入学校（xueji import schools）");
            row.reject("school_code", "school_unknown", message);
        }
        Ok(known)
    }
}
