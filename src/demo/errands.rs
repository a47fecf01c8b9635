//! What an application of the county asks for: its kind, the hands it passes, and what is brought with it.

use super::coming;
use super::offices::{CITY, CITY_2, COUNTY_1, COUNTY_2, COUNTY_3, DIRECT, PROVINCE};
use super::rng::Rng;
use super::script::BUDGET;
use super::slots::Case;
use super::students::Profile;
use super::texts::{self, Paper};
use super::{County, Group};
use crate::model::{
    Day, Details, DuplicateAsk, DuplicateWith, GivenTime, Kind, Newcomer, OfficeId, Outside, PersonalField, Step,
    StepRole, Student, StudyForm, province_name,
};
use chrono::Days;

/// A way a transfer goes: between which authorities, and every hand behind the two schools (Art. 12).
#[derive(Debug)]
pub(super) struct Trip {
    /// Whose student it is.
    pub(super) from: Group,
    /// The authority of the receiving school.
    to: &'static str,
    /// Hands in order; the text gives those marked no figure, and their clock is for reference (参考).
    hands: &'static [(&'static str, bool)],
}

/// The ways, the longest with seven hands.
pub(super) static TRIPS: [Trip; 9] = [
    Trip { from: Group::County1, to: COUNTY_1, hands: &[(COUNTY_1, false)] },
    Trip { from: Group::County1, to: COUNTY_2, hands: &[(COUNTY_1, false), (COUNTY_2, false)] },
    Trip { from: Group::County1, to: CITY, hands: &[(COUNTY_1, false), (CITY, false)] },
    Trip {
        from: Group::County1,
        to: DIRECT,
        hands: &[(COUNTY_1, false), (CITY, true), (DIRECT, false), (PROVINCE, true)],
    },
    Trip {
        from: Group::Direct,
        to: COUNTY_1,
        hands: &[(DIRECT, false), (COUNTY_1, false), (CITY, true), (PROVINCE, true)],
    },
    Trip {
        from: Group::County1,
        to: COUNTY_3,
        hands: &[(COUNTY_1, false), (CITY, true), (COUNTY_3, false), (CITY_2, true), (PROVINCE, true)],
    },
    Trip {
        from: Group::County3,
        to: COUNTY_1,
        hands: &[(COUNTY_3, false), (CITY_2, true), (COUNTY_1, false), (CITY, true), (PROVINCE, true)],
    },
    Trip { from: Group::Province, to: COUNTY_1, hands: &[(PROVINCE, false)] },
    // Thirty or more at once go up to the province inside one county too (R12.5).
    Trip { from: Group::County1, to: COUNTY_1, hands: &[(COUNTY_1, false), (CITY, true), (PROVINCE, true)] },
];

/// Across provinces, a row a light and more: state, kind, hands already passed, how many. Only the first block has them.
pub(super) const ABROAD: [(Case, Kind, u8, u32); 8] = [
    (Case::Waiting, Kind::MoveOut, 1, 8),
    (Case::Waiting, Kind::MoveOut, 0, 2),
    (Case::Waiting, Kind::MoveOut, 2, 2),
    (Case::Proposed, Kind::MoveOut, 1, 1),
    (Case::Waiting, Kind::MoveIn, 1, 8),
    (Case::Waiting, Kind::MoveIn, 0, 2),
    (Case::Proposed, Kind::MoveIn, 1, 1),
    (Case::Submitted, Kind::MoveIn, 0, 1),
];

/// A list of students who move together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Together {
    /// How many.
    pub(super) size: u32,
    /// Index of the way.
    pub(super) trip: usize,
    pub(super) case: Case,
    /// Working days left at the hand where they are.
    pub(super) left: i8,
}

/// The batches (批量转学), one under every light; the second is one of thirty and more. Only the first block has them.
pub(super) const TOGETHER: [Together; 5] = [
    Together { size: 4, trip: 0, case: Case::Waiting, left: -3 },
    Together { size: 32, trip: 8, case: Case::Waiting, left: 2 },
    Together { size: 3, trip: 0, case: Case::Waiting, left: 0 },
    Together { size: 5, trip: 0, case: Case::Waiting, left: 6 },
    Together { size: 3, trip: 1, case: Case::Proposed, left: 5 },
];

/// The other side of a transfer across provinces: province, school, authority; invented.
const OUT_TO: (&str, &str, &str) = ("420000", "武汉演练职业学校", "武汉演练教育局");
const IN_FROM: (&str, &str, &str) = ("320000", "徐州演练中等专业学校", "");

