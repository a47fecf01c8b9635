//! A thousand items proposed and agreed to in bulk, as many at once as one request takes, beside what the machine needs.

use super::support::Server;
use super::support::call::Call;
use super::{Probe, ms, say, spread};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// Items in all, and of one request.
const ITEMS: usize = 1_000;
const AT_ONCE: usize = 250;

fn asked(call: &mut Call, account: &str, mut request: Value) -> Value {
    request["as"] = account.into();
    call.ok(request)
}

/// Cases of one school that wait for the county's first post, and their revisions.
fn waiting(keeper: &mut Call, school: &Value) -> Vec<(Value, u64)> {
    let mut record = keeper.ok(json!({ "do": "students.show", "student": "S0000009" }))["student"].take();
    for (field, value) in [
        ("id", json!("S0000000")),
        ("revision", json!(0)),
        ("school", school.clone()),
        ("status", json!("在读")),
        ("suspension", Value::Null),
        ("history", json!([])),
    ] {
        record[field] = value;
    }
    let paper = STANDARD.encode(b"proof");
    (0..ITEMS)
        .map(|n| {
            record["student_no"] = format!("G41078220090101{n:04}").into();
            record["id_no"] = format!("41078220090101{n:04}").into();
            let student = keeper.ok(json!({ "do": "students.put", "student": record }))["student"].clone();
            let period = json!({ "from": "2025-10-20", "until": "2026-08-31" });
            let details = json!({ "休学": { "period": period, "ground": "因病" } });
            let start = json!({ "do": "applications.start", "student": student, "details": details });
            let id = asked(keeper, "x1-lr", start)["application"].clone();
            let attach = json!({ "do": "evidence.attach", "application": id, "size": 5, "kind": "证明", "name": "p.txt",
                "digest": blake3::hash(b"proof").to_hex().as_str(), "original_place": "档案室", "offset": 0, "data": paper });
            let mut revision = asked(keeper, "x1-lr", attach)["revision"].clone();
            for (account, verb) in [("x1-lr", "applications.submit"), ("x1-sh", "applications.decide")] {
                let mut request = json!({ "do": verb, "application": id, "revision": revision });
                if verb == "applications.decide" {
                    request["agree"] = true.into();
                }
                revision = asked(keeper, account, request)["revision"].clone();
            }
            (id, revision.as_u64().unwrap())
        })
        .collect()
}

/// How long all requests of an act took together.
fn act(desk: &mut Call, act: &str, cases: &[(Value, u64)]) -> Duration {
    let begun = Instant::now();
    for some in cases.chunks(AT_ONCE) {
        let items: Vec<Value> =
            some.iter().map(|(id, revision)| json!({ "application": id, "revision": revision })).collect();
        let report = desk.ok(json!({ "do": "applications.bulk", "act": act, "items": items }));
        assert_eq!(report["done"], some.len(), "{report}");
    }
    begun.elapsed()
}

/// Measures them.
pub(super) fn bulk(server: &Server, data: &Path) {
    let school = server.call_as("x1-lr").welcome["me"]["office"]["id"].clone();
    let mut cases = waiting(&mut server.call_as("sheng-gl"), &school);
    let mut probe = Probe::new(data);
    let (machine, _) = spread(&mut (0..300).map(|_| probe.once()).collect::<Vec<_>>());
    let budget = ms(Duration::from_secs(1) + 10 * machine);
    let (mut handler, mut reviewer) = (server.call_as("xian1-jb"), server.call_as("xian1-fh"));
    let proposed = act(&mut handler, "propose", &cases);
    cases.iter_mut().for_each(|(_, revision)| *revision += 1);
    let decided = act(&mut reviewer, "decide", &cases);
    let beside = format!("{budget}: 1 s + 10 fdatasync of {}", ms(machine));
    say(&format!("{ITEMS} bulk proposals, {AT_ONCE} a request"), &ms(proposed), &beside);
    say(&format!("{ITEMS} bulk decisions, {AT_ONCE} a request"), &ms(decided), &beside);
}
