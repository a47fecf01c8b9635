//! Key maps as chosen on the command line and in the configuration; a user's own rows on top.

use crate::support::{TempStore, temp_store};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn keys(store: &TempStore, args: &[&str]) -> Vec<Value> {
    let all = [&["keys", "--json"], args].concat();
    serde_json::from_str(&store.run_ok(&all)).unwrap()
}

/// The keys of an action in a scope, as the table shows them.
fn bound(rows: &[Value], scope: &str, action: &str) -> String {
    let rows = rows.iter().filter(|row| row["scope"] == scope && row["action"] == action);
    rows.map(|row| row["keys"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

/// Writes a file of the user's configuration.
fn write(store: &TempStore, name: &str, text: &str) -> PathBuf {
    let config = store.command(&["keys"]);
    let home = config.get_envs().find(|(name, _)| *name == "XDG_CONFIG_HOME").unwrap().1.unwrap();
    let file = PathBuf::from(home).join("xueji").join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn a_key_map_is_chosen_by_option_else_by_configuration() {
    let store = temp_store();
    assert_eq!(bound(&keys(&store, &[]), "list", "prev-tab"), "Shift-Tab [");
    assert_eq!(bound(&keys(&store, &["--keymap", "vim"]), "list", "prev-tab"), "Shift-Tab [ h");
    assert_eq!(bound(&keys(&store, &["--keymap", "numpad"]), "list", "approve"), "+");
    write(&store, "config.toml", "keymap = \"numpad\"\n");
    assert_eq!(bound(&keys(&store, &[]), "list", "approve"), "+");
    assert_eq!(bound(&keys(&store, &["--keymap", "default"]), "list", "approve"), "a");
    // The user's own rows lie on top of whichever was chosen.
    write(&store, "keymaps/mine.toml", "keys = [{ scope = \"list\", on = [\"Z\"], run = \"approve\" }]");
    for (name, both) in [("default", "a Z"), ("vim", "a Z"), ("numpad", "+ Z")] {
        assert_eq!(bound(&keys(&store, &["--keymap", name]), "list", "approve"), both, "{name}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_file_and_line() {
    let store = temp_store();
    let refused = |args: &[&str]| {
        let out = store.run(&[&["keys"], args].concat());
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let said = refused(&["--keymap", "emacs"]);
    assert!(said.contains("emacs") && said.contains("numpad"), "{said}");
    let file = write(&store, "config.toml", "# mine\n\nkeymap = \"emacs\"\n");
    assert!(refused(&[]).contains(&format!("{}:3: ", file.display())), "{}", refused(&[]));
    fs::remove_file(file).unwrap();
    let text = "keys = [\n  { scope = \"list\", on = [\"Z\"], run = \"approve\" },\n  { scope = \"list\", on = [\"h\"], run = \"help\" },\n]";
    let file = write(&store, "keymaps/mine.toml", text);
    // Free in the default keys, taken in those of vi.
    assert_eq!(bound(&keys(&store, &[]), "list", "help"), "? h");
    let said = refused(&["--keymap", "vim"]);
    assert!(said.contains(&format!("{}:3: ", file.display())) && said.contains("prev-tab"), "{said}");
}
