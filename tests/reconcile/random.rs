//! Random lists laid beside random files: what the store's columns say equals what comparing everybody with everybody
//! says, and the line of FM5 is the one of whole numbers.

use proptest::prelude::*;
use std::collections::BTreeSet;
use xueji::law::negative::fm5;
use xueji::model::*;
use xueji::store::{Comparison, MatchedBy, MemoryStore, Store, Unequal};

const SCHOOL: &str = "3641000001";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What one side says of somebody: number, name, major, status, from small pools so that many meet.
#[derive(Debug, Clone)]
struct Said {
    number: u8,
    name: u8,
    major: u8,
    status: u8,
}

const NAMES: [&str; 4] = ["演练甲", "演练乙", "阿米娜·演练", "阿米娜・演 练"];
const STATUSES: [Status; 4] = [Status::Enrolled, Status::Registered, Status::Suspended, Status::Withdrawn];

fn number(of: u8) -> String {
    format!("N{of:03}")
}

fn said() -> impl Strategy<Value = Said> {
    (0..12_u8, 0..4_u8, 0..2_u8, 0..4_u8).prop_map(|(number, name, major, status)| Said { number, name, major, status })
}

fn by() -> Signature {
    Signature {
        account: "a".into(),
        person: "p".into(),
        name: "名".into(),
        office: "410782".into(),
        post: Post::Keeper,
        on_behalf: None,
    }
}

fn student(id: u64, of: &Said, former: &[u8]) -> Student {
    Student {
        id: StudentId(id),
        revision: 1,
        student_no: format!("G{}", number(of.number)),
        name: NAMES[of.name as usize].into(),
        sex: Sex::Female,
        birth: day("2009-03-01"),
        id_kind: "A".into(),
        id_no: number(of.number),
        ethnic: "汉族".into(),
        school: SCHOOL.into(),
        campus: String::new(),
        class_name: String::new(),
        major: ["610101", "720301"][of.major as usize].into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: day("2025-09-01"),
        planned_grad: day("2028-07-01"),
        status: STATUSES[of.status as usize],
        status_since: day("2025-09-01"),
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        history: Vec::new(),
        former: former
            .iter()
            .map(|old| FormerValue {
                field: PersonalField::IdNumber,
                value: number(*old),
                until: day("2025-10-01"),
                application: None,
            })
            .collect(),
        joint: None,
        entry_facts: EntryFacts::default(),
    }
}

fn line(of: &Said) -> NationalLine {
    NationalLine {
        id_no: number(of.number),
        id_kind: "A".into(),
        student_no: format!("G{}", number(of.number)),
        name: NAMES[of.name as usize].into(),
        sex: Some(Sex::Female),
        birth: Some(day("2009-03-01")),
        entry: Some(day("2025-09-01")),
        major: ["610101", "720301"][of.major as usize].into(),
        study_form: StudyForm::FullTime,
        half_years: Some(6),
        status: STATUSES[of.status as usize],
        class_name: "25甲班".into(),
    }
}

fn commit(store: &MemoryStore, records: Vec<(Record, u64)>) {
    let writes = records.into_iter().map(|(record, based_on)| Write { record, based_on }).collect();
    let change =
        Change { writes, actor: None, at: "2025-10-15T09:00".parse().unwrap(), command_id: None, command: "{}".into() };
    store.commit(&[change]).unwrap();
}

fn list(load: u32, lines: usize, pages: usize, pairs: Vec<NationalPair>) -> NationalList {
    NationalList {
        school: SCHOOL.into(),
        revision: u64::from(load),
        load,
        at: "2025-10-15T09:00".parse().unwrap(),
        by: by(),
        digest: Digest(String::new()),
        lines: lines as u32,
        pages: pages as u32,
        past: [None; 2],
        pairs,
    }
}

fn same(student: &Student, line: &NationalLine) -> bool {
    // By the words of the field: dots and blanks are no difference, and 备案 is no status of the national system.
    let name = |text: &str| text.replace('・', "·").replace(' ', "");
    let status = |of: Status| if of == Status::Registered { Status::Enrolled } else { of };
    name(&student.name) == name(&line.name)
        && student.major.as_str() == line.major
        && status(student.status) == status(line.status)
}

