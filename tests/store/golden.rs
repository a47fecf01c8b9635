//! The frozen bytes of version 1. A line here is never changed: when a struct changes, a version is added.

use crate::support::*;
use xueji::model::*;
use xueji::store::codec::{self, CodecError};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn samples() -> Vec<(&'static str, Record)> {
    vec![
        ("facts", facts(3)),
        ("office", office(COUNTY, 300)),
        ("school", school(SCHOOL, 1)),
        ("major", major()),
        ("account", account("zhang", 2)),
        ("student", student(12, 4)),
        ("application", Record::Application(Box::new(full_application()))),
        ("transfer-major", Record::Application(Box::new(transfer_major()))),
        ("answer", answer(99)),
        ("calendar", calendar_year()),
        ("reminders", reminders()),
        ("desk", desk()),
        ("qualification", qualification()),
        ("batch", batch()),
        ("leaving", leaving()),
        ("graduates", graduates()),
        ("succession", succession()),
        ("mappings", mappings()),
        ("alert", crate::negative::alert()),
        ("attendance", crate::negative::attendance()),
        ("standing", crate::negative::standing()),
        ("national-page", crate::national::page()),
        ("national-list", crate::national::list()),
        ("national-mark", crate::national::mark()),
        ("national-before", crate::national::before()),
        ("semester", semester()),
        ("paperfile", crate::upkeep::paper_file()),
        ("demands", crate::upkeep::demands()),
        ("semestercheck", crate::upkeep::semester_check()),
    ]
}

/// The full application, asking for another school and another major at once.
fn transfer_major() -> Application {
    let details = Details::TransferMajor {
        handed_in_on: day("2025-10-10"),
        to: "3641000002".into(),
        new_major: "710201".into(),
        ground: "搬家".into(),
    };
    Application { details, ..full_application() }
}

fn mappings() -> Record {
    let columns = [("证件", "身份证件号"), ("名字", "姓名")].map(|(theirs, ours)| (theirs.into(), ours.into()));
    let mappings = vec![Mapping { name: "演练招办".into(), columns: columns.into() }];
    Record::Mappings(Mappings { office: SCHOOL.into(), revision: 3, mappings })
}

fn semester() -> Record {
    Record::SemesterStart(SemesterStart {
        year: 2026,
        season: Season::Autumn,
        revision: 2,
        day: day("2026-08-31"),
        document: "演教〔2026〕1号".into(),
        loaded: day("2026-06-01"),
    })
}

fn entry() -> JournalEntry {
    let actor = Actor {
        account: "zhang".into(),
        person: "p1".into(),
        name: "张".into(),
        office: COUNTY.into(),
        posts: vec![Post::Handler],
        standing_in: vec![StandIn {
            account: "li".into(),
            person: "p2".into(),
            name: "李".into(),
            posts: vec![Post::Reviewer],
            until: day("2025-10-20"),
        }],
    };
    JournalEntry {
        seq: 70000,
        at: at("2025-10-15T09:00"),
        actor: Some(actor),
        command_id: Some(CommandId::from_u128(5)),
        command: "{}".into(),
        writes: vec![(vec![5, 1], vec![1, 2, 3])],
        previous: [0xcd; 32],
    }
}

fn frozen() -> Vec<(&'static str, Vec<u8>)> {
    let lines = include_str!("golden-v1.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap()).map(|(name, digits)| (name, unhex(digits))).collect()
}

#[test]
fn version_one_of_every_record_reads_and_writes_as_frozen() {
    let frozen = frozen();
    let mut written: Vec<_> =
        samples().into_iter().map(|(name, record)| (name, codec::encode(&record).unwrap())).collect();
    written.push(("entry", codec::encode_entry(&entry()).unwrap()));
    let text: Vec<_> = written.iter().map(|(name, bytes)| format!("{name} {}", hex(bytes))).collect();
    assert_eq!(frozen, written, "the form has changed; it would now be:\n{}\n", text.join("\n"));
    for ((name, record), (_, bytes)) in samples().into_iter().zip(&frozen) {
        assert_eq!(codec::decode(record.key().kind(), bytes).unwrap(), record, "{name}");
    }
    assert_eq!(codec::decode_entry(&frozen.last().unwrap().1).unwrap(), entry());
    for kind in RecordKind::ALL {
        assert!(samples().iter().any(|(_, record)| record.key().kind() == *kind), "{kind:?} is not frozen");
    }
}

#[test]
fn what_is_not_a_whole_record_is_refused() {
    for (name, record) in samples() {
        let kind = record.key().kind();
        let bytes = codec::encode(&record).unwrap();
        for length in 0..bytes.len() {
            assert!(codec::decode(kind, &bytes[..length]).is_err(), "{name} cut to {length}");
        }
        assert!(codec::decode(kind, &[&bytes[..], &[0]].concat()).is_err(), "{name} with a byte too many");
        let newer = [&[2], &bytes[1..]].concat();
        assert_eq!(codec::decode(kind, &newer), Err(CodecError::Version(2)), "{name}");
    }
    assert_eq!(codec::decode(RecordKind::Facts, &[]), Err(CodecError::Empty));
    let boast = [1, 253, 255, 255, 255, 255, 255, 255, 255, 127];
    assert!(codec::decode(RecordKind::Office, &boast).is_err(), "a length beyond the limit allocates nothing");
}

#[test]
fn the_size_limit_is_exact() {
    let with = |length: usize| {
        let mut long = match answer(1) {
            Record::Answer(answer) => answer,
            _ => unreachable!(),
        };
        long.answer = "x".repeat(length);
        codec::encode(&Record::Answer(long))
    };
    // 17 + 16 + 1 bytes before the text, and 5 for its length.
    let most = codec::RECORD_LIMIT as usize - 39;
    assert_eq!(with(most).unwrap().len() as u64, codec::RECORD_LIMIT + 1);
    assert!(with(most + 1).is_err());
}
