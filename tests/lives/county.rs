//! The offices, schools and students whose lives are lived: two cities, a 省直管 one, a county without accounts here.

use super::allowed::Allowed;
use super::wishes;
use serde_json::json;
use std::collections::BTreeMap;
use xueji::data;
use xueji::desk::{self, Asked, Decided, State};
use xueji::law::calendar::Calendar;
use xueji::model::{
    Account, Actor, Command, Day, Digest, Founding, Kind, Major, OfferLine, Office, OfficeId, Phase, Post, Season,
    Seed, Stamp, Status, StatusChange, Student, StudentId, StudyForm,
};
use xueji::store::{Options, SledStore, Store};

/// Code, name, level, parent.
const OFFICES: [(&str, &str, &str, Option<&str>); 7] = [
    ("410000", "演练省教育厅", "province", None),
    ("410700", "演练甲市教育局", "city", Some("410000")),
    ("410782", "演练甲一县教育局", "county", Some("410700")),
    ("410721", "演练甲二县教育局", "county", Some("410700")),
    ("411000", "演练乙市教育局", "city", Some("410000")),
    ("411002", "演练乙一县教育局", "county", Some("411000")),
    ("410783", "演练直管市教育局", "city", Some("410000")),
];

/// Has nobody here: its word is recorded by others.
pub(crate) const NOT_HERE: &str = "411002";

/// Code, sponsor, competent office.
const SCHOOLS: [(&str, &str, &str); 8] = [
    ("3641990001", "县属", "410782"),
    ("3641990002", "县属", "410782"),
    ("3641990003", "县属", "410721"),
    ("3641990004", "市属", "410700"),
    ("3641990005", "县属", "411002"),
    ("3641990006", "市属", "411000"),
    ("3641990007", "市属", "410783"),
    ("3641990008", "省属", "410000"),
];

/// Ordinary ones and one under provincial care (省管).
pub(crate) const MAJORS: [&str; 4] = ["610101", "710205", "660301", "720201"];

pub(crate) struct County {
    pub(crate) store: SledStore,
    pub(crate) calendar: Calendar,
    pub(crate) schools: Vec<OfficeId>,
    pub(crate) now: Stamp,
    /// How many students there were at first.
    founded: u64,
    /// The papers that schools bring, by name; they lie in the evidence folder.
    pub(crate) brought: BTreeMap<&'static str, Digest>,
    /// First and second post of every office that has accounts.
    hands: BTreeMap<OfficeId, (Actor, Actor)>,
    _folder: tempfile::TempDir,
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// One line of the timeline.
pub(crate) fn turn(student: &mut Student, to: Status, on: Day) {
    let from = student.history.last().map(|line| line.to);
    student.history.push(StatusChange { from, to, on, application: None, article: "13".into() });
    (student.status, student.status_since) = (to, on);
}

impl County {
    pub(crate) fn found(students: u64) -> County {
        let folder = tempfile::tempdir().unwrap();
        SledStore::create(folder.path()).unwrap();
        let (store, _) = SledStore::open(folder.path(), Options::default(), &mut |_| {}).unwrap();
        let calendar = Calendar::new("试", data::calendar_days().unwrap()).unwrap();
        let now: Stamp = "2024-09-23T09:00".parse().unwrap();
        let schools = SCHOOLS.iter().map(|(code, ..)| OfficeId::from(*code)).collect();
        let mut county = County {
            store,
            calendar,
            schools,
            now,
            founded: students,
            brought: BTreeMap::new(),
            hands: BTreeMap::new(),
            _folder: folder,
        };
        for paper in Kind::ALL.into_iter().flat_map(wishes::papers) {
            let digest = Digest(blake3::hash(paper.as_bytes()).to_hex().to_string());
            let evidence = county.store.evidence();
            evidence.append("demo", &digest, paper.len() as u64, 0, paper.as_bytes()).unwrap();
            evidence.finish("demo", &digest, paper.len() as u64).unwrap();
            county.brought.insert(paper, digest);
        }
        let master = master();
        for account in &master.accounts {
            let actor = Actor::from(account);
            let first = account.posts.iter().any(|post| matches!(post, Post::Entry | Post::Handler));
            let (one, other) =
                county.hands.entry(account.office.clone()).or_insert_with(|| (actor.clone(), actor.clone()));
            *(if first { one } else { other }) = actor;
        }
        let office = "410000".into();
        county.put(Command::Found(Box::new(Founding { exercise: Some(now), office, master })));
        for from in (1..=students).step_by(250) {
            let all = from..=students.min(from + 249);
            let students = all.map(|id| county.newcomer(id)).collect();
            county.put(Command::Seed(Box::new(Seed { students, ..Seed::default() })));
        }
        let lines = county.published();
        county.put(Command::PublishQualifications { document: String::new(), lines });
        county
    }

