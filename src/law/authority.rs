//! The competent authority (学籍主管部门) of a student: by the student's major first, then by who runs the school.

use super::rules::{R0_1, R5_2, R5_3, R5_5, R5_6, R5_7, R5_11, Rule};
use crate::model::{Finding, Major, Office, OfficeId, SchoolFacts, Sponsor};

/// Code of the provincial education department (省教育厅).
pub const PROVINCE: &str = "410000";

/// Who is competent, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competent {
    /// The office.
    pub office: OfficeId,
    /// The rule that names it.
    pub rule: &'static Rule,
    /// Why, with the facts, in Chinese.
    pub basis: String,
}

/// The competent authority for a student of `school`. `majors` are the majors the application touches: the student's
/// own, and for a change of major the new one too. The first line that fits wins:
///
/// 1. a major in provincial care (省管): the province;
/// 2. a provincial school (省属): the province;
/// 3. a university (高等学校) with a secondary stage: the office the register names, else the province;
/// 4. a city's school (省直管县(市) and 济源 are cities here), 5. a county's school: the office the register names, else the one above it.
pub fn competent(school: &Office, majors: &[&Major]) -> Result<Competent, Finding> {
    let Some(facts) = &school.school else {
        return Err(R5_7.refuse(
            format!("{}（{}）不是学校，不能发起业务。", school.name, school.id),
            R5_7.remedy,
            &[("office", school.id.to_string())],
        ));
    };
    let province = |rule: &'static Rule, basis: String| {
        Ok(Competent { office: PROVINCE.into(), rule, basis: format!("{basis}（{}）。", rule.cited()) })
    };
    if let Some(major) = majors.iter().find(|major| major.provincial) {
        return province(&R5_3, format!("{}（{}）是省管专业，由省教育厅核办", major.name, major.code));
    }
    match facts.sponsor {
        Sponsor::Provincial => province(&R5_2, format!("{}是省属学校，由省教育厅核办", school.name)),
        Sponsor::University => match named(facts) {
            Some(office) => Ok(Competent {
                office: office.clone(),
                rule: &R5_11,
                basis: format!(
                    "{}是承担中职段的高等学校，名册指明由 {office} 核办（{}）。",
                    school.name,
                    R5_11.cited()
                ),
            }),
            None => {
                province(&R5_11, format!("{}是承担中职段的高等学校，名册未指明主管部门，由省教育厅核办", school.name))
            }
        },
        Sponsor::Municipal => local(school, facts, &R5_5, "市属", "市级"),
        Sponsor::County => local(school, facts, &R5_6, "县属", "县级"),
    }
}

/// The office the register names, if it names one.
fn named(facts: &SchoolFacts) -> Option<&OfficeId> {
    facts.competent_office.as_ref().filter(|office| !office.as_str().is_empty())
}

fn local(
    school: &Office,
    facts: &SchoolFacts,
    rule: &'static Rule,
    sponsor: &str,
    level: &str,
) -> Result<Competent, Finding> {
    let above = || school.parent.as_ref().filter(|office| !office.as_str().is_empty());
    let Some(office) = named(facts).or_else(above) else {
        return Err(R0_1.refuse(
            format!("{}是{sponsor}学校，名册既没有指明主管部门，也没有上级机构，无法确定由谁核办。", school.name),
            R0_1.remedy,
            &[("school", school.id.to_string()), ("sponsor", sponsor.to_owned())],
        ));
    };
    // Neither the province nor the school itself can be the local authority of a local school: the register is wrong.
    if office.as_str() == PROVINCE || *office == school.id {
        return Err(R0_1.refuse(
            format!("{}是{sponsor}学校，名册却把 {office} 列为主管部门；应为所属的{level}教育局。", school.name),
            R0_1.remedy,
            &[("school", school.id.to_string()), ("sponsor", sponsor.to_owned()), ("office", office.to_string())],
        ));
    }
    Ok(Competent {
        office: office.clone(),
        rule,
        basis: format!("{}是{sponsor}学校，由所属{level}教育局（{office}）核办（{}）。", school.name, rule.cited()),
    })
}
