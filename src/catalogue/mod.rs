//! The fixed texts, Chinese first, English second. `Msg` names them, `zh` and `en` are exhaustive matches, so that a
//! text missing in one language does not compile. Placeholders go by name: `{n}`.
//!
//! No text holds a character whose width differs between terminals (ambiguous width): layout must not depend on them.

mod alerts;
mod aside;
mod batch;
mod beyond;
mod board;
mod calendar;
mod en;
mod entry;
mod graduation;
mod import;
mod kinds;
mod load;
mod login;
mod msg;
mod names;
mod national;
mod reading;
mod record;
mod system;
mod table;
mod zh;

pub use alerts::AlertMsg;
pub use aside::AsideMsg;
pub use batch::BatchText;
pub use board::BoardText;
pub use calendar::CalendarText;
pub use entry::EntryMsg;
pub use graduation::GradMsg;
pub use import::ImportText;
pub use kinds::KindText;
pub use load::LoadText;
pub use login::LoginText;
pub use msg::Msg;
pub use names::{Name, Spelling};
pub use national::NationalText;
pub use reading::ReadingText;
pub use record::RecordText;
pub use system::SystemText;

/// The language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];
}

impl Msg {
    /// The text, with its placeholders as they stand.
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh::text(self),
            Lang::En => en::text(self),
        }
    }

    /// The text with its placeholders filled in.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        filled(self.text(lang), values)
    }
}

/// Fills placeholders in, in one pass: what is filled in is never looked into.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push_str(values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use unicode_width::UnicodeWidthChar;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    /// Every text there is, in both languages.
    fn all() -> Vec<(&'static str, &'static str)> {
        let common = Msg::ALL.iter().map(|msg| (msg.text(Lang::Zh), msg.text(Lang::En)));
        common
            .chain(
                [
                    CalendarText::TEXTS,
                    KindText::TEXTS,
                    BatchText::TEXTS,
                    BoardText::TEXTS,
                    NationalText::TEXTS,
                    RecordText::TEXTS,
                    SystemText::TEXTS,
                    LoadText::TEXTS,
                    LoginText::TEXTS,
                    EntryMsg::TEXTS,
                    ImportText::TEXTS,
                ]
                .concat(),
            )
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for (zh, en) in all() {
            assert_eq!(placeholders(zh), placeholders(en), "{zh}");
            assert!(!zh.is_empty() && !en.is_empty(), "{zh:?} {en:?}");
        }
    }

    #[test]
    fn no_text_depends_on_the_terminal_for_its_width() {
        for (zh, en) in all() {
            for c in zh.chars().chain(en.chars()) {
                assert_eq!(c.width(), c.width_cjk(), "{zh:?} {en:?}: {c:?}");
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_never_looked_into() {
        assert_eq!(Msg::LeftDays.fill(Lang::Zh, &[("n", "3")]), "剩 3 日");
        assert_eq!(Msg::Failed.fill(Lang::En, &[("why", "{why}")]), "It failed: {why}");
        assert_eq!(Msg::LeftDays.fill(Lang::En, &[]), "d left");
    }
}
