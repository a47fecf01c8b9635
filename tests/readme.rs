//! The README tells the truth where a machine can tell: its key table is the program's, its commands and files exist.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use clap::CommandFactory;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use xueji::catalogue::Lang;
use xueji::cli::Args;
use xueji::keymap::markdown_table;

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
fn the_key_table_is_generated_from_the_keys() {
    let text = readme();
    let (before, rest) = text.split_once(BEGIN).expect("the marker where the key table begins");
    let (table, after) = rest.split_once(END).expect("the marker where the key table ends");
    let generated = markdown_table(Lang::En);
    if std::env::var_os("XUEJI_BLESS").is_some() {
        fs::write(root().join("README.md"), format!("{before}{BEGIN}{generated}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(table, generated, "XUEJI_BLESS=1 cargo test --test readme rewrites the table");
}

/// Words that follow `xueji` in code are subcommands or options of the program.
#[test]
fn every_command_it_names_exists() {
    let command = Args::command();
    let known: BTreeSet<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut named = 0;
    for line in readme().lines().filter(|line| line.contains("xueji ")) {
        for after in line.split("xueji ").skip(1) {
            let word: String = after.chars().take_while(|c| c.is_ascii_lowercase()).collect();
            // Prose goes on with anything; in code a subcommand stands there.
            if word.is_empty() || !line.contains('`') && !line.starts_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            if ["useradd", "chmod", "systemctl", "install", "usermod", "chown"]
                .iter()
                .any(|tool| line.starts_with(tool))
            {
                continue;
            }
            assert!(known.contains(&word), "README names `xueji {word}`: {line}");
            named += 1;
        }
    }
    assert!(named >= 5, "the README names hardly a command");
}

#[test]
fn every_picture_and_file_it_links_to_is_there() {
    let text = readme();
    let mut links = 0;
    for after in text.split("](").skip(1) {
        let target: String = after.chars().take_while(|c| *c != ')').collect();
        if target.starts_with('#') || target.contains("://") {
            continue;
        }
        assert!(root().join(&target).exists(), "README links to {target}");
        links += 1;
    }
    assert!(links >= 1);
}
