use super::table;
use serde::Deserialize;
use xueji::law::authority::competent;
use xueji::model::{Level, Major, Office, OfficeId, SchoolFacts, Severity, Sponsor};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    why: String,
    sponsor: Option<Sponsor>,
    named: Option<OfficeId>,
    parent: Option<OfficeId>,
    #[serde(default)]
    majors: Vec<bool>,
    office: Option<String>,
    rule: Option<String>,
    refused: Option<String>,
}

#[test]
fn the_first_line_that_fits_names_the_authority() {
    for row in table::<Table>("authority").row {
        let school = Office {
            id: "3641901001".into(),
            revision: 1,
            name: "演练第一中等专业学校".into(),
            level: if row.sponsor.is_some() { Level::School } else { Level::County },
            parent: row.parent,
            school: row.sponsor.map(|sponsor| SchoolFacts {
                region_code: "410782".into(),
                sponsor,
                competent_office: row.named,
                credit_system: false,
                campuses: vec!["本部".into()],
            }),
        };
        let majors: Vec<Major> = row.majors.iter().map(|provincial| major(*provincial)).collect();
        let found = competent(&school, &majors.iter().collect::<Vec<_>>());
        match (found, row.office, row.refused) {
            (Ok(found), Some(office), None) => {
                assert_eq!(found.office.as_str(), office, "{}", row.why);
                assert_eq!(Some(found.rule.id), row.rule.as_deref(), "{}", row.why);
                assert!(found.basis.contains("第5条"), "{}: {}", row.why, found.basis);
            }
            (Err(finding), None, Some(rule)) => {
                assert_eq!(finding.rule, rule, "{}", row.why);
                assert_eq!(finding.severity, Severity::Block);
                assert!(!finding.because.is_empty() && !finding.remedy.is_empty() && !finding.facts.is_empty());
            }
            (found, _, _) => panic!("{}: {found:?}", row.why),
        }
    }
}

fn major(provincial: bool) -> Major {
    let (code, name) = if provincial { ("720301", "护理") } else { ("610101", "种子生产技术") };
    Major { code: code.into(), revision: 1, name: name.into(), category: String::new(), provincial }
}

#[test]
fn the_catalogue_has_the_majors_the_regulation_counts() {
    let majors = xueji::data::majors().unwrap();
    assert_eq!(majors.len(), 359);
    let provincial: Vec<_> = majors.iter().filter(|major| major.provincial).collect();
    let medical = provincial.iter().filter(|major| major.code.as_str().starts_with("72")).count();
    assert_eq!((provincial.len(), medical), (24, 23));
    assert!(provincial.iter().any(|major| major.code.as_str() == "770101" && major.name == "幼儿保育"));
    let mut codes: Vec<_> = majors.iter().map(|major| &major.code).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 359);
}