    /// Who acts in the first or second post of an office; none for one that has nobody here.
    pub(crate) fn actor(&self, office: &OfficeId, second: bool) -> Option<&Actor> {
        self.hands.get(office).map(|(one, other)| if second { other } else { one })
    }

    /// How many students there are by now.
    pub(crate) fn students(&self) -> u64 {
        (&self.store as &dyn Store).next_student().0 - 1
    }

    pub(crate) fn student(&self, id: u64) -> Student {
        (&self.store as &dyn Store).student(StudentId(id)).unwrap().unwrap()
    }

    fn put(&mut self, command: Command) {
        // The first commands are the keeper's.
        let actor = Actor { posts: vec![Post::Keeper], ..self.hands[&OfficeId::from("410000")].0.clone() };
        let change = {
            let state = State::new(&self.store, &self.calendar);
            let asked = Asked { actor: &actor, now: self.now, command_id: None };
            match desk::decide(&state, &asked, &command).unwrap() {
                Decided::Do { change, .. } => change,
                Decided::Again(_) => unreachable!(),
            }
        };
        self.store.commit(&[change]).unwrap();
    }

    /// What the schools may recruit for: everything but the last major at the last school.
    fn published(&self) -> Vec<OfferLine> {
        let mut lines = Vec::new();
        for (year, season) in [2024, 2025, 2026].into_iter().flat_map(|year| Season::ALL.map(|season| (year, season))) {
            for (school, major) in self.schools.iter().flat_map(|school| MAJORS.map(|major| (school, major))) {
                if school.as_str() == SCHOOLS[7].0 && major == MAJORS[3] {
                    continue;
                }
                lines.push(OfferLine {
                    school: school.clone(),
                    year,
                    season,
                    major: major.into(),
                    campus: "本部".into(),
                    form: StudyForm::FullTime,
                    half_years: 6,
                    plan: 50,
                });
            }
        }
        lines
    }

    /// A file as it may be found on the first day: most are 在读, and there is one of every status.
    fn newcomer(&self, id: u64) -> Student {
        let (entry, grad, half_years) = match id % 10 {
            0..4 => ("2024-09-01", "2027-07-01", 6),
            4..8 => ("2023-09-01", "2026-07-01", 6),
            8 => ("2022-09-01", "2025-07-01", 6),
            _ => ("2024-09-01", "2025-07-01", 2),
        };
        let number = format!("41078220080304{id:04}");
        let mut student: Student = serde_json::from_value(json!({
            "id": StudentId(id), "revision": 1, "student_no": format!("G{number}"), "name": format!("演练{id}"),
            "sex": "F", "birth": "2008-03-04", "id_kind": "1", "id_no": number, "ethnic": "汉族",
            "school": SCHOOLS[id as usize % SCHOOLS.len()].0, "campus": "本部", "class_name": "24演练1班",
            "major": MAJORS[id as usize / 3 % MAJORS.len()], "study_form": "全日制", "half_years": half_years,
            "entry": entry, "planned_grad": grad, "status": "已注册未备案", "status_since": entry, "suspension": null,
            "repeated": id % 29 / 27, "compulsory_until": id.is_multiple_of(13).then_some("2025-07-10"), "history": [],
        }))
        .unwrap();
        turn(&mut student, Status::Registered, day(entry));
        let filed = day(entry) + chrono::Days::new(15);
        let ends = [Status::Graduated, Status::Completed, Status::StageEnded, Status::Deceased];
        match id % 25 {
            0 => {}
            1 => {
                turn(&mut student, Status::Enrolled, filed);
                turn(&mut student, ends[(id / 25 % 4) as usize], day("2024-09-20"));
            }
            2 => {
                turn(&mut student, Status::Enrolled, filed);
                turn(&mut student, Status::Withdrawn, day("2024-09-20"));
            }
            3 => {
                turn(&mut student, Status::Withdrawn, day("2024-09-20"));
                turn(&mut student, Status::Cancelled, day("2024-09-20"));
            }
            _ => turn(&mut student, Status::Enrolled, filed),
        }
        student
    }

