//! Key files to bindings. Whatever cannot be meant is refused with file and line.

use super::{Action, Binding, Footer, KeyPress, Scope, Who};
use serde::Deserialize;
use toml::Spanned;

/// The file the program carries.
pub(super) const BUILT_IN: &str = include_str!("../../keymaps/default.toml");

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

#[derive(Deserialize)]
#[serde(untagged)]
enum FooterText {
    Flag(bool),
    Posts(Vec<Who>),
}

/// The bindings so far, with the rows of one more file.
pub(super) fn read(name: &str, text: &str, mut bindings: Vec<Binding>) -> Result<Vec<Binding>, KeymapError> {
    let line_of = |offset: usize| 1 + text.bytes().take(offset).filter(|&b| b == b'\n').count();
    let error = |offset: usize, what: String| KeymapError { file: name.to_owned(), line: line_of(offset), what };
    let file: File =
        toml::from_str(text).map_err(|e| error(e.span().map_or(0, |span| span.start), e.message().to_owned()))?;
    for row in file.keys {
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
        bindings.push(Binding { scope, on, run, footer, place: (name.to_owned(), line_of(start)) });
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
            "keys = [\n { scope = \"list\", on = [\"z\"], run = \"approve\" },\n { scope = \"list\", on = [\"a\"], run = \"down\" },\n]",
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
            ("keys = [\n{ scope = \"lst\", on = [\"z\"], run = \"approve\" }]", 2, "lst"),
            ("keys = [\n\n{ scope = \"list\", on = [\"Retrun\"], run = \"approve\" }]", 3, "Retrun"),
            ("keys = [\n{ scope = \"form\", on = [\"z\"], run = \"done\" }]", 2, "field"),
            ("keys = [\n{ scope = \"pane\", on = [\"z\"], run = \"approve\" }]", 2, "pane"),
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
}
