//! The exercise county, its clerks at their desks, and what the store says behind their backs.

use crate::support::call::Call;
use crate::support::pty::Desk;
use crate::support::{TempStore, log_of, temp_store};
use serde_json::{Value, json};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// What is typed where a key has no letter.
pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const TAB: &str = "\t";
pub const CTRL_S: &str = "\x13";
pub const F12: &str = "\x1b[24~";

/// A county of its own for a test.
pub struct County {
    pub store: TempStore,
}

/// A row of a list, as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub name: String,
    pub student: String,
}

impl County {
    pub fn new() -> County {
        let store = temp_store();
        // Without a terminal the county is made all the same, only no desk opens on it.
        let made = store.run(&["demo"]);
        let said = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(2), "{said}{}", log_of(store.data()));
        // A call of no line starts the server, as any desk would.
        store.run_ok(&["--as", "sheng-gl", "call"]);
        County { store }
    }

    /// This account's desk, with its queue drawn.
    pub fn desk(&self, account: &str) -> Clerk {
        self.desk_with(account, &[], &[], 80, 24)
    }

    /// A desk whose first tab may be empty.
    pub fn desk_on(&self, account: &str) -> Clerk {
        let desk = Desk::start(&["--data", self.store.data_arg(), "--as", account], &[], 80, 24);
        desk.wait_text("[我的待办");
        desk.wait_gone("正在取数");
        Clerk { desk }
    }

    pub fn desk_with(&self, account: &str, args: &[&str], env: &[(&str, &str)], cols: u16, rows: u16) -> Clerk {
        let mut all = vec!["--data", self.store.data_arg(), "--as", account];
        all.extend(args);
        let clerk = Clerk { desk: Desk::start(&all, env, cols, rows) };
        clerk.wait_for(|screen| selected_in(screen).is_some(), "a selected row");
        clerk
    }

    pub fn call(&self, account: &str) -> Call {
        self.store.call_as(account)
    }

    /// The rows of a tab of this account, in order.
    pub fn rows(&self, account: &str, tab: &str) -> Vec<Row> {
        let page = self.call(account).ok(json!({"do": "queue.page", "tab": tab, "count": 500}));
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        let row = |row| Row { id: text(row, "id"), name: text(row, "student_name"), student: text(row, "student") };
        page["items"].as_array().unwrap().iter().map(row).collect()
    }

    pub fn row(&self, account: &str, tab: &str, position: usize) -> Row {
        self.rows(account, tab).swap_remove(position)
    }

    /// Where an application stands in a tab of this account, the first being 1.
    pub fn place(&self, account: &str, tab: &str, id: &str) -> u32 {
        self.rows(account, tab).iter().position(|row| row.id == id).unwrap() as u32 + 1
    }

    /// Where the first `n` rows in a row stand in what waits for this account, from `from` on, that have a school and an
    /// authority for hands: where one is not here, nothing is decided by the ordinary keys.
    pub fn here(&self, account: &str, from: usize, n: usize) -> usize {
        let rows = self.rows(account, "mine");
        let here = |row: &Row| {
            let case = self.case(&row.id);
            // A school and its authority, and no batch.
            case["steps"].as_array().unwrap().len() == 2 && case["batch"].is_null() && case["kind"] != "重复学籍"
        };
        (from..rows.len() - n).find(|at| rows[*at..at + n].iter().all(here)).unwrap()
    }

    /// An application as the province's clerk reads it.
    pub fn case(&self, id: &str) -> Value {
        self.call("sheng-jb").ok(json!({"do": "applications.show", "application": id}))
    }

    /// The journal from now on.
    pub fn journal(&self) -> Journal {
        let mut journal = self.journal_from_the_beginning();
        journal.news();
        journal
    }

    pub fn journal_from_the_beginning(&self) -> Journal {
        Journal { call: self.call("sheng-gl"), after: 0 }
    }
}

/// The journal from a moment on.
pub struct Journal {
    call: Call,
    after: u64,
}

impl Journal {
    /// The commands since the last look, with their ids.
    pub fn news(&mut self) -> Vec<Value> {
        let mut news = Vec::new();
        loop {
            let page = self.call.ok(json!({"do": "journal.page", "after": self.after, "count": 200}));
            let items = page["items"].as_array().unwrap();
            let Some(last) = items.last() else { return news };
            self.after = last["seq"].as_u64().unwrap();
            news.extend(items.iter().cloned());
        }
    }

