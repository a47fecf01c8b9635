//! Offices, schools and the people at their desks, all invented. Region codes are real, names and persons are not:
//! an office is called 演练…, a person after his or her post (王经办, 李复核).

use super::rng::{For, Rng};
use super::{DemoError, Group};
use crate::model::{
    Account, Actor, Level, Major, MajorCode, Office, OfficeId, PersonId, Post, SchoolFacts, Signature, Sponsor,
};

/// The two persons who act on one case at one desk; never the same human being (Art. 5).
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// 录入 or 经办
    pub(super) first: Signature,
    /// 审核 or 复核
    pub(super) second: Signature,
}

/// A school as students are spread over it.
#[derive(Debug)]
pub(super) struct School {
    pub(super) id: OfficeId,
    /// The office competent for its students whose major is not 省管.
    pub(super) authority: OfficeId,
    pub(super) campuses: Vec<String>,
    /// Majors it teaches: ordinary ones, and 省管 ones.
    pub(super) ordinary: Vec<(MajorCode, String)>,
    pub(super) provincial: Vec<(MajorCode, String)>,
}

/// Everybody and every place.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) offices: Vec<Office>,
    pub(super) accounts: Vec<Account>,
    pub(super) schools: Vec<School>,
}

/// Codes of the education offices.
pub(super) const PROVINCE: &str = "410000";
pub(super) const CITY: &str = "410700";
pub(super) const COUNTY_1: &str = "410782";
pub(super) const COUNTY_2: &str = "410721";
pub(super) const DIRECT: &str = "410783";
/// Another city and its county, so that a transfer can pass every level.
pub(super) const CITY_2: &str = "410500";
pub(super) const COUNTY_3: &str = "410522";

/// Office, name, level, parent, first part of its accounts' names.
const OFFICES: [(&str, &str, Level, Option<&str>, &str); 7] = [
    (PROVINCE, "河南省教育厅（演练）", Level::Province, None, "sheng"),
    (CITY, "演练市教育局", Level::City, Some(PROVINCE), "shi"),
    (COUNTY_1, "演练一县教育局", Level::County, Some(CITY), "xian1"),
    (COUNTY_2, "演练二县教育局", Level::County, Some(CITY), "xian2"),
    (DIRECT, "演练直管市教育局", Level::City, Some(PROVINCE), "zhi"),
    (CITY_2, "演练二市教育局", Level::City, Some(PROVINCE), "shi2"),
    (COUNTY_3, "演练三县教育局", Level::County, Some(CITY_2), "xian3"),
];

