//! Holds the doors between the rooms of `src`: a room may name only the rooms that the table below allows, and no
//! file outgrows five hundred lines. The table is compared with the one in `src/lib.rs`' documentation.

// Helpers of tests may fail as tests do; the lint's own exception knows only functions marked as tests.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the rooms it may use. `cli` and `main` may use all and are not held.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("law", &["model"]),
    ("store", &["model", "text"]),
    ("data", &["model"]),
    ("desk", &["model", "law", "store", "data"]),
    ("wire", &["model", "text"]),
    ("exchange", &["model", "wire", "text"]),
    ("server", &["model", "text", "law", "desk", "store", "wire"]),
    ("demo", &["model", "data", "desk"]),
    ("catalogue", &[]),
    ("keymap", &["text", "catalogue"]),
    ("app", &["wire", "model", "keymap", "text", "catalogue"]),
    // `view` reads the reply types that `app` holds as they came off the wire.
    ("view", &["app", "wire", "model", "keymap", "text", "catalogue"]),
    ("term", &["wire", "text"]),
];

/// Rooms that may open every door.
const FREE: [&str; 2] = ["cli", "main"];

/// Lines a file may have.
const MOST_LINES: usize = 500;

/// What is wrong with a source file: doors opened that the table does not allow, with their lines. `path` is relative
/// to `src`.
fn violations(path: &str, source: &str) -> Vec<String> {
    let room = room_of(path);
    let mut wrong = Vec::new();
    let lines = source.lines().count();
    if lines > MOST_LINES {
        wrong.push(format!("{path}: {lines} lines, at most {MOST_LINES}"));
    }
    if room == "lib" || FREE.contains(&room) {
        return wrong;
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        wrong.push(format!("{path}: room `{room}` is not in the table"));
        return wrong;
    };
    let mut judge = |at: usize, opened: &str, how: &str| {
        if opened != room && !allowed.contains(&opened) {
            let line = source[..at].matches('\n').count() + 1;
            wrong.push(format!("{path}:{line}: `{room}` opens `{opened}` ({how})"));
        }
    };
    for root in ["crate", "xueji"] {
        for at in words(source, root) {
            let after = source[at + root.len()..].trim_start();
            if let Some(rest) = after.strip_prefix("::") {
                heads(rest).iter().for_each(|head| judge(at, head, root));
            } else if after.starts_with("as ") {
                judge(at, "*", "another name for the crate");
            }
        }
    }
    // From a file of a room `super::super` may lead out of it, and nothing inside a room needs it.
    for at in words(source, "super") {
        let rest = source[at + 5..].trim_start();
        let Some(rest) = rest.strip_prefix("::").map(str::trim_start) else { continue };
        if rest.starts_with("super") {
            judge(at, "super::super", "up twice");
        } else if is_top(path) {
            // In a room's own mod.rs, `super` is the crate, or the room itself for a module written in place.
            for head in heads(rest) {
                let a_room = ROOMS.iter().any(|(name, _)| *name == head) || FREE.contains(&head);
                let own = words(source, "mod").any(|at| identifier(source[at + 3..].trim_start()) == head);
                if a_room && !own {
                    judge(at, head, "super");
                }
            }
        }
    }
    wrong
}

/// The room a file belongs to: the first folder, or the file itself.
fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Whether the file is a room's own module.
fn is_top(path: &str) -> bool {
    !path.contains('/') || path.split('/').nth(1) == Some("mod.rs")
}

/// Where `word` stands by itself in the text.
fn words<'a>(source: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    source.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !source[..*at].chars().next_back().is_some_and(part)
            && !source[at + word.len()..].chars().next().is_some_and(part)
    })
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// What stands right after `crate::`: one name, or the first name of each branch of a `{…}` group; `*` for everything.
fn heads(rest: &str) -> Vec<&str> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        return vec![if rest.starts_with('*') { "*" } else { identifier(rest) }];
    };
    let (mut heads, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && !c.is_whitespace() => {
                heads.push(if c == '*' { "*" } else { identifier(&group[at..]) });
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

/// Rows `| room | … | may use |` of a table in a module's documentation.
fn documented(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let rows = source.lines().filter_map(|line| line.trim().strip_prefix("//! |"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.trim().trim_end_matches('|').split('|').map(str::trim).collect();
        let [room, _, may_use] = cells[..] else { return None };
        let room = room.strip_prefix('`')?.strip_suffix('`')?;
        let names = may_use.split(',').map(|name| name.trim().trim_matches('`')).filter(|name| *name != "–");
        Some((room.to_owned(), names.map(str::to_owned).collect()))
    })
    .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_room_opens_a_door_that_is_not_its_own() {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 10, "only {} files found", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let path = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        wrong.extend(violations(&path, &fs::read_to_string(&file).unwrap()));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_test_file_outgrows_five_hundred_lines() {
    let mut files = Vec::new();
    rust_files(&root().join("tests"), &mut files);
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= MOST_LINES, "{}: {lines} lines", file.display());
    }
}

#[test]
fn the_library_documents_this_table_and_names_every_room() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let documented = documented(&lib);
    for (room, allowed) in ROOMS {
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        let row = documented.iter().find(|(name, _)| name == room);
        assert_eq!(row.map(|(_, may_use)| may_use), Some(&allowed), "the row of `{room}` in src/lib.rs");
    }
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let room = line.trim_end_matches(';');
        let known = ROOMS.iter().any(|(name, _)| *name == room) || FREE.contains(&room);
        assert!(known, "`pub mod {room}` has no row in the table");
    }
}

