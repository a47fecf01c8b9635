use super::*;
use crate::model::{Day, Sex, Status, StudyForm};

fn student(id: u64, name: &str, id_no: &str, school: &str) -> Student {
    let day = |text: &str| -> Day { text.parse().unwrap() };
    Student {
        id: StudentId(id),
        revision: 1,
        student_no: format!("G9{id:08}"),
        name: name.into(),
        sex: Sex::Male,
        birth: day("2008-03-04"),
        id_kind: "1".into(),
        id_no: id_no.into(),
        ethnic: "汉族".into(),
        school: school.into(),
        campus: String::new(),
        class_name: String::new(),
        major: "710205".into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: day("2024-09-01"),
        planned_grad: day("2027-07-01"),
        status: Status::Enrolled,
        status_since: day("2024-11-01"),
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        entry_facts: Default::default(),
        history: Vec::new(),
        former: Vec::new(),
        joint: None,
    }
}

fn search(students: &[(&str, &str)]) -> Search {
    let mut search = Search::default();
    for (id, (name, id_no)) in (1..).zip(students) {
        search.put(&student(id, name, id_no, "a"));
    }
    search
}

fn find(search: &Search, text: &str) -> Vec<u64> {
    search.find(text, 20, &|_| true).iter().map(|id| id.0).collect()
}

#[test]
fn whole_names_come_first_then_beginnings_then_parts() {
    let search = search(&[("李小明", ""), ("小明", ""), ("小明明", ""), ("王明", ""), ("小明", "")]);
    assert_eq!(find(&search, "小明"), [2, 5, 3, 1]);
    assert_eq!(find(&search, "xm"), [2, 5, 3, 1]);
    assert_eq!(find(&search, "ＸＭ"), [2, 5, 3, 1]);
    assert_eq!(search.find("小明", 1, &|_| true), [StudentId(2)]);
    assert_eq!(search.find("小明", 3, &|_| true).last(), Some(&StudentId(3)));
}

#[test]
fn initials_with_the_tail_of_the_number() {
    let search = search(&[
        ("张三", "41078220080101803X"),
        ("赵四", "41078220080101803x"),
        ("李四", "41078220080101803X"),
        ("张三", "410782200801018038"),
        ("张三", "410782803X01018038"),
    ]);
    for text in ["zs 803X", "zs 803x", "ZS 803x", "ｚｓ　８０３Ｘ", "803X zs"] {
        assert_eq!(find(&search, text), [1, 2], "{text}");
    }
    assert_eq!(find(&search, "张 803x"), [1]);
    assert_eq!(find(&search, "803x"), [1, 2, 3, 5]);
    assert_eq!(find(&search, "zs 8"), [4, 5]);
    assert_eq!(find(&search, "410782 2008 0101"), [1, 2, 3, 4], "a number in groups is one number");
}

#[test]
fn parts_of_numbers_have_three_characters() {
    let search = search(&[("张三", "EA1234567"), ("李四", "41078220080101803X")]);
    assert_eq!(find(&search, "ea1"), [1]);
    assert_eq!(find(&search, "67"), [] as [u64; 0]);
    assert_eq!(find(&search, "567"), [1]);
    assert_eq!(find(&search, "G900"), [1, 2]);
    for nothing in ["", "  ", "·", "-", "4"] {
        assert_eq!(find(&search, nothing), [] as [u64; 0], "{nothing:?}");
    }
}

#[test]
fn every_living_reading_finds_and_dead_ones_do_not() {
    let search = search(&[("单小雨", ""), ("乐小雨", ""), ("尉迟雨", ""), ("阿依·雨", "")]);
    assert_eq!(find(&search, "sxy"), [1]);
    assert_eq!(find(&search, "dxy"), [] as [u64; 0]);
    assert_eq!(find(&search, "yxy"), [2]);
    assert_eq!(find(&search, "lxy"), [2]);
    assert_eq!(find(&search, "ycy"), [3]);
    assert_eq!(find(&search, "阿依雨"), [4]);
    assert_eq!(find(&search, "阿依·雨"), [4]);
    assert_eq!(find(&search, "阿依.雨"), [4]);
}

