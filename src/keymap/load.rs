//! Key files to bindings. Whatever cannot be meant is refused with file and line.

use super::{Action, Binding, Footer, KeyPress, Scope, Who};
use serde::Deserialize;
use toml::Spanned;

/// The files the program carries.
const DEFAULT: (&str, &str) = ("keymaps/default.toml", include_str!("../../keymaps/default.toml"));
const VIM: (&str, &str) = ("keymaps/vim.toml", include_str!("../../keymaps/vim.toml"));
const NUMPAD: (&str, &str) = ("keymaps/numpad.toml", include_str!("../../keymaps/numpad.toml"));

/// The files of a key map by its name, each added to the one before: the keys of vi are more keys, the numeric pad's are
/// other keys.
pub(super) fn files(name: &str) -> Option<&'static [(&'static str, &'static str)]> {
    Some(match name {
        "default" => &[DEFAULT],
        "vim" => &[DEFAULT, VIM],
        "numpad" => &[NUMPAD],
        _ => return None,
    })
}

/// Why a key file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct KeymapError {
    /// Which file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl KeymapError {
    /// A place in a file names a key map that the program does not carry.
    pub fn no_keymap(file: &str, line: usize, name: &str) -> KeymapError {
        let what = format!("there is no keymap {name:?}; there are {}", super::Keymap::NAMES.join(", "));
        KeymapError { file: file.to_owned(), line, what }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    keys: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    scope: Spanned<String>,
    on: Vec<Spanned<String>>,
    run: Spanned<String>,
    #[serde(default)]
    footer: Option<FooterText>,
}

/// A row, and the byte of the file that its own places count from.
struct Placed {
    base: usize,
    row: Spanned<Row>,
}

/// One row by itself.
#[derive(Deserialize)]
struct One {
    row: Spanned<Row>,
}

/// What a row is read behind.
const BEFORE: &str = "row = ";

/// The rows of a file that has each on a line of its own, as those the program carries have. Read one by one they take
/// a few kilobytes at a time; the whole file takes a megabyte, which would be the most a desk ever takes. None where
/// the file is written otherwise or anything is wrong: then it is read whole, and judged by that.
fn row_by_row(text: &str) -> Option<Vec<Placed>> {
    let (mut rows, mut offset, mut begun, mut ended) = (Vec::new(), 0, false, false);
    for line in text.split_inclusive('\n') {
        let start = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        match line.trim() {
            "" => {}
            comment if comment.starts_with('#') => {}
            "keys = [" if !begun => begun = true,
            "]" if begun && !ended => ended = true,
            row if begun && !ended && row.starts_with('{') && row.ends_with("},") => {
                let one: One = toml::from_str(&format!("{BEFORE}{}", row.trim_end_matches(','))).ok()?;
                // Before it stands the line that begins the list, which is longer.
                rows.push(Placed { base: start.checked_sub(BEFORE.len())?, row: one.row });
            }
            _ => return None,
        }
    }
    ended.then_some(rows)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FooterText {
    Flag(bool),
    Posts(Vec<Who>),
}

/// The line of a text that a byte of it stands in, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&b| b == b'\n').count()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(default)]
    keymap: Option<Spanned<String>>,
}

/// What is said to whoever looks for more in the settings than there is (R25.2).
const LIMIT: &str = "；这里只选按键，不能在本地增设层级、环节、材料、条件或负面清单事项（第25条）";

/// The key map that a user's `config.toml` chooses, if it chooses one.
pub fn chosen(file: &str, text: &str) -> Result<Option<String>, KeymapError> {
    let error = |offset: usize, what: &str| KeymapError {
        file: file.to_owned(),
        line: line_of(text, offset),
        what: what.to_owned(),
    };
    let config: Config = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        // No level, document, condition or item of the negative list is a matter of a machine's settings.
        let limit = if e.message().starts_with("unknown field") { LIMIT } else { "" };
        error(at, &format!("{}{limit}", e.message()))
    })?;
    let Some(name) = config.keymap else { return Ok(None) };
    if files(name.as_ref()).is_none() {
        return Err(KeymapError::no_keymap(file, line_of(text, name.span().start), name.as_ref()));
    }
    Ok(Some(name.into_inner()))
}