    /// Every file taken by itself: its timeline is whole, every line is allowed, and what is open has changed nothing.
    pub(crate) fn every_file_adds_up(&self, allowed: &Allowed) {
        let store: &dyn Store = &self.store;
        let (mut born, mut ended) = (0, 0);
        for id in 1..=self.students() {
            let student = self.student(id);
            // Who came from another province has another first line, or none yet.
            if id > self.founded && student.history.first().is_some_and(|line| line.to == Status::Registered) {
                // Lived here from the first line on.
                assert_eq!(student.history[0].from, None);
                born += 1;
                ended += u32::from(student.history.iter().any(|line| line.to == Status::Graduated));
            }
            let told = format!("{}: {:#?}", student.id, student.history);
            let mut before: Option<&StatusChange> = None;
            for line in &student.history {
                if let Some(before) = before {
                    assert_eq!(line.from, Some(before.to), "a gap in {told}");
                    assert!(line.on >= before.on, "out of order: {told}");
                    assert_ne!(before.to, Status::Deceased, "after 死亡: {told}");
                    // How the first lines came about is the county's doing: some end in ways that have no kind yet.
                    if line.application.is_some() {
                        assert!(allowed.leads(before.to.name(), line.to.name()), "{told}");
                    }
                }
                if let Some(application) = line.application {
                    let application = store.application(application).unwrap().unwrap();
                    assert_eq!(application.student, student.id);
                    assert_eq!(application.phase, Phase::Granted, "{told}");
                }
                before = Some(line);
            }
            let Some(last) = before else {
                // Who was to come from another province and is not here yet, or did not come.
                assert_eq!(student.status, Status::Unregistered, "{told}");
                continue;
            };
            assert_eq!(last.to, student.status, "{told}");
            assert_eq!(student.suspension.is_some(), student.status == Status::Suspended, "{told}");
            assert!(student.repeated <= 3, "{told}");
            let open = store.open_of_student(student.id);
            let deaths = open.iter().filter(|row| row.kind == Kind::Death).count();
            let changes = open.iter().filter(|row| !matches!(row.kind, Kind::Correction | Kind::Death));
            assert!(changes.count() <= 1 && deaths <= 1, "two changes of status at once: {told}");
            assert!(student.status != Status::Deceased || open.iter().all(|row| row.kind == Kind::Correction));
        }
        assert!(born > 50 && ended > 0, "no life from registration to graduation: {born}, {ended}");
    }
}

fn master() -> Seed {
    let mut seed = Seed::default();
    let office = |code: &str, name: &str, level: &str, parent: Option<&str>, school: serde_json::Value| -> Office {
        let office =
            json!({"id": code, "revision": 1, "name": name, "level": level, "parent": parent, "school": school});
        serde_json::from_value(office).unwrap()
    };
    for (code, name, level, parent) in OFFICES {
        seed.offices.push(office(code, name, level, parent, serde_json::Value::Null));
    }
    for (code, sponsor, of) in SCHOOLS {
        let facts = json!({"region_code": "410782", "sponsor": sponsor, "competent_office": of, "credit_system": true,
            "campuses": ["本部"]});
        seed.offices.push(office(code, &format!("演练{code}校"), "school", Some(of), facts));
    }
    let majors: Vec<Major> = data::majors().unwrap();
    seed.majors = majors.into_iter().filter(|major| MAJORS.contains(&major.code.as_str())).collect();
    assert_eq!(seed.majors.len(), MAJORS.len());
    for major in &mut seed.majors {
        major.revision = 1;
    }
    for office in seed.offices.iter().filter(|office| office.id.as_str() != NOT_HERE) {
        let posts = if office.school.is_some() { ["entry", "review"] } else { ["handler", "reviewer"] };
        for post in posts {
            let id = format!("{}-{post}", office.id);
            let account = json!({"id": id, "revision": 1, "person": format!("p-{id}"), "name": format!("演练{id}"),
                "office": office.id, "posts": [post], "os_user": null, "active": true});
            seed.accounts.push(serde_json::from_value::<Account>(account).unwrap());
        }
    }
    seed
}
