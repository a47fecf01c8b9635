//! The table as people see it: footer, help, README, `xueji keys`.

use super::{Action, Footer, KeyPress, Keymap, Scope, Who};
use crate::catalogue::Lang;

/// One row as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Where.
    pub scope: Scope,
    /// Keys, with a blank between two.
    pub keys: String,
    /// What they run.
    pub action: Action,
    /// What it does, in the language asked for.
    pub help: &'static str,
}

/// All rows, by scope in the order of [`Scope::ALL`], within one in the order of the files.
pub fn rows(keymap: &Keymap, lang: Lang) -> Vec<KeyRow> {
    Scope::ALL
        .into_iter()
        .flat_map(|scope| keymap.bindings().iter().filter(move |row| row.scope == scope))
        .map(|row| KeyRow {
            scope: row.scope,
            keys: row.on.iter().map(KeyPress::to_string).collect::<Vec<_>>().join(" "),
            action: row.run,
            help: row.run.help().text(lang),
        })
        .collect()
}

/// The built-in table in Markdown, for the README.
pub fn markdown_table(lang: Lang) -> String {
    let Ok(keymap) = Keymap::built_in() else { return String::new() };
    let mut out = match lang {
        Lang::Zh => String::from("| 位置 | 键 | 作用 |\n|---|---|---|\n"),
        Lang::En => String::from("| where | keys | what |\n|---|---|---|\n"),
    };
    for row in rows(&keymap, lang) {
        let keys: Vec<_> = row.keys.split(' ').map(|key| format!("`{key}`")).collect();
        out.push_str(&format!("| {} | {} | {} |\n", row.scope.label().text(lang), keys.join(" "), row.help));
    }
    out
}

impl Keymap {
    /// The footer of a scope for who holds these posts: key and short label of each shown action.
    pub fn footer(&self, scope: Scope, posts: &[Who], lang: Lang) -> Vec<(String, &'static str)> {
        self.footer_where(scope, posts, lang, |_| true)
    }

    /// The same without what means nothing where the asker is just now.
    pub fn footer_where(
        &self,
        scope: Scope,
        posts: &[Who],
        lang: Lang,
        means: impl Fn(Action) -> bool,
    ) -> Vec<(String, &'static str)> {
        self.bindings()
            .iter()
            .filter(|row| row.scope == scope && means(row.run))
            .filter(|row| match &row.footer {
                Footer::No => false,
                Footer::All => true,
                Footer::Posts(wanted) => wanted.iter().any(|post| posts.contains(post)),
            })
            .filter_map(|row| Some((row.on.first()?.to_string(), row.run.label().text(lang))))
            .collect()
    }

    /// The footer of a place where other actions of a scope are at hand than usual: those of them that have a key.
    pub fn footer_of(&self, scope: Scope, actions: &[Action], lang: Lang) -> Vec<(String, &'static str)> {
        let shown = |action: &Action| Some((self.key_for(scope, *action)?, action.label().text(lang)));
        actions.iter().filter_map(shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_can_be_reached_by_a_key() {
        let keymap = Keymap::built_in().unwrap();
        for action in Action::ALL {
            assert!(keymap.bindings().iter().any(|row| row.run == *action), "{} has no key", action.name());
            assert_eq!(Action::named(action.name()), Some(*action));
        }
    }

    #[test]
    fn footers_fit_the_narrowest_screen_in_both_languages() {
        for (keymap, lang) in Keymap::NAMES.iter().flat_map(|name| Lang::ALL.map(|lang| (name, lang))) {
            let keymap = Keymap::named(keymap, &[]).unwrap();
            for scope in Scope::ALL {
                for posts in [
                    vec![Who::Entry],
                    vec![Who::Review],
                    vec![Who::Entry, Who::Review],
                    vec![Who::Handler],
                    vec![Who::Reviewer],
                    vec![Who::Handler, Who::Reviewer],
                    vec![Who::Keeper],
                    vec![],
                ] {
                    let cells: usize = keymap
                        .footer(scope, &posts, lang)
                        .iter()
                        .map(|(key, label)| crate::text::width(key) + 1 + crate::text::width(label) + 1)
                        .sum();
                    assert!(cells <= 80 + 1, "{scope:?} {posts:?} {lang:?}: {cells}");
                }
            }
        }
    }

    #[test]
    fn the_table_has_a_line_for_every_binding() {
        let keymap = Keymap::built_in().unwrap();
        for lang in Lang::ALL {
            assert_eq!(markdown_table(lang).lines().count(), 2 + keymap.bindings().len());
        }
    }
}
