//! What the negative list has to say in the county: a school in each state, by a handful of students who are away,
//! double or wrongly recorded. The figures of FM8 follow from the students themselves; the list of 2023 names one school
//! only, so that the others' first year here is not judged.

use super::offices::{CITY, COUNTY_1, PROVINCE};
use super::{County, date};
use crate::model::{
    Absence, Alert, AlertId, Attendance, Basis, Check, Explanation, Grade, Ground, Item, Judged, Judgement, Offer,
    OfficeId, OtherKind, Paper, PaperKind, PlaceKind, Post, Presence, Qualification, Rating, Reminder, Season, Seed,
    Signature, Stage, Standing, Status, Student, StudyForm,
};
use chrono::{Datelike, Months};

/// How many of the first students are looked through for those who are needed.
const LOOKED_AT: u32 = 600;

impl County<'_> {
    /// Who acts for an office in this post.
    fn hand(&self, office: &str, post: Post) -> Signature {
        let account =
            self.places.accounts.iter().find(|one| one.office.as_str() == office && one.posts.contains(&post));
        account.map_or_else(
            || Signature {
                account: "".into(),
                person: "".into(),
                name: String::new(),
                office: office.into(),
                post,
                on_behalf: None,
            },
            |account| crate::model::Actor::from(account).sign(post),
        )
    }

    /// Students 在读 at a school about whom no application is told.
    fn quiet_students(&self, school: &OfficeId) -> Vec<Student> {
        let free = (0..LOOKED_AT.min(self.plan.students)).filter(|index| self.slots.of(*index).next().is_none());
        let at_school = free.filter(|index| self.profile(*index).0.school.id == *school);
        at_school.map(|index| self.student(index)).filter(|one| one.status == Status::Enrolled).take(6).collect()
    }

    /// The piece with everything of the negative list.
    pub(super) fn watched(&self) -> Seed {
        let mut seed = Seed::default();
        let today = self.times.today;
        let before = |months: u32, days: i64| {
            today.checked_sub_months(Months::new(months)).unwrap_or(today) - chrono::TimeDelta::days(days)
        };
        let (jb, fh) = (self.hand(COUNTY_1, Post::Handler), self.hand(COUNTY_1, Post::Reviewer));
        let schools: Vec<_> = self.places.schools.iter().take(5).collect();
        let absent = |student: &Student, left: crate::model::Day| Attendance {
            student: student.id,
            revision: 1,
            absences: vec![Absence {
                school: student.school.clone(),
                left,
                returned: None,
                leave: Vec::new(),
                document: "班级考勤簿（演练）".into(),
                by: jb.clone(),
                at: self.times.moment(3, 20),
            }],
            checks: Vec::new(),
        };
        let mut next = 0;
        let mut case = |student: Option<&Student>, school: &OfficeId, item: Item, ground: Ground, document: &str| {
            next += 1;
            Alert {
                id: AlertId(next),
                revision: 1,
                item,
                school: school.clone(),
                student: student.map(|student| student.id),
                ground,
                document: document.to_owned(),
                opened: self.times.moment(8, 30),
                by: jb.clone(),
                stage: Stage::Suspected,
                reminders: Vec::new(),
                explanations: Vec::new(),
                proposal: None,
                judged: Vec::new(),
            }
        };
        let remind = |back: u32| Reminder {
            at: self.times.moment(back, 60),
            by: jb.clone(),
            channel: "电话".into(),
            content: "请申报学籍重复并说明学生去向（演练）".into(),
        };
        let judgement = |to: Stage, text: &str, back: u32| Judgement {
            to,
            text: text.to_owned(),
            document: "核查记录（演练）".into(),
            by: jb.clone(),
            at: self.times.moment(back, 100),
        };
        // The first school: one away for longer than three months, one who soon will be, one found away twice, and a
        // double of whom it was reminded twice.
        if let [long, soon, twice, double, ..] = &self.quiet_students(&schools[0].id)[..] {
            seed.attendance.push(absent(long, before(3, 6)));
            seed.attendance.push(absent(soon, before(2, 20)));
            let checks = [9, 4].map(|back| Check {
                school: twice.school.clone(),
                on: self.times.day(back),
                found: Presence::Away,
                document: "巡查记录（演练）".into(),
                by: jb.clone(),
                at: self.times.moment(back, 150),
            });
            let of = Attendance { student: twice.id, revision: 1, absences: Vec::new(), checks: checks.to_vec() };
            seed.attendance.push(of);
            let ground =
                Ground::Double {
                    with: OtherKind::Technical, place: "演练技工学校".into(), at_school: Some(true)
                };
            let of = case(Some(double), &double.school, Item::Duplicate, ground, "全国系统查重单（演练）");
            seed.alerts.push(Alert { reminders: vec![remind(6), remind(3)], ..of });
        }
        // The second: three reminders without an answer; papers that do not agree, with a finding for the reviewer.
        if let [double, false_data, ..] = &self.quiet_students(&schools[1].id)[..] {
            let ground =
                Ground::Double {
                    with: OtherKind::Secondary, place: "外省演练中专".into(), at_school: Some(true)
                };
            let of = case(Some(double), &double.school, Item::Duplicate, ground, "全国系统查重单（演练）");
            seed.alerts.push(Alert { reminders: vec![remind(7), remind(5), remind(2)], ..of });
            let ground = Ground::Mismatch {
                field: "住址".into(),
                filed: "演练县东街1号".into(),
                papers: vec![Paper { kind: PaperKind::Household, says: "演练县西街2号".into() }],
            };
            let of = case(Some(false_data), &false_data.school, Item::FalseData, ground, "户口簿照片（演练）");
            let proposal = Some(judgement(Stage::Confirmed, "户口簿、居住证均与备案住址不符", 1));
            seed.alerts.push(Alert { proposal, ..of });
        }
        // The third: found true, and rated D for it. The fourth: dismissed after an explanation.
        let third = &schools[2].id;
        let ground = Ground::Place { kind: PlaceKind::OffSite, name: "演练乡教学点".into() };
        let of = case(None, third, Item::UnfiledPlace, ground, "现场照片（演练）");
        let agreed = |to: Stage, text: &str| Judged {
            judgement: judgement(to, text, 5),
            agreed: true,
            remark: String::new(),
            by: fh.clone(),
            at: self.times.moment(4, 30),
        };
        let found =
            Alert { stage: Stage::Confirmed, judged: vec![agreed(Stage::Confirmed, "现场有学生上课")], ..of };
        seed.standings.push(Standing {
            revision: 1,
            ratings: vec![
                self.yearly(Grade::B),
                Rating {
                    grade: Grade::D,
                    on: self.times.day(4),
                    basis: Basis::Found { alert: found.id, item: found.item },
                    document: String::new(),
                    by: (jb.clone(), fh.clone()),
                },
            ],
            ..Standing::new(third.clone())
        });
        seed.alerts.push(found);
        seed.standings.push(Standing {
            revision: 1,
            ratings: vec![self.yearly(Grade::A)],
            ..Standing::new(schools[0].id.clone())
        });
        if let [away, ..] = &self.quiet_students(third)[..] {
            let left = before(3, 10);
            seed.attendance.push(absent(away, left));
            let ground =
                Ground::Computed { key: format!("left:{left}"), because: "未请假离校（演练）".into() };
            let of = case(Some(away), third, Item::Absent, ground, "巡查记录（演练）");
            let explained =
                Explanation {
                    at: self.times.moment(6, 10), by: jb.clone(), text: "假条已补交（演练）".into()
                };
            let judged = vec![agreed(Stage::Dismissed, "假条属实")];
            seed.alerts.push(Alert { stage: Stage::Dismissed, explanations: vec![explained], judged, ..of });
        }
        seed.qualifications.extend(self.first_list());
        seed
    }

    /// The province's rating of the year before.
    fn yearly(&self, grade: Grade) -> Rating {
        let year = self.times.today.year() - 1;
        Rating {
            grade,
            on: date(year, 12, 25),
            basis: Basis::Yearly { year, text: "依规办学、招生和异动情况（演练）".into() },
            document: format!("教职成评〔{year}〕演练号"),
            by: (self.hand(PROVINCE, Post::Handler), self.hand(PROVINCE, Post::Reviewer)),
        }
    }

    /// The list of the year in which the first students here entered.
    fn first_list(&self) -> Option<Qualification> {
        let school = self.places.schools.iter().rev().find(|school| school.authority.as_str() == CITY)?;
        let offers = school.ordinary.iter().chain(&school.provincial).map(|(major, _)| Offer {
            major: major.clone(),
            campus: school.campuses.first().cloned().unwrap_or_default(),
            form: StudyForm::FullTime,
            half_years: 6,
            plan: 100,
        });
        let year = super::school_year(self.times.today) - 2;
        Some(Qualification {
            school: school.id.clone(),
            year: u16::try_from(year).ok()?,
            season: Season::Autumn,
            revision: 1,
            document: String::new(),
            published: date(year, 5, 20),
            offers: offers.collect(),
        })
    }
}
