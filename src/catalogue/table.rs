//! Texts of one screen each, both languages side by side. What many screens say stands in [`super::Msg`].

/// Makes an enum of texts from lines of `Name = "Chinese", "English";`.
macro_rules! texts {
    ($(#[$doc:meta])* $vis:vis $name:ident { $($variant:ident = $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        $vis enum $name {
            $($variant),+
        }

        impl $name {
            /// Every text in both languages, for the tests that hold them to the rules of all texts.
            pub const TEXTS: &'static [(&'static str, &'static str)] = &[$(($zh, $en)),+];

            /// The text, with its placeholders as they stand.
            pub fn text(self, lang: crate::catalogue::Lang) -> &'static str {
                let (zh, en) = match self { $(Self::$variant => ($zh, $en)),+ };
                match lang {
                    crate::catalogue::Lang::Zh => zh,
                    crate::catalogue::Lang::En => en,
                }
            }

            /// The text with its placeholders filled in.
            pub fn fill(self, lang: crate::catalogue::Lang, values: &[(&str, &str)]) -> String {
                crate::catalogue::filled(self.text(lang), values)
            }
        }
    };
}

pub(super) use texts;