/// Name, sponsor, region it lies in, competent office, campuses.
type SchoolRow = (&'static str, Sponsor, &'static str, Option<&'static str>, &'static [&'static str]);

const SCHOOLS: [SchoolRow; 10] = [
    ("演练第一中专", Sponsor::County, COUNTY_1, Some(COUNTY_1), &["本部", "东校区"]),
    ("演练第二中专", Sponsor::County, COUNTY_1, Some(COUNTY_1), &["本部"]),
    ("演练第三中专", Sponsor::County, COUNTY_1, Some(COUNTY_1), &["本部"]),
    ("演练第四中专", Sponsor::County, COUNTY_2, Some(COUNTY_2), &["本部", "南校区"]),
    ("演练第五中专", Sponsor::County, COUNTY_2, Some(COUNTY_2), &["本部"]),
    ("演练市属第六中专", Sponsor::Municipal, "410702", Some(CITY), &["本部"]),
    ("演练直管市第七中专", Sponsor::Municipal, DIRECT, Some(DIRECT), &["本部"]),
    ("演练省属中专", Sponsor::Provincial, "410105", Some(PROVINCE), &["本部", "北校区"]),
    ("演练职业技术学院中职部", Sponsor::University, "410711", None, &["本部"]),
    ("演练三县中专", Sponsor::County, COUNTY_3, Some(COUNTY_3), &["本部"]),
];

/// In a great county, one more school for so many students.
const STUDENTS_PER_SCHOOL: u32 = 5_000;

/// The school whose second clerk's account is disabled: one active clerk is left (R5.9).
const SHORT_HANDED: usize = 2;

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢",
];

/// Majors that schools of a county like to teach; each school has some of them.
const LIKED: [&str; 18] = [
    "710201", "730701", "660301", "700206", "610301", "680402", "740201", "660103", "730301", "740101", "640301",
    "700209", "730705", "690101", "720201", "720301", "720601", "770101",
];

impl Places {
    /// Founds all offices and schools, with an account for every post.
    pub(super) fn found(seed: u64, students: u32, majors: &[Major]) -> Result<Places, DemoError> {
        let (provincial, ordinary): (Vec<&Major>, Vec<&Major>) = majors.iter().partition(|major| major.provincial);
        if provincial.is_empty() || ordinary.is_empty() {
            return Err(DemoError::Majors);
        }
        let mut places = Places { offices: Vec::new(), accounts: Vec::new(), schools: Vec::new() };
        for (index, (code, name, level, parent, short)) in OFFICES.into_iter().enumerate() {
            places.offices.push(Office {
                id: code.into(),
                revision: 1,
                name: name.into(),
                level,
                parent: parent.map(OfficeId::from),
                school: None,
            });
            places.staff_of_office(index, code, short);
        }
        let more = (students / STUDENTS_PER_SCHOOL).saturating_sub(1).min(180) as usize;
        for index in 0..SCHOOLS.len() + more {
            places.open_school(index, seed, &ordinary, &provincial);
        }
        Ok(places)
    }

    fn staff_of_office(&mut self, index: usize, office: &str, short: &str) {
        let surname = |n: usize| SURNAMES[(index * 5 + n) % SURNAMES.len()];
        let mut put = |suffix: &str, person: String, name: String, post: Post| {
            self.accounts.push(account(&format!("{short}-{suffix}"), &person, name, office, vec![post], true));
        };
        for (n, (suffix, title, post)) in [
            ("jb", "经办", Post::Handler),
            ("fh", "复核", Post::Reviewer),
            ("db", "督办", Post::Supervisor),
            ("gl", "管理", Post::Keeper),
        ]
        .into_iter()
        .enumerate()
        {
            put(suffix, format!("{short}-{}", n + 1), format!("{}{title}", surname(n)), post);
        }
        match office {
            // One person with both posts, in two accounts: what one prepared the other may not decide (R5.12).
            COUNTY_1 => {
                put("jb2", format!("{short}-5"), format!("{}双岗", surname(4)), Post::Handler);
                put("fh2", format!("{short}-5"), format!("{}双岗", surname(4)), Post::Reviewer);
            }
            PROVINCE => put("jb2", format!("{short}-5"), format!("{}经办", surname(4)), Post::Handler),
            _ => {}
        }
    }

    fn open_school(&mut self, index: usize, seed: u64, ordinary: &[&Major], provincial: &[&Major]) {
        let id = format!("3641910{:03}", index + 1);
        let (name, sponsor, region, competent, campuses) = match SCHOOLS.get(index) {
            Some((name, sponsor, region, competent, campuses)) => {
                ((*name).to_owned(), *sponsor, *region, *competent, *campuses)
            }
            None => {
                let county = if index.is_multiple_of(2) { COUNTY_1 } else { COUNTY_2 };
                let campuses: &[&str] = &["本部"];
                (format!("演练第{}中专", index + 1), Sponsor::County, county, Some(county), campuses)
            }
        };
        let authority = competent.unwrap_or(PROVINCE);
        let campuses: Vec<String> = campuses.iter().map(|&campus| campus.to_owned()).collect();
        self.offices.push(Office {
            id: OfficeId(id.clone()),
            revision: 1,
            name,
            level: Level::School,
            parent: Some(authority.into()),
            school: Some(SchoolFacts {
                region_code: region.into(),
                sponsor,
                competent_office: competent.map(OfficeId::from),
                credit_system: index == 1,
                campuses: campuses.clone(),
            }),
        });
        let short = format!("x{}", index + 1);
        for (n, (suffix, title, post)) in
            [("lr", "录入", Post::Entry), ("sh", "审核", Post::Review)].into_iter().enumerate()
        {
            let surname = SURNAMES[(index * 2 + n + 7) % SURNAMES.len()];
            let active = !(index == SHORT_HANDED && post == Post::Review);
            self.accounts.push(account(
                &format!("{short}-{suffix}"),
                &format!("{short}-{}", n + 1),
                format!("{surname}{title}"),
                &id,
                vec![post],
                active,
            ));
        }
        let mut rng = Rng::new(seed, For::School, index as u64);
        self.schools.push(School {
            id: OfficeId(id),
            authority: authority.into(),
            campuses,
            ordinary: taught(&mut rng, ordinary, 6),
            provincial: taught(&mut rng, provincial, 2),
        });
    }

    /// The schools among which a student of this group goes.
    pub(super) fn schools_for(&self, group: Group) -> Vec<usize> {
        let of = |wanted: &str| {
            let here = self.schools.iter().enumerate().filter(|(_, school)| school.authority.as_str() == wanted);
            here.map(|(index, _)| index).collect()
        };
        match group {
            Group::County1 => of(COUNTY_1),
            Group::County2 => of(COUNTY_2),
            Group::City => of(CITY),
            Group::Direct => of(DIRECT),
            Group::County3 => of(COUNTY_3),
            Group::Province | Group::Anywhere => {
                // The school far away has the students who are on their way from there, and few others.
                let near = self.schools.iter().enumerate().filter(|(_, school)| school.authority.as_str() != COUNTY_3);
                near.map(|(index, _)| index).collect()
            }
        }
    }

    /// Two persons of this office to act on one case, drawn by `choice`.
    pub(super) fn pair(&self, office: &OfficeId, choice: u64) -> Option<Pair> {
        let at_school = office.as_str().len() == 10;
        let mut pairs = Vec::new();
        let holding = |post| self.accounts.iter().filter(move |a| a.office == *office && a.posts.contains(&post));
        for first in holding(Post::first(at_school)) {
            for second in holding(Post::second(at_school)) {
                if first.person != second.person {
                    pairs.push((first, second));
                }
            }
        }
        // The first pair does half of the work, as chief clerks do.
        let at = if choice.is_multiple_of(2) { 0 } else { (choice / 2) as usize % pairs.len().max(1) };
        pairs.get(at).map(|(first, second)| Pair {
            first: Actor::from(*first).sign(Post::first(at_school)),
            second: Actor::from(*second).sign(Post::second(at_school)),
        })
    }
}

fn account(id: &str, person: &str, name: String, office: &str, posts: Vec<Post>, active: bool) -> Account {
    let revision = if active { 1 } else { 2 };
    Account {
        id: id.into(),
        revision,
        person: PersonId(format!("p-{person}")),
        name,
        office: office.into(),
        posts,
        os_user: None,
        active,
    }
}

/// Some of these majors, liked ones first.
fn taught(rng: &mut Rng, majors: &[&Major], count: usize) -> Vec<(MajorCode, String)> {
    let mut chosen: Vec<(MajorCode, String)> = Vec::new();
    let liked: Vec<&&Major> = majors.iter().filter(|major| LIKED.contains(&major.code.as_str())).collect();
    // A bounded number of draws: a catalogue with fewer majors than wanted gives what it has.
    for draw in 0..count * 8 {
        if chosen.len() == count.min(majors.len()) {
            break;
        }
        let major = if draw < count { rng.pick(&liked).copied() } else { rng.pick(majors) };
        if let Some(major) = major.filter(|major| chosen.iter().all(|(code, _)| *code != major.code)) {
            chosen.push((major.code.clone(), major.name.clone()));
        }
    }
    chosen
}
