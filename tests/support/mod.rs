//! What the tests share: the real program under a virtual terminal, stores that vanish, a client that
//! speaks the wire, and files that are compared or rewritten.
//!
//! Everything waits for a condition. When it does not come, the panic shows the last screen.
#![allow(dead_code, unused_imports, reason = "every test binary includes the whole module and uses its part of it")]
#![allow(unreachable_pub, reason = "the module is private to each test binary, its items are not")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the exemption for tests does not reach helper functions; here a panic is the test's verdict"
)]

pub mod bless;
pub mod call;
pub mod cells;
pub mod pty;
pub mod store;

pub use store::{Server, TempStore, temp_store};

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How long a condition may take. Far more than any needs; only a broken program reaches it.
pub const LONG: Duration = Duration::from_secs(20);

/// The program under test: the one built with the tests, or another that `XUEJI_PROGRAM` names.
pub fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let other = std::env::var_os("XUEJI_PROGRAM").map(PathBuf::from);
        other.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_xueji")))
    });
    &PROGRAM
}

/// Tries again until there is a value. For conditions of the file system and of other processes, which
/// nobody announces; what a thread of ours could announce is waited for with a condition variable.
pub fn until<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + LONG;
    loop {
        if let Some(value) = attempt() {
            return value;
        }
        assert!(Instant::now() < deadline, "waited {LONG:?} in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// The environment of every program a test starts: nothing of the machine's but the search path, and
/// every folder of the user inside `home`.
pub fn environment(home: &Path) -> Vec<(String, String)> {
    let under = |name: &str| {
        let dir = home.join(name);
        std::fs::create_dir_all(&dir).unwrap();
        dir.to_str().expect("temporary folders have plain names").to_owned()
    };
    let mut env: Vec<(String, String)> = [
        ("HOME", home.to_str().unwrap().to_owned()),
        ("XDG_CONFIG_HOME", under("config")),
        ("XDG_DATA_HOME", under("share")),
        ("XDG_STATE_HOME", under("state")),
        ("XDG_CACHE_HOME", under("cache")),
        ("XDG_RUNTIME_DIR", under("run")),
        ("TERM", "xterm-256color".into()),
        ("LANG", "zh_CN.UTF-8".into()),
        ("RUST_BACKTRACE", "0".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    env.extend(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)));
    env
}

/// The ends of the log files in a data folder, for the panic that says why a test failed.
pub fn log_of(data: &Path) -> String {
    let mut text = String::new();
    let Ok(files) = std::fs::read_dir(data) else { return text };
    for file in files.flatten().filter(|file| file.file_name().to_string_lossy().contains("log")) {
        if let Ok(log) = std::fs::read(file.path()) {
            let log = String::from_utf8_lossy(&log[log.len().saturating_sub(4000)..]).into_owned();
            text += &format!("--- {}\n{log}\n", file.file_name().to_string_lossy());
        }
    }
    text
}
