//! What the tests of durability stand on: a small county, chance that can be repeated, and everything that can be
//! asked of a server, asked.

use crate::support::{TempStore, program, temp_store};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

/// Students of the small county: as few as it can have.
pub(crate) const STUDENTS: u64 = 600;
/// Sees everything there is.
pub(crate) const ALL_SEEING: &str = "sheng-gl";

/// An exercise county, closed, with no server on it.
pub(crate) fn county() -> TempStore {
    let store = temp_store();
    county_in(&store);
    store
}

/// The same in this store's folder.
pub(crate) fn county_in(store: &TempStore) {
    // Whether a desk could be opened is nobody's business here: there is no terminal.
    let made = store.run(&["demo", "--students", &STUDENTS.to_string()]);
    assert!(store.data().join("journal").is_dir(), "{}", String::from_utf8_lossy(&made.stderr));
    if store.server_pid().is_some() {
        store.run_ok(&["stop"]);
    }
}

/// Runs `xueji call` on these requests; its output.
fn run_call(store: &TempStore, account: &str, requests: &[Value]) -> Output {
    let mut command = store.command(&["--as", account, "call"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let text: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let feeder = std::thread::spawn(move || {
        // When the other end dies its exit status says more than this error.
        let _ = input.write_all(text.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

/// Asks through `xueji call`; the answers in order.
pub(crate) fn call(store: &TempStore, account: &str, requests: &[Value]) -> Vec<Value> {
    let numbered: Vec<Value> = requests
        .iter()
        .enumerate()
        .map(|(at, request)| {
            let mut request = request.clone();
            request["id"] = at.into();
            request
        })
        .collect();
    let output = run_call(store, account, &numbered);
    assert!(output.status.success(), "{}\n{}", program().display(), String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), requests.len());
    for (at, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], at, "answers come in the order of the questions");
    }
    answers
}

/// All pages of a list.
pub(crate) fn pages(store: &TempStore, list: &str, count: u32, mut after: Value) -> Vec<Value> {
    let mut items = Vec::new();
    loop {
        let mut request = json!({ "do": list, "count": count });
        if !after.is_null() {
            request["after"] = after;
        }
        let mut page = call(store, ALL_SEEING, &[request]).remove(0);
        let Value::Array(more) = page["ok"]["items"].take() else { panic!("{list}: {page}") };
        items.extend(more);
        after = page["ok"]["next"].take();
        if after.is_null() {
            return items;
        }
    }
}

/// Everything that `call` can tell, one line for each piece.
pub(crate) fn dump(store: &TempStore) -> Vec<String> {
    let mut lines: Vec<String> = pages(store, "applications.list", 500, Value::Null)
        .into_iter()
        .chain(pages(store, "journal.page", 200, Value::Null))
        .map(|item| item.to_string())
        .collect();
    assert!(lines.len() > 300, "a dump of nothing proves nothing: {} lines", lines.len());
    let mut requests = vec![json!({ "do": "accounts.list" }), json!({ "do": "offices.list" })];
    for account in ["xian1-jb", "xian1-fh", "shi-jb", "sheng-jb", "x1-lr", "x1-sh"] {
        for tab in ["mine", "sent_back", "office", "under_way"] {
            requests.push(json!({ "do": "queue.page", "tab": tab, "count": 100, "as": account }));
        }
        requests.push(json!({ "do": "queue.counts", "as": account }));
    }
    // Past the last one too: nobody must have come into being.
    for number in 1..=STUDENTS + 20 {
        requests.push(json!({ "do": "students.show", "student": format!("S{number:07}") }));
    }
    requests.push(json!({ "do": "students.find", "text": "王", "count": 100 }));
    lines.extend(call(store, ALL_SEEING, &requests).into_iter().map(|answer| answer.to_string()));
    lines
}

/// That two dumps are equal; else the first difference.
pub(crate) fn same(before: &[String], after: &[String], what: &str) {
    for (at, (before, after)) in before.iter().zip(after).enumerate() {
        assert_eq!(before, after, "{what}: line {at} differs");
    }
    assert_eq!(before.len(), after.len(), "{what}");
}

/// That `verify`, asked of the server, finds nothing; what it says.
pub(crate) fn verified(store: &TempStore) -> Value {
    let mut answer = call(store, ALL_SEEING, &[json!({ "do": "verify" })]).remove(0);
    assert_eq!(answer["ok"]["damage"], json!([]), "{answer}");
    answer["ok"].take()
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in std::fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let to = to.join(item.file_name());
        if item.file_type().unwrap().is_dir() {
            copy(&item.path(), &to);
        } else if item.file_type().unwrap().is_file() {
            std::fs::copy(item.path(), to).unwrap();
        }
    }
}

/// Chance that can be repeated. (SplitMix64.)
#[derive(Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed)
    }
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Less than `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    pub(crate) fn id(&mut self) -> uuid::Uuid {
        uuid::Uuid::from_u64_pair(self.next(), self.next())
    }
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count.div_ceil(8)).flat_map(|_| self.next().to_le_bytes()).take(count).collect()
    }
}

/// The seed of a run: `XUEJI_SEED`, else the clock's. Named when the test fails.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    pub(crate) fn choose() -> Self {
        let named = std::env::var("XUEJI_SEED").ok().and_then(|seed| seed.parse().ok());
        Seed(named.unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            now.as_nanos() as u64
        }))
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            say(&format!("repeat with XUEJI_SEED={}", self.0));
        }
    }
}

/// Says something that the test harness does not swallow.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
