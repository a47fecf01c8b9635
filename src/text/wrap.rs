//! Line breaking for Chinese with words and numbers among it.

use super::{grapheme_width, width};
use unicode_segmentation::UnicodeSegmentation;

/// May not begin a line (行首禁则).
const NOT_FIRST: &str = "，。；：、！？）」』】〕》〉”’…—·～％℃,.;:!?)]}%";
/// May not end a line (行尾禁则).
const NOT_LAST: &str = "（「『【〔《〈“‘([{￥$";

/// `text` in lines of at most `cols` cells (never fewer than two, which one character needs). Chinese
/// breaks anywhere but before a closing or behind an opening mark; words and numbers stay whole unless
/// longer than a line. `\n` ends a line. There is always at least one line.
pub fn wrap(text: &str, cols: usize) -> Vec<String> {
    let cols = cols.max(2);
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, cols)).collect()
}

fn wrap_paragraph(text: &str, cols: usize) -> Vec<String> {
    let graphemes: Vec<&str> = text.graphemes(true).collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < graphemes.len() {
        let mut used = 0;
        let mut end = start;
        while end < graphemes.len() && used + grapheme_width(graphemes[end]) <= cols {
            used += grapheme_width(graphemes[end]);
            end += 1;
        }
        // Two cells hold every grapheme but odd sequences; those stand alone rather than stop the loop.
        end = end.max(start + 1);
        if end < graphemes.len() && graphemes[end] != " " {
            // Where nothing allows a break the line is simply full.
            end = (start + 1..=end).rev().find(|&at| breaks_before(&graphemes, at)).unwrap_or(end);
        }
        lines.push(graphemes[start..end].concat().trim_end_matches(' ').to_owned());
        while graphemes.get(end) == Some(&" ") {
            end += 1;
        }
        start = end;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Whether a line may end before grapheme `at`.
fn breaks_before(graphemes: &[&str], at: usize) -> bool {
    let (before, after) = (graphemes[at - 1], graphemes[at]);
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return false;
    }
    let in_word = |g: &str| g != " " && width(g) < 2 && !NOT_FIRST.contains(g);
    !(in_word(before) && in_word(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        assert_eq!(wrap("学生休学，期满复学。", 8), ["学生休", "学，期满", "复学。"]);
        assert_eq!(wrap("见《办法》（试行）", 10), ["见《办法》", "（试行）"]);
        assert_eq!(wrap("见了《办法》", 6), ["见了", "《办", "法》"]);
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(wrap("due 2025-10-16 by law", 10), ["due", "2025-10-16", "by law"]);
        assert_eq!(wrap("到期2025-10-16日", 10), ["到期", "2025-10-16", "日"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("计10个工作日", 5), ["计10", "个工", "作日"]);
    }

    #[test]
    fn the_edge_is_exact() {
        assert_eq!(wrap("休学复学", 8), ["休学复学"]);
        assert_eq!(wrap("休学复学", 7), ["休学复", "学"]);
        assert_eq!(wrap("ab cd", 5), ["ab cd"]);
        assert_eq!(wrap("ab cd", 4), ["ab", "cd"]);
        assert_eq!(wrap("ab   cd", 2), ["ab", "cd"]);
    }

    #[test]
    fn breaks_of_the_text_stay() {
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("一\n\n二", 8), ["一", "", "二"]);
    }

    #[test]
    fn too_narrow_still_ends() {
        assert_eq!(wrap("休学", 0), ["休", "学"]);
        assert_eq!(wrap("，，", 2), ["，", "，"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_overflows(text in "[休学，。（）a1 ·𬭎e\u{301}]{0,60}", cols in 2usize..20) {
            let lines = wrap(&text, cols);
            prop_assert!(lines.iter().all(|line| width(line) <= cols), "{:?}", lines);
            let ink = |s: &str| s.replace(' ', "");
            prop_assert_eq!(ink(&lines.concat()), ink(&text));
        }
    }
}