/// State, index of the way, hands already passed behind the starting school, how many. Only the first block has them.
pub(super) const JOURNEYS: [(Case, usize, u8, u32); 20] = [
    (Case::Waiting, 0, 1, 8),
    (Case::Waiting, 0, 0, 4),
    (Case::Proposed, 0, 1, 2),
    (Case::Returned, 0, 1, 2),
    (Case::Waiting, 1, 1, 4),
    (Case::Waiting, 1, 2, 2),
    (Case::Waiting, 2, 2, 4),
    (Case::Waiting, 3, 2, 4),
    (Case::Waiting, 3, 4, 4),
    (Case::Waiting, 4, 2, 4),
    (Case::Waiting, 5, 1, 4),
    (Case::Waiting, 5, 2, 4),
    (Case::Waiting, 5, 3, 2),
    (Case::Waiting, 5, 5, 4),
    (Case::Proposed, 5, 5, 2),
    (Case::Returned, 5, 3, 2),
    (Case::Waiting, 6, 3, 4),
    (Case::Waiting, 6, 4, 4),
    (Case::Submitted, 5, 0, 2),
    (Case::Waiting, 7, 1, 4),
];

/// What a slot is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Errand {
    pub(super) kind: Kind,
    /// The way of a transfer.
    pub(super) trip: Option<&'static Trip>,
    /// Hands it has passed behind the starting school before the one where it is, or from which it came back.
    pub(super) hops: u8,
    /// The place among [`TOGETHER`] of the list it moves with.
    pub(super) batch: Option<u8>,
}

impl Errand {
    /// 休学: what is finished is nothing else, so that the records of its students fit.
    pub(super) const SUSPENSION: Errand = Errand { kind: Kind::Suspension, trip: None, hops: 0, batch: None };

    /// The errand of the `nth` open application of a state.
    pub(super) fn nth(nth: u32) -> Errand {
        Errand { kind: CYCLE[nth as usize % CYCLE.len()], ..Errand::SUSPENSION }
    }

    /// Which 休学 among all of a state the `nth` application is, when it is one.
    pub(super) fn rank_of_suspension(nth: u32) -> Option<u32> {
        let count = |kinds: &[Kind]| kinds.iter().filter(|kind| **kind == Kind::Suspension).count() as u32;
        let (round, at) = (nth / CYCLE.len() as u32, nth as usize % CYCLE.len());
        (CYCLE[at] == Kind::Suspension).then(|| round * count(&CYCLE) + count(&CYCLE[..at]))
    }
}

/// Open applications go through the kinds in this order; a transfer is made by [`JOURNEYS`].
const CYCLE: [Kind; 20] = [
    Kind::Suspension,
    Kind::Repetition,
    Kind::Suspension,
    Kind::Withdrawal,
    Kind::Suspension,
    Kind::MajorChange,
    Kind::Resumption,
    Kind::Correction,
    Kind::Suspension,
    Kind::Annulment,
    Kind::FormChange,
    Kind::Repetition,
    Kind::Restoration,
    Kind::GradeSkip,
    Kind::Duplicate,
    Kind::Death,
    Kind::Suspension,
    Kind::Other,
    Kind::Suspension,
    Kind::Correction,
];

/// What the starting school types in and brings, and the way it goes.
pub(super) struct Asked {
    pub(super) details: Details,
    /// The request first, then what proves the ground.
    pub(super) papers: Vec<Paper>,
    /// The steps in order, none begun.
    pub(super) steps: Vec<Step>,
}

impl County<'_> {
    /// What a kind asks for, started on this day with papers handed in on another.
    pub(super) fn ask(
        &self,
        errand: Errand,
        (profile, student): (&Profile<'_>, u32),
        days: (Day, Day),
        rng: &mut Rng,
    ) -> Asked {
        let (started, handed_in_on) = days;
        let (ground, papers) = texts::other(errand.kind, rng);
        let ground = ground.to_owned();
        let to = errand.trip.map(|trip| self.receiving(trip, &profile.school.id));
        let details = match (errand.kind, to.clone()) {
            (Kind::Transfer, Some(to)) => Details::Transfer { handed_in_on, to, ground },
            (Kind::MoveOut, _) => {
                let (to_province, to_school, to_office) = OUT_TO;
                Details::MoveOut {
                    handed_in_on,
                    to_province: to_province.into(),
                    to_school: to_school.into(),
                    to_office: to_office.into(),
                    ground,
                }
            }
            (Kind::MoveIn, _) => {
                let (from_province, from_school, from_office) = IN_FROM;
                Details::MoveIn {
                    reached_on: handed_in_on,
                    reference: format!("YL{}{:06}", handed_in_on.format("%Y"), student + 1),
                    from_province: from_province.into(),
                    from_school: from_school.into(),
                    from_office: from_office.into(),
                    person: Box::new(newcomer(self.student(student))),
                    ground,
                }
            }
            (Kind::Repetition, _) => Details::Repetition { years: 1, ground },
            (Kind::FormChange, _) => {
                Details::FormChange { to: StudyForm::PartTime, plan: "演练培养方案1号".to_owned(), ground }
            }
            (Kind::GradeSkip, _) => Details::GradeSkip { ground },
            (Kind::Withdrawal, _) => Details::Withdrawal { ground },
            (Kind::MajorChange, _) => Details::MajorChange { to: profile.another_major(), ground },
            (Kind::Resumption, _) => Details::Resumption { on: started + Days::new(7), years: 1, ground },
            (Kind::Restoration, _) => Details::Restoration { ground },
            (Kind::Annulment, _) => Details::Annulment { ground },
            (Kind::Duplicate, _) => Details::Duplicate(DuplicateAsk {
                with: DuplicateWith::Secondary,
                other_school: self.elsewhere(profile),
                other_name: String::new(),
                person: None,
                ground,
            }),
            (Kind::ComingOver, _) => coming::details(self.student(student), ground),
            (Kind::Death, _) => Details::Death { on: started - Days::new(5), ground },
            (Kind::Correction, _) => {
                let to = (profile.birth + Days::new(1)).to_string();
                Details::Correction { handed_in_on, field: PersonalField::Birth, to, ground }
            }
            _ => Details::Other { title: "学籍备注".to_owned(), ground },
        };
        Asked { details, papers, steps: steps(errand, profile, to) }
    }

    /// A school of another authority: it could dispute a duplicate.
    fn elsewhere(&self, profile: &Profile<'_>) -> Option<OfficeId> {
        let mut schools = self.places.schools.iter();
        schools.find(|school| school.authority != profile.school.authority).map(|school| school.id.clone())
    }

    /// A school of the authority that a transfer leads to, and not the one it comes from.
    fn receiving(&self, trip: &Trip, from: &OfficeId) -> OfficeId {
        let schools = self.places.schools.iter().filter(|school| school.authority.as_str() == trip.to);
        schools.map(|school| &school.id).find(|id| *id != from).unwrap_or(from).clone()
    }
}