/// Few or many visible students are looked at in two ways, which must agree.
#[test]
fn scope_holds_whichever_way_is_taken() {
    let mut search = Search::default();
    for id in 1..=40 {
        search.put(&student(id, "张三", "41078220080101803X", if id % 10 == 0 { "small" } else { "great" }));
    }
    let at = |school: &'static str| move |id: &OfficeId| id.as_str() == school;
    for text in ["张", "zs", "803x", "zs 803x"] {
        let small = search.find(text, 100, &at("small"));
        assert_eq!(small, [10, 20, 30, 40].map(StudentId), "{text}");
        assert_eq!(search.find(text, 100, &at("great")).len(), 36, "{text}");
        assert_eq!(search.find(text, 100, &at("none")), [], "{text}");
    }
    // Moving school moves the scope with it.
    search.put(&student(10, "张三", "41078220080101803X", "great"));
    assert_eq!(search.find("zs", 100, &at("small")), [20, 30, 40].map(StudentId));
}

/// Ids in any order, across the edges of pieces: the same as by ascending ids.
#[test]
fn pieces_hold_whatever_comes_in_whatever_order() {
    let last = 3 * PIECE as u64 + 1;
    let one = |id: u64| student(id, if id % 1000 == 7 { "欧阳七" } else { "王五" }, &format!("{id:018}"), "a");
    let (mut up, mut down, mut odd) = (Search::default(), Search::default(), Search::default());
    (1..=last).for_each(|id| up.put(&one(id)));
    (1..=last).rev().for_each(|id| down.put(&one(id)));
    (1..=last).filter(|id| id % 2 == 1).chain((1..=last).filter(|id| id % 2 == 0)).for_each(|id| odd.put(&one(id)));
    assert!(up.pieces.iter().all(|piece| piece.ids.len() <= PIECE));
    for other in [&down, &odd] {
        assert_eq!(up.difference(other), None);
        let wanted: Vec<u64> = (0..).map(|n| n * 1000 + 7).take_while(|id| *id <= last).collect();
        assert_eq!(find(other, "oyq"), wanted);
        assert_eq!(find(other, &format!("{last:018}")), [last]);
    }
    down.put(&student(5000, "单某", "1", "b"));
    assert_eq!(up.difference(&down), Some(StudentId(5000)));
    assert_eq!(find(&down, "单"), [5000]);
    down.put(&one(last + 1));
    assert_eq!(down.last(), Some(StudentId(last + 1)));
}

/// A copy stays as it was.
#[test]
fn who_searches_sees_one_moment() {
    let mut search = search(&[("张三", "1")]);
    let before = search.clone();
    search.put(&student(1, "李四", "1", "a"));
    assert_eq!((find(&before, "张三"), find(&search, "张三")), (vec![1], vec![]));
}

/// What is passed over because enough fit better is what would not have been given back: in whatever pieces they lie,
/// the same as looking at everybody.
#[test]
fn nobody_who_fits_better_is_passed_over() {
    let signs = ["王", "张", "郑", "周", "明", "欧", "阳", "单", "洋"];
    let mut search = Search::default();
    let many = 3 * PIECE as u64;
    for id in 1..=many {
        // One sign now and then, late: the whole of what is looked for, when beginnings are long enough.
        let length = if id % 3001 == 0 { 1 } else { 2 + id % 3 };
        let name: String = (0..length).map(|at| signs[((id * 7 + at * 5 + id / 11) % 9) as usize]).collect();
        search.put(&student(id, &name, &format!("41078220080101{:04}", id % 9000), "a"));
    }
    for text in ["z", "y", "zm", "王", "王张", "明", "单", "zzz", "王 z", "z 0012", "100"] {
        let wanted = Wanted::read(text).unwrap();
        let mut all: Vec<(Fit, StudentId)> = Vec::new();
        for piece in &search.pieces {
            let fits = (0..piece.ids.len()).filter_map(|at| Some((wanted.fit(piece, at)?, piece.ids[at])));
            all.extend(fits);
        }
        all.sort();
        for count in [1, 5, 60, 2000] {
            let expected: Vec<StudentId> = all.iter().take(count).map(|(_, id)| *id).collect();
            assert_eq!(search.find(text, count, &|_| true), expected, "{text}, {count}");
        }
    }
}
