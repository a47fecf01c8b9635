//! Texts while the server still reads its records after a start: each with both languages side by side.

use super::{Lang, filled};

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// One fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the texts themselves say what they are")]
        pub enum ReadingText {
            $($name),+
        }

        impl ReadingText {
            /// All of them.
            pub const ALL: &'static [ReadingText] = &[$(ReadingText::$name),+];

            /// The text, with its placeholders as they stand.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((ReadingText::$name, Lang::Zh) => $zh, (ReadingText::$name, Lang::En) => $en,)+
                }
            }
        }
    };
}

impl ReadingText {
    /// The text with its placeholders filled in.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        filled(self.text(lang), values)
    }
}

texts! {
    Header: "读入记录 {n}%", "reading records {n}%";
    Done: "记录已全部读入，查找和办理都可以了", "All records are read: search and decide as usual";
    Elsewhere: "另一个桌面正在启动服务，请稍候", "Another desk is starting the server, one moment";
    Journal: "正在打开数据库：核对日志，第 {done} 条", "Opening the store: checking the journal, entry {done}";
    Records: "正在打开数据库：读取记录 {n}%", "Opening the store: reading records {n}%";
    Replay: "正在打开数据库：按日志重建 {n}%", "Opening the store: rebuilding from the journal {n}%";
}
