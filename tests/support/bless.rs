//! Files that the tests make and the repository keeps: compared, or rewritten with `XUEJI_BLESS=1`.

use std::path::Path;

/// Lines of each side that a failure shows.
const SHOWN: usize = 30;

/// Compares what a test made with the file at `path` (from the repository's root).
pub fn compare(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("XUEJI_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        if std::fs::read(&file).ok().as_deref() != Some(actual.as_bytes()) {
            std::fs::write(&file, actual).unwrap();
        }
        return;
    }
    let hint = "`XUEJI_BLESS=1 cargo test` rewrites it";
    let Ok(expected) = std::fs::read_to_string(&file) else { panic!("{path} is missing; {hint}") };
    if expected != actual {
        panic!("{path} is not what the program makes; {hint} (− file, + program)\n{}", difference(&expected, actual));
    }
}

/// The part in which two texts differ, with a line of context on either side.
pub fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.split('\n').collect(), actual.split('\n').collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let mut text = format!("@@ line {}\n", head + 1);
    if head > 0 {
        text += &format!("  {}\n", old[head - 1]);
    }
    for (mark, lines) in [('-', &old[head..old.len() - tail]), ('+', &new[head..new.len() - tail])] {
        for line in lines.iter().take(SHOWN) {
            text += &format!("{mark} {line}\n");
        }
        if lines.len() > SHOWN {
            text += &format!("{mark} … {} more lines\n", lines.len() - SHOWN);
        }
    }
    if tail > 0 {
        text += &format!("  {}\n", old[old.len() - tail]);
    }
    text
}