#[test]
fn the_table_has_no_circles() {
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        let before = |name: &&str| ROOMS[..at].iter().any(|(other, _)| other == name);
        assert!(allowed.iter().all(before), "`{room}` uses a room that stands after it");
    }
}

#[test]
fn forbidden_doors_are_found_however_they_are_written() {
    let forbidden = [
        ("law/clock.rs", "use crate::store::Store;"),
        ("law/clock.rs", "use crate :: store::Store;"),
        ("law/clock.rs", "use crate::{model::Day, store::Store};"),
        ("law/clock.rs", "use crate::{\n    model::{Clock, Day},\n    desk,\n};"),
        ("law/clock.rs", "fn f() { crate::server::start() }"),
        ("law/clock.rs", "use crate::*;"),
        ("law/clock.rs", "use crate::{model::Day, *};"),
        ("law/clock.rs", "use crate as root;"),
        ("law/clock.rs", "use xueji::store::Store;"),
        ("law/clock.rs", "/// See [`crate::desk`]."),
        ("law/clock.rs", "use super::super::store::Store;"),
        ("law/clock.rs", "use super :: super::store::Store;"),
        ("law/mod.rs", "use super::store::Store;"),
        ("law.rs", "use super::{model::Day, store::Store};"),
        ("view/queue.rs", "use crate::law::clock;"),
        ("demo/mod.rs", "use crate::law::Calendar;"),
        ("text/mod.rs", "use crate::model::Day;"),
        ("cellar/mod.rs", "fn nothing() {}"),
    ];
    for (path, source) in forbidden {
        assert_eq!(violations(path, source).len(), 1, "{path}: {source}");
    }
    assert!(violations("law/clock.rs", "\n\nuse crate::store::X;")[0].starts_with("law/clock.rs:3: "));
}

#[test]
fn allowed_doors_are_left_alone() {
    let allowed = [
        ("law/clock.rs", "use crate::model::Clock;"),
        ("law/clock.rs", "use crate::law::calendar::Calendar;"),
        ("law/clock.rs", "use crate::{law, model::{store, Day}};"),
        ("law/clock.rs", "use super::calendar; mod tests { use super::*; }"),
        ("law/clock.rs", "pub(crate) fn f() {} // mycrate::store, crate_store, superstore"),
        ("app/mod.rs", "mod text; mod tests { use super::text::Field; }"),
        ("view/queue.rs", "use crate::wire::QueueRow;"),
        ("cli/mod.rs", "use crate::{law, server, store};"),
        ("main.rs", "use xueji::cli;"),
        ("lib.rs", "pub mod law;"),
    ];
    for (path, source) in allowed {
        assert_eq!(violations(path, source), [""; 0], "{path}: {source}");
    }
}

#[test]
fn long_files_are_found_at_the_first_line_too_many() {
    assert_eq!(violations("law/long.rs", &"\n".repeat(MOST_LINES)), [""; 0]);
    assert_eq!(violations("law/long.rs", &"\n".repeat(MOST_LINES + 1)).len(), 1);
    assert_eq!(violations("cli/long.rs", &"\n".repeat(MOST_LINES + 1)).len(), 1);
}

#[test]
fn rows_of_the_documentation_are_read_with_all_their_names() {
    let rows = documented("//! | `law` | the regulation | `model` |\n//! | `text` | width | – |\n//! | x | y |\n");
    assert_eq!(rows[0], ("law".to_owned(), BTreeSet::from(["model".to_owned()])));
    assert_eq!(rows[1], ("text".to_owned(), BTreeSet::new()));
    assert_eq!(rows.len(), 2);
}