/// Everybody with everybody: the first file and line of a number, the living before the others, then former numbers,
/// then what a person said.
fn brute(files: &[Student], lines: &[NationalLine], pairs: &[(StudentId, String)]) -> Comparison {
    let mut by_life: Vec<&Student> = files.iter().filter(|one| one.status.is_live()).collect();
    by_life.extend(files.iter().filter(|one| !one.status.is_live()));
    let mut order: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].status.is_live()).collect();
    order.extend((0..lines.len()).filter(|at| !lines[*at].status.is_live()));
    let mut taken = BTreeSet::new();
    let mut of = Comparison { here: files.len() as u32, there: lines.len() as u32, ..Comparison::default() };
    let mut rest = Vec::new();
    for file in by_life {
        let found = order.iter().find(|at| !taken.contains(*at) && lines[**at].id_no == file.id_no);
        match found {
            Some(&at) => {
                taken.insert(at);
                if !same(file, &lines[at]) {
                    of.unequal.push(Unequal { student: file.id, line: at as u32, by: MatchedBy::Number });
                }
            }
            None => rest.push(file),
        }
    }
    rest.sort_by_key(|file| file.id);
    for by in [MatchedBy::Former, MatchedBy::Person] {
        for file in std::mem::take(&mut rest) {
            let numbers: Vec<&String> = match by {
                MatchedBy::Former => file.former.iter().map(|one| &one.value).collect(),
                _ => pairs.iter().filter(|(id, _)| *id == file.id).map(|(_, number)| number).collect(),
            };
            let fits = |at: &usize| !taken.contains(at) && numbers.contains(&&lines[*at].id_no);
            match (0..lines.len()).find(fits) {
                Some(at) => {
                    taken.insert(at);
                    of.unequal.push(Unequal { student: file.id, line: at as u32, by });
                }
                None => rest.push(file),
            }
        }
    }
    of.only_here = rest.iter().filter(|file| file.status.is_live()).map(|file| file.id).collect();
    of.only_there = (0..lines.len()).filter(|at| !taken.contains(at)).map(|at| at as u32).collect();
    of.unequal.sort_by_key(|one| one.line);
    of
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_columns_say_what_comparing_everybody_with_everybody_says(
        files in prop::collection::vec((said(), prop::option::of(20..26_u8)), 0..14),
        lines in prop::collection::vec(said(), 0..14),
        spare in prop::collection::btree_set(20..30_u8, 0..4),
        pair in prop::option::of((0..14_usize, 26..30_u8)),
        changed in prop::option::of((0..14_usize, said())),
    ) {
        // A number lives once on each side; the lists of both systems are checked for that when they come in.
        let mut seen = BTreeSet::new();
        let files: Vec<Student> = files.iter().enumerate()
            .filter(|(_, (of, _))| of.status == 3 || seen.insert(of.number))
            .scan(BTreeSet::new(), |olds, (at, (of, old))| {
                // A number one file had before is nobody else's.
                let old = old.filter(|old| olds.insert(*old));
                Some(student(at as u64 + 1, of, old.as_slice()))
            })
            .collect();
        let mut seen = BTreeSet::new();
        let mut lines: Vec<NationalLine> =
            lines.iter().filter(|of| of.status == 3 || seen.insert(of.number)).map(line).collect();
        lines.extend(spare.iter().map(|number| line(&Said { number: *number, name: 0, major: 0, status: 0 })));

        let store = MemoryStore::new();
        commit(&store, files.iter().map(|of| (Record::Student(Box::new(of.clone())), 0)).collect());
        let pairs: Vec<(StudentId, String)> = pair.iter()
            .filter_map(|(at, old)| Some((files.get(*at)?.id, number(*old))))
            .collect();
        let said = pairs.iter().map(|(id, number)| NationalPair {
            student: *id, number: number.clone(), same: true, by: by(), at: "2025-10-15T09:00".parse().unwrap(),
        });
        let pages: Vec<_> = lines.chunks(NATIONAL_PAGE).enumerate()
            .map(|(page, of)| (Record::NationalPage(Box::new(NationalPage::of(SCHOOL.into(), page as u32, 1, of))), 0))
            .collect();
        let head = list(1, lines.len(), pages.len(), said.collect());
        prop_assert_eq!(store.national(&SCHOOL.into()), None, "without a list there is nothing to compare");
        prop_assert_eq!(
            store.national_would_be(&SCHOOL.into(), &lines),
            brute(&files, &lines, &[]),
            "before it is stored"
        );
        commit(&store, pages.into_iter().chain([(Record::NationalList(Box::new(head)), 0)]).collect());
        prop_assert_eq!(store.national(&SCHOOL.into()).unwrap(), brute(&files, &lines, &pairs));

        // A change here is seen at once, and the columns are those that a fresh reading gives.
        let mut files = files;
        if let Some((at, of)) = changed
            && let Some(file) = files.get_mut(at)
        {
            let live = |status: u8| status != 3;
            let keeps = live(of.status) == file.status.is_live();
            let after = Student { revision: 2, ..student(file.id.0, &Said { number: of.number, ..of }, &[]) };
            let after = Student { id_no: file.id_no.clone(), former: file.former.clone(), ..after };
            if keeps {
                commit(&store, vec![(Record::Student(Box::new(after.clone())), 1)]);
                *file = after;
            }
        }
        prop_assert_eq!(store.national(&SCHOOL.into()).unwrap(), brute(&files, &lines, &pairs));
        prop_assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    }

    #[test]
    fn lines_come_out_of_their_pages_as_they_went_in(lines in prop::collection::vec(said(), 0..90)) {
        let lines: Vec<NationalLine> = lines.iter().enumerate().map(|(at, of)| NationalLine {
            student_no: if at % 3 == 0 { "别的号".into() } else { format!("G{}", number(of.number)) },
            birth: (at % 4 > 0).then(|| day("1899-12-31") + chrono::TimeDelta::days(at as i64 * 600 + 1)),
            entry: (at % 5 > 0).then(|| Day::from_ymd_opt(2000 + at as i32 % 30, at as u32 % 12 + 1, 1).unwrap()),
            sex: [None, Some(Sex::Male), Some(Sex::Female)][at % 3],
            half_years: (at % 7 > 0).then_some(at as u8 % 12 + 1),
            class_name: format!("{}班", at % 9),
            ..line(of)
        }).collect();
        let page = NationalPage::of(SCHOOL.into(), 3, 1, &lines);
        prop_assert_eq!(page.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn the_line_is_passed_only_by_more_than_two_in_a_hundred(n in 0..500_u64, of in 1..20_000_u64) {
        prop_assert_eq!(fm5::is_over(n, of), n * 50 > of);
        let left = fm5::left_to_line(n, of);
        if left >= 0 {
            prop_assert!(!fm5::is_over(n + left as u64, of) && fm5::is_over(n + left as u64 + 1, of));
        } else {
            prop_assert!(fm5::is_over(n, of) && !fm5::is_over(n - left.unsigned_abs(), of));
        }
    }
}

#[test]
fn a_page_of_ordinary_lines_stays_under_four_kilobytes() {
    let one = |at: usize| NationalLine {
        id_no: format!("41078220090301{at:04}"),
        student_no: format!("G41078220090301{at:04}"),
        name: "演练甲乙".into(),
        class_name: format!("25机电{}班", at % 8),
        major: format!("66030{}", at % 6),
        ..line(&Said { number: 0, name: 0, major: 0, status: 0 })
    };
    let lines: Vec<NationalLine> = (0..NATIONAL_PAGE).map(one).collect();
    let page = Record::NationalPage(Box::new(NationalPage::of(SCHOOL.into(), 0, 1, &lines)));
    let bytes = xueji::store::codec::encode(&page).unwrap().len();
    assert!(bytes < 4096, "{bytes}");
    assert!(bytes / NATIONAL_PAGE <= 50, "{} bytes a line", bytes / NATIONAL_PAGE);
}