/// The bindings so far, with the rows of one more file.
pub(super) fn read(name: &str, text: &str, mut bindings: Vec<Binding>) -> Result<Vec<Binding>, KeymapError> {
    let line_of = |offset: usize| line_of(text, offset);
    let error = |offset: usize, what: String| KeymapError { file: name.to_owned(), line: line_of(offset), what };
    let rows = match row_by_row(text) {
        Some(rows) => rows,
        None => {
            let whole = toml::from_str::<File>(text);
            let file = whole.map_err(|e| error(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
            file.keys.into_iter().map(|row| Placed { base: 0, row }).collect()
        }
    };
    for Placed { base, row } in rows {
        let error = |offset: usize, what: String| error(base + offset, what);
        let start = row.span().start;
        let row = row.into_inner();
        let scope = Scope::ALL
            .into_iter()
            .find(|scope| scope.name() == row.scope.as_ref())
            .ok_or_else(|| error(row.scope.span().start, format!("unknown scope {:?}", row.scope.as_ref())))?;
        let mut on = Vec::new();
        for key in &row.on {
            let at = key.span().start;
            let press: KeyPress = key.as_ref().parse().map_err(|e| error(at, format!("{e}")))?;
            if scope.takes_text() && press.is_text() {
                return Err(error(at, format!("{press} types a character in a field and cannot be bound there")));
            }
            if on.contains(&press) {
                return Err(error(at, format!("{press} stands twice in this row")));
            }
            on.push(press);
        }
        if on.is_empty() {
            return Err(error(start, "a row needs at least one key".into()));
        }
        if row.run.as_ref() == "none" {
            free(&mut bindings, scope, &on).map_err(|what| error(start, what))?;
            continue;
        }
        let run = Action::named(row.run.as_ref())
            .ok_or_else(|| error(row.run.span().start, format!("unknown action {:?}", row.run.as_ref())))?;
        if !run.scopes().contains(&scope) {
            let what = format!("{} does nothing in scope {}", run.name(), scope.name());
            return Err(error(row.run.span().start, what));
        }
        if let Some((key, other)) = conflict(&bindings, scope, &on) {
            let (file, line) = &other.place;
            let what = format!("{key} is bound to {} already, at {file}:{line}", other.run.name());
            return Err(error(start, what));
        }
        let footer = match row.footer {
            None | Some(FooterText::Flag(false)) => Footer::No,
            Some(FooterText::Flag(true)) => Footer::All,
            Some(FooterText::Posts(posts)) => Footer::Posts(posts),
        };
        bindings.push(Binding { scope, on, run, footer, place: (name.to_owned(), line_of(base + start)) });
    }
    Ok(bindings)
}

/// A row that binds one of these keys where it would be ambiguous: the same scope, or `any` on either side.
fn conflict<'a>(bindings: &'a [Binding], scope: Scope, on: &[KeyPress]) -> Option<(KeyPress, &'a Binding)> {
    bindings
        .iter()
        .filter(|row| row.scope == scope || row.scope == Scope::Any || scope == Scope::Any)
        .find_map(|row| on.iter().find(|key| row.on.contains(key)).map(|key| (*key, row)))
}

fn free(bindings: &mut Vec<Binding>, scope: Scope, on: &[KeyPress]) -> Result<(), String> {
    for key in on {
        let bound = bindings.iter_mut().find(|row| row.scope == scope && row.on.contains(key));
        let row = bound.ok_or_else(|| format!("{key} is not bound in scope {}", scope.name()))?;
        row.on.retain(|other| other != key);
    }
    bindings.retain(|row| !row.on.is_empty());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Keymap;

    #[test]
    fn what_is_read_row_by_row_is_what_is_read_whole() {
        for (name, text) in [DEFAULT, NUMPAD, VIM] {
            let one_by_one = row_by_row(text).unwrap_or_else(|| panic!("{name} is not written row by row"));
            let whole: File = toml::from_str(text).unwrap();
            assert_eq!(one_by_one.len(), whole.keys.len(), "{name}");
            for (one, other) in one_by_one.iter().zip(&whole.keys) {
                assert_eq!(one.base + one.row.span().start, other.span().start, "{name}");
                let (one, base, other) = (one.row.as_ref(), one.base, other.as_ref());
                assert_eq!((one.scope.as_ref(), one.run.as_ref()), (other.scope.as_ref(), other.run.as_ref()));
                assert_eq!(base + one.run.span().start, other.run.span().start, "{name}");
            }
        }
        // Written otherwise, or wrong: read whole.
        for text in [
            "keys = [{ scope = \"list\", on = [\"a\"], run = \"open\" }]",
            "keys = [\n  { scope = 1 },\n]\n",
            "x = 1\n",
        ] {
            assert!(row_by_row(text).is_none(), "{text}");
        }
    }

    fn refused(text: &str) -> KeymapError {
        Keymap::with_files(&[("mine.toml".into(), text.into())]).unwrap_err()
    }

    #[test]
    fn the_built_in_keys_fit_together() {
        Keymap::built_in().unwrap();
    }

    #[test]
    fn a_conflict_names_both_places() {
        let error = refused(
            "keys = [\n { scope = \"list\", on = [\"Z\"], run = \"approve\" },\n { scope = \"list\", on = [\"a\"], run = \"down\" },\n]",
        );
        assert_eq!((error.file.as_str(), error.line), ("mine.toml", 3));
        assert!(error.what.contains("approve") && error.what.contains("keymaps/default.toml:"), "{error}");
        let any = refused("keys = [{ scope = \"any\", on = [\"Ctrl-F\"], run = \"quit\" }]");
        assert!(any.what.contains("page-down"), "{any}");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_its_line() {
        for (text, line, word) in [
            ("\nkeys = [\n{ scope = \"list\", on = [\"z\"], run = \"aprove\" }]", 3, "aprove"),
            ("keys = [\n{ scope = \"lst\", on = [\"Z\"], run = \"approve\" }]", 2, "lst"),
            ("keys = [\n\n{ scope = \"list\", on = [\"Retrun\"], run = \"approve\" }]", 3, "Retrun"),
            ("keys = [\n{ scope = \"form\", on = [\"z\"], run = \"done\" }]", 2, "field"),
            ("keys = [\n{ scope = \"pane\", on = [\"Z\"], run = \"approve\" }]", 2, "pane"),
            ("keys = [\n{ scope = \"list\", on = [], run = \"approve\" }]", 2, "key"),
            ("keys = [\n{ scope = \"list\", on = [\"z\", \"z\"], run = \"approve\" }]", 2, "twice"),
            ("keys = [\n{ scope = \"list\", on = [\"z\"], runs = \"approve\" }]", 2, "run"),
            ("keys = [\n{ scope = \"list\", on = [\"Z\"], run = \"none\" }]", 2, "not bound"),
            ("keys = [\n{ scope = ", 2, ""),
        ] {
            let error = refused(text);
            assert_eq!(error.line, line, "{error}");
            assert!(error.what.contains(word), "{error}");
        }
    }

    #[test]
    fn a_user_file_can_move_a_key() {
        let text = "keys = [\n{ scope = \"list\", on = [\"a\"], run = \"none\" },\n{ scope = \"list\", on = [\"F5\"], run = \"approve\" },\n{ scope = \"list\", on = [\"a\"], run = \"refresh\" }]";
        let keymap = Keymap::with_files(&[("mine.toml".into(), text.into())]).unwrap();
        assert_eq!(keymap.action(Scope::List, KeyPress::char('a')), Some(Action::Refresh));
        assert_eq!(keymap.action(Scope::List, "F5".parse().unwrap()), Some(Action::Approve));
        assert_eq!(keymap.action(Scope::Case, KeyPress::char('a')), Some(Action::Approve));
    }

    #[test]
    fn full_width_letters_run_commands_but_stay_text_in_fields() {
        let keymap = Keymap::built_in().unwrap();
        assert_eq!(keymap.action(Scope::List, KeyPress::char('ａ')), Some(Action::Approve));
        assert_eq!(keymap.action(Scope::Form, KeyPress::char('ａ')), None);
        assert_eq!(keymap.action(Scope::Form, "Ctrl-C".parse().unwrap()), Some(Action::Quit));
    }

    /// Keys of the numeric pad, with NumLock on or off, and function keys.
    fn on_the_pad(key: &KeyPress) -> bool {
        use crate::keymap::KeyCode::{Char, Delete, Down, End, Enter, F, Home, Left, PageDown, PageUp, Right, Up};
        let pad = match key.code {
            Char(c) => c.is_ascii_digit() || "+-*/.".contains(c),
            F(_) | Enter | Up | Down | Left | Right | Home | End | PageUp | PageDown | Delete => true,
            _ => false,
        };
        pad && !key.ctrl && !key.alt
    }

    #[test]
    fn what_can_be_done_with_the_default_keys_can_be_done_with_all() {
        let default = Keymap::built_in().unwrap();
        for name in Keymap::NAMES {
            let keymap = Keymap::named(name, &[]).unwrap();
            let usable = |key: &&KeyPress| name != "numpad" || on_the_pad(key);
            for row in default.bindings() {
                let reached = keymap
                    .bindings()
                    .iter()
                    .filter(|other| other.run == row.run && [row.scope, Scope::Any].contains(&other.scope))
                    .any(|other| other.on.iter().any(|key| usable(&key)));
                assert!(reached, "{name}: no key for {} in {}", row.run.name(), row.scope.name());
            }
        }
    }

    #[test]
    fn the_function_keys_of_the_screens_run_nothing_else_in_numpad() {
        let screens = [
            "queue",
            "students",
            "entry",
            "business",
            "alerts",
            "board",
            "reconcile",
            "graduation",
            "calendar",
            "system",
        ];
        let keymap = Keymap::named("numpad", &[]).unwrap();
        for row in keymap.bindings() {
            for key in &row.on {
                let kept = matches!(key.code, crate::keymap::KeyCode::F(2..=11)) && !key.shift;
                assert!(!kept || screens.contains(&row.run.name()), "{key} runs {}", row.run.name());
            }
        }
    }

    #[test]
    fn every_key_map_refuses_conflicts_with_what_a_user_adds() {
        for (name, key, run, held) in
            [("vim", "h", "down", "prev-tab"), ("vim", "a", "down", "approve"), ("numpad", "+", "down", "approve")]
        {
            let text = format!("\nkeys = [{{ scope = \"list\", on = [\"{key}\"], run = \"{run}\" }}]");
            let error = Keymap::named(name, &[("mine.toml".into(), text)]).unwrap_err();
            assert_eq!((error.file.as_str(), error.line), ("mine.toml", 2));
            assert!(error.what.contains(held), "{error}");
        }
        let free = "keys = [{ scope = \"list\", on = [\"a\"], run = \"approve\" }]";
        Keymap::named("numpad", &[("mine.toml".into(), free.into())]).unwrap();
        assert!(Keymap::named("emacs", &[]).unwrap_err().what.contains("vim"));
    }

    #[test]
    fn the_configuration_chooses_and_its_errors_name_the_line() {
        assert_eq!(chosen("c", "").unwrap(), None);
        assert_eq!(chosen("c", "# mine\nkeymap = \"vim\"\n").unwrap().as_deref(), Some("vim"));
        for (text, line, word) in [
            ("\nkeymap = \"vi\"", 2, "vim"),
            ("\n\nkeys = 1", 3, "keys"),
            ("keymap = ", 1, ""),
            ("\nkeymap = 1", 2, ""),
        ] {
            let error = chosen("config.toml", text).unwrap_err();
            assert_eq!((error.file.as_str(), error.line), ("config.toml", line), "{error}");
            assert!(error.what.contains(word), "{error}");
        }
    }
}
