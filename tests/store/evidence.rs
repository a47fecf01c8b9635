//! Evidence in its folder.

use crate::support::*;
use xueji::model::*;
use xueji::store::{EVIDENCE_LIMIT, EvidenceError, EvidenceFolder, EvidenceState, Store, verify_folder};

const ME: &str = "me";

fn digest(bytes: &[u8]) -> Digest {
    Digest(blake3::hash(bytes).to_hex().to_string())
}

fn content() -> Vec<u8> {
    (0..100_000_u32).map(|number| (number % 251) as u8).collect()
}

fn bring(folder: &EvidenceFolder, bytes: &[u8]) -> Digest {
    let (name, size) = (digest(bytes), bytes.len() as u64);
    for (at, piece) in bytes.chunks(48 << 10).enumerate() {
        folder.append(ME, &name, size, (at * (48 << 10)) as u64, piece).unwrap();
    }
    folder.finish(ME, &name, size).unwrap();
    name
}

#[test]
fn a_piece_arrives_in_pieces_and_is_read_back_in_pieces() {
    let root = tempfile::tempdir().unwrap();
    let folder = EvidenceFolder::open(root.path()).unwrap();
    let bytes = content();
    let name = digest(&bytes);
    let size = bytes.len() as u64;
    assert_eq!(folder.append(ME, &name, size, 0, &bytes[..60_000]).unwrap(), 60_000);
    for wrong in [1, 59_999, 60_001, u64::MAX] {
        match folder.append(ME, &name, size, wrong, &bytes[..10]) {
            Err(EvidenceError::Offset { expected, given }) => assert_eq!((expected, given), (60_000, wrong)),
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(folder.finish(ME, &name, size), Err(EvidenceError::Offset { expected: 60_000, .. })));
    assert!(matches!(folder.append(ME, &name, size, 60_000, &bytes[..40_001]), Err(EvidenceError::Size { .. })));
    assert_eq!(folder.append(ME, &name, size, 60_000, &bytes[60_000..]).unwrap(), size);
    assert!(!folder.has(&name, size));
    folder.finish(ME, &name, size).unwrap();
    assert!(folder.has(&name, size));
    assert!(!folder.has(&name, size + 1));
    // Knowing the digest of what is here is not having it: the next one brings every byte, too.
    assert!(matches!(folder.finish("other", &name, size), Err(EvidenceError::Offset { expected: 0, .. })));
    assert_eq!(folder.append("other", &name, size, 0, &bytes[..10]).unwrap(), 10);
    folder.discard("other", &name).unwrap();
    folder.discard("other", &name).unwrap();
    assert_eq!(std::fs::read_dir(root.path().join("tmp")).unwrap().count(), 0);
    assert_eq!(folder.read_piece(&name, 0, 48 << 10).unwrap(), bytes[..48 << 10]);
    assert_eq!(folder.read_piece(&name, 99_990, 48 << 10).unwrap(), bytes[99_990..]);
    assert_eq!(folder.read_piece(&name, size, 10).unwrap(), Vec::<u8>::new());
    assert_eq!(folder.check(&name).unwrap(), EvidenceState::Whole);
}

#[test]
fn half_a_piece_stands_in_nobodys_way_and_may_be_begun_again() {
    let root = tempfile::tempdir().unwrap();
    let folder = EvidenceFolder::open(root.path()).unwrap();
    let bytes = content();
    let (name, size) = (digest(&bytes), bytes.len() as u64);
    // Somebody brings rubbish under this digest and leaves it there.
    assert_eq!(folder.append("../somebody", &name, size, 0, b"rubbish").unwrap(), 7);
    assert_eq!(folder.append(ME, &name, size, 0, &bytes[..60_000]).unwrap(), 60_000);
    assert_eq!(folder.append(ME, &name, size, 0, &bytes[..50_000]).unwrap(), 50_000, "begun again");
    assert_eq!(folder.append(ME, &name, size, 50_000, &bytes[50_000..]).unwrap(), size);
    folder.finish(ME, &name, size).unwrap();
    assert_eq!(folder.check(&name).unwrap(), EvidenceState::Whole);
    assert_eq!(folder.append("../somebody", &name, size, 7, b"more").unwrap(), 11, "its own line goes on");
}

#[test]
fn what_does_not_match_its_digest_is_thrown_away() {
    let root = tempfile::tempdir().unwrap();
    let folder = EvidenceFolder::open(root.path()).unwrap();
    let name = digest(b"what was promised");
    folder.append(ME, &name, 17, 0, b"what was brought!").unwrap();
    assert!(matches!(folder.finish(ME, &name, 17), Err(EvidenceError::Mismatch)));
    assert!(matches!(folder.finish(ME, &name, 17), Err(EvidenceError::Offset { expected: 0, .. })));
    folder.append(ME, &name, 17, 0, b"what was promised").unwrap();
    assert!(matches!(folder.finish(ME, &name, 16), Err(EvidenceError::Mismatch)));
    folder.append(ME, &name, 17, 0, b"what was promised").unwrap();
    folder.finish(ME, &name, 17).unwrap();
}

#[test]
fn a_digest_is_no_path_and_sizes_have_ends() {
    let root = tempfile::tempdir().unwrap();
    let folder = EvidenceFolder::open(root.path()).unwrap();
    for bad in ["", "..", "../../../etc/passwd", &"g".repeat(64), &"A".repeat(64), &"a".repeat(63), &"é".repeat(32)] {
        let bad = Digest(bad.to_owned());
        assert!(matches!(folder.discard(ME, &bad), Err(EvidenceError::BadDigest(_))), "{bad}");
        assert!(matches!(folder.append(ME, &bad, 1, 0, b"x"), Err(EvidenceError::BadDigest(_))), "{bad}");
        assert!(matches!(folder.finish(ME, &bad, 1), Err(EvidenceError::BadDigest(_))), "{bad}");
        assert!(matches!(folder.read_piece(&bad, 0, 1), Err(EvidenceError::BadDigest(_))), "{bad}");
        assert_eq!(folder.check(&bad).unwrap(), EvidenceState::Missing);
    }
    let good = digest(b"x");
    assert!(matches!(folder.append(ME, &good, 0, 0, b""), Err(EvidenceError::Size { .. })));
    assert_eq!(folder.append(ME, &good, EVIDENCE_LIMIT, 0, b"x").unwrap(), 1);
    assert!(matches!(folder.append(ME, &good, EVIDENCE_LIMIT + 1, 0, b"x"), Err(EvidenceError::Size { .. })));
    assert!(matches!(folder.read_piece(&good, 0, 1), Err(EvidenceError::Missing(_))));
}

#[test]
fn what_had_half_arrived_is_gone_after_opening() {
    let root = tempfile::tempdir().unwrap();
    let name = digest(b"whole");
    let kept = {
        let folder = EvidenceFolder::open(root.path()).unwrap();
        folder.append(ME, &name, 5, 0, b"who").unwrap();
        bring(&folder, &content())
    };
    let folder = EvidenceFolder::open(root.path()).unwrap();
    assert!(matches!(folder.finish(ME, &name, 5), Err(EvidenceError::Offset { expected: 0, .. })));
    assert_eq!(folder.check(&kept).unwrap(), EvidenceState::Whole);
}

#[test]
fn verify_names_evidence_that_is_missing_or_altered() {
    let root = small_store();
    let (store, _) = open(root.path()).unwrap();
    let bytes = content();
    let name = bring(store.evidence(), &bytes);
    let id = ApplicationId::new(2025, 1);
    let mut with = application(id, 1, 2);
    with.evidence = full_application().evidence;
    with.evidence[0].digest = name.clone();
    store.commit(&[change(vec![put(Record::Application(Box::new(with)), 1)])]).unwrap();
    let report = store.verify().unwrap();
    assert_eq!((report.evidence, report.damage), (1, vec![]));

    let path = root.path().join("evidence").join(&name.as_str()[..2]).join(name.as_str());
    let mut bad = bytes.clone();
    bad[50_000] ^= 1;
    for (content, word) in [(Some(bad), "does not match"), (Some(vec![]), "does not match"), (None, "missing")] {
        match content {
            Some(content) => std::fs::write(&path, content).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let damage = store.verify().unwrap().damage;
        assert_eq!(damage.len(), 1);
        assert!(damage[0].contains(name.as_str()) && damage[0].contains(word), "{damage:?}");
    }
    store.close().unwrap();
    drop(store);
    assert!(verify_folder(root.path()).unwrap().damage[0].contains("is missing"));
    std::fs::write(&path, bytes).unwrap();
    let report = verify_folder(root.path()).unwrap();
    assert_eq!((report.entries, report.evidence, report.damage), (4, 1, vec![]));
}