    /// What was done since the last look, by the names of the commands.
    pub fn verbs(&mut self) -> Vec<String> {
        self.news().iter().map(|entry| entry["command"]["do"].as_str().unwrap().to_owned()).collect()
    }
}

/// A desk on which the queue is read.
pub struct Clerk {
    pub desk: Desk,
}

impl Deref for Clerk {
    type Target = Desk;
    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl DerefMut for Clerk {
    fn deref_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }
}

/// The student of a row.
pub fn student_of(row: &str) -> Option<&str> {
    const KINDS: [&str; 20] = [
        " 休学 ", " 复学 ", " 转学 ", " 转专 ", " 留级 ", " 退学 ", " 恢复 ", " 注销 ", " 死亡 ", " 信息 ", " 其他 ",
        " 学习 ", " 跳级 ", " 提前 ", " 毕业 ", " 重复 ", " 普转 ", " 初转 ", " 出省 ", " 入省 ",
    ];
    let rest = KINDS.iter().find_map(|kind| row.split_once(kind).map(|(_, rest)| rest))?;
    rest.split_whitespace().next()
}

fn selected_in(screen: &str) -> Option<(usize, String)> {
    let (line, row) = screen.lines().enumerate().skip(3).find(|(_, row)| row.starts_with('>'))?;
    Some((line, student_of(row).or_else(|| row.split_whitespace().nth(1))?.to_owned()))
}

fn counter_in(screen: &str) -> Option<(u32, u32)> {
    let tabs = screen.lines().nth(1)?.split('│').next()?;
    let (at, of) = tabs.split_whitespace().last()?.split_once('/')?;
    Some((at.parse().ok()?, of.parse().ok()?))
}

impl Clerk {
    /// Line of the screen and student of the selected row.
    pub fn selected(&self) -> (usize, String) {
        selected_in(&self.screen()).unwrap_or_else(|| panic!("no row is selected:\n{}", self.screen()))
    }

    /// Waits until the counter says: row `at` of `of`.
    pub fn wait_counter(&self, at: u32, of: u32) -> String {
        self.wait_for(|screen| counter_in(screen) == Some((at, of)), &format!("the counter {at}/{of}"))
    }

    /// Goes to the tab with this name.
    pub fn go_to_tab(&mut self, name: &str) {
        let open = format!("[{name} ");
        for _ in 0..12 {
            let before = self.screen().lines().nth(1).unwrap().to_owned();
            if before.contains(&open) {
                // Entered at the latest when the cursor stands in its list.
                self.wait_for(|screen| selected_in(screen).is_some() || counter_in(screen) == Some((0, 0)), name);
                return;
            }
            self.send(TAB);
            let opened = |screen: &str| screen.lines().nth(1).unwrap().split(']').next() != before.split(']').next();
            self.wait_for(opened, "another tab");
        }
        panic!("no tab {name:?}:\n{}", self.screen());
    }

    /// Moves the cursor to the row of this student, which stands at this place of the tab's list.
    pub fn select(&mut self, position: usize, name: &str) {
        self.send(&format!("g{}", "j".repeat(position)));
        self.wait_for(|screen| selected_in(screen).is_some_and(|(_, who)| who == name), &format!("{name} selected"));
    }

    /// Opens the selected case, and waits until all of it is there.
    pub fn open(&mut self, id: &str) -> String {
        self.send(ENTER);
        self.wait_for(|screen| screen.contains(id) && screen.contains("经手"), &format!("case {id}"))
    }

    /// Waits for the confirmation that names all of these.
    pub fn wait_confirm(&self, words: &[&str]) {
        let asks =
            |row: &str| row.contains("Enter 确认") && row.contains('：') && words.iter().all(|w| row.contains(w));
        self.wait_for(|screen| screen.lines().any(asks), &format!("a confirmation with {words:?}"));
    }

    /// Presses a key that changes the screen, and waits until it has. An Esc must not travel with the key behind it.
    pub fn press(&mut self, key: &str) -> String {
        let before = self.screen();
        self.send(key);
        self.wait_for(|screen| screen != before, &format!("what {key:?} does"))
    }

    /// Lets the quarter second pass in which deciding keys do nothing.
    pub fn rest(&self) {
        self.settle(Duration::from_millis(300));
    }
}