/// The student as the national system has him.
fn newcomer(student: Student) -> Newcomer {
    Newcomer {
        name: student.name,
        sex: Some(student.sex),
        birth: Some(student.birth),
        id_kind: student.id_kind,
        id_no: student.id_no,
        ethnic: student.ethnic,
        student_no: student.student_no,
        class_name: student.class_name,
        major: student.major,
        study_form: student.study_form,
        half_years: student.half_years,
        entry: student.entry,
        planned_grad: student.planned_grad,
        joint: None,
    }
}

/// The hands of a transfer across provinces: those outside have a clock for reference only.
fn abroad(kind: Kind, profile: &Profile<'_>) -> Vec<Step> {
    let own = |hand: &str, role| Step {
        hand: hand.into(),
        role,
        time: given("R12.3", "12", false),
        rounds: Vec::new(),
        outside: None,
    };
    let outside = |(province, name): (&str, &str), school: bool| {
        let place = province_name(province).unwrap_or(province);
        let name = if name.is_empty() { format!("{place}学籍主管部门") } else { name.to_owned() };
        let outside = Outside { name, province: province.to_owned(), school };
        let role = if school { StepRole::ReceivingSchool } else { StepRole::Authority };
        let (hand, time) = (outside.hand(), given("R12.3", "12", true));
        Step { hand, role, time, rounds: Vec::new(), outside: Some(outside) }
    };
    let starting = own(profile.school.id.as_str(), StepRole::StartingSchool);
    let authority = own(profile.authority, StepRole::Authority);
    if kind == Kind::MoveOut {
        let (province, school, office) = OUT_TO;
        vec![starting, outside((province, school), true), authority, outside((province, office), false)]
    } else {
        let (province, _, office) = IN_FROM;
        vec![starting, outside((province, office), false), authority]
    }
}

fn given(rule: &'static str, article: &'static str, reference: bool) -> Option<GivenTime> {
    Some(GivenTime { rule: rule.into(), article: article.into(), budget: BUDGET, reference })
}

/// The hands, each with its time. Art. 13 gives the school none, the others ten working days.
pub(super) fn steps(errand: Errand, profile: &Profile<'_>, to: Option<OfficeId>) -> Vec<Step> {
    let step = |hand: &str, role, time| Step { hand: hand.into(), role, time, rounds: Vec::new(), outside: None };
    let school = profile.school.id.as_str();
    if matches!(errand.kind, Kind::MoveOut | Kind::MoveIn) {
        return abroad(errand.kind, profile);
    }
    if let (Some(trip), Some(to)) = (errand.trip, to) {
        let mut steps = vec![
            step(school, StepRole::StartingSchool, given("R12.3", "12", false)),
            step(to.as_str(), StepRole::ReceivingSchool, given("R12.3", "12", false)),
        ];
        steps.extend(trip.hands.iter().map(|(hand, reference)| {
            let rule = match (*reference, errand.batch) {
                (false, _) => "R12.3",
                (true, None) => "R12.4",
                (true, Some(_)) => "R12.5",
            };
            step(hand, StepRole::Authority, given(rule, "12", *reference))
        }));
        return steps;
    }
    let (first, second) = match errand.kind {
        Kind::Correction => (given("R14.1", "14", false), given("R14.2", "14", false)),
        Kind::Duplicate => (None, given("R8.4", "8", false)),
        Kind::ComingOver => (None, given("R12.20", "12", true)),
        _ => (None, given("R13.2", "13", false)),
    };
    let examiner = coming::examiner(profile.authority);
    let authority = if errand.kind == Kind::ComingOver { examiner.as_str() } else { profile.authority };
    vec![step(school, StepRole::StartingSchool, first), step(authority, StepRole::Authority, second)]
}
