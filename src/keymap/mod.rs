//! Keys are a table. An [`Action`] has a name, the scopes it makes sense in, and labels in both languages;
//! `keymaps/default.toml` says which keys run it (`vim.toml` and `numpad.toml` can be chosen instead), and files of the user's
//! are added to that. The footer, the help
//! screen, the README's table and `xueji keys` are rows of this one table. What does not fit (an unknown action, a
//! key bound twice) is refused with file and line, never ignored.
//!
//! | file | holds |
//! |---|---|
//! | `key` | one pressed key and its written form |
//! | `action` | the table of actions and scopes |
//! | `load` | key files to bindings, with their errors |
//! | `show` | rows, the Markdown table, footers |

mod action;
mod key;
mod load;
mod show;

pub use action::{Action, Scope, Who};
pub use key::{BadKey, KeyCode, KeyPress};
pub use load::{KeymapError, chosen};
pub use show::{KeyRow, markdown_table, rows};

/// Whose footer shows a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Footer {
    /// Nobody's.
    No,
    /// Everybody's.
    All,
    /// Who holds one of these posts.
    Posts(Vec<Who>),
}

/// One row: keys in a scope that run an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// Which keys, the one to be shown first.
    pub on: Vec<KeyPress>,
    /// What they run.
    pub run: Action,
    pub(crate) footer: Footer,
    /// File and line it stands in.
    pub(crate) place: (String, usize),
}

/// All bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// The built-in keys.
    pub fn built_in() -> Result<Keymap, KeymapError> {
        Keymap::with_files(&[])
    }

    /// The key maps the program carries, by name.
    pub const NAMES: [&str; 3] = ["default", "vim", "numpad"];

    /// The built-in keys and the rows of more files: name and text of each, in order.
    pub fn with_files(files: &[(String, String)]) -> Result<Keymap, KeymapError> {
        Keymap::named("default", files)
    }

    /// The keys of a key map by its name, and the rows of more files.
    pub fn named(name: &str, files: &[(String, String)]) -> Result<Keymap, KeymapError> {
        let carried = load::files(name).ok_or_else(|| KeymapError::no_keymap(name, 1, name))?;
        let mut bindings = Vec::new();
        for (name, text) in carried {
            bindings = load::read(name, text, bindings)?;
        }
        for (name, text) in files {
            bindings = load::read(name, text, bindings)?;
        }
        Ok(Keymap { bindings })
    }

    /// What a key does in a scope. Outside fields, full-width letters mean the plain ones.
    pub fn action(&self, scope: Scope, key: KeyPress) -> Option<Action> {
        let key = if scope.takes_text() { key } else { key.folded() };
        let find = |scope| self.bindings.iter().find(|row| row.scope == scope && row.on.contains(&key));
        find(scope)
            .or_else(|| if scope.takes_text() && key.is_text() { None } else { find(Scope::Any) })
            .map(|row| row.run)
    }

    /// All bindings, in the order of the files.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// The first key that runs an action in a scope, as shown.
    pub fn key_for(&self, scope: Scope, action: Action) -> Option<String> {
        [scope, Scope::Any].into_iter().find_map(|scope| {
            self.bindings
                .iter()
                .find(|row| row.scope == scope && row.run == action)?
                .on
                .first()
                .map(KeyPress::to_string)
        })
    }
}
