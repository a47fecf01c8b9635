//! Names by which the command line knows what the desk has: an English word or more, and Chinese names each with the
//! initials of its pinyin (首字母), typed here by hand because a character alone does not say how it is read.

use super::Lang;

/// A Chinese name and its initials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    /// The name.
    pub zh: &'static str,
    /// The first letter of each syllable.
    pub initials: &'static str,
}

macro_rules! names {
    ($($name:ident: $($en:literal)+, $($zh:literal $initials:ident),+;)+) => {
        /// Something the command line reaches.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names themselves say what they are")]
        pub enum Name {
            $($name),+
        }

        impl Name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Name] = &[$(Name::$name),+];

            /// English words, the one to be shown first.
            pub fn english(self) -> &'static [&'static str] {
                match self { $(Name::$name => &[$($en),+]),+ }
            }

            /// Chinese names, the one to be shown first.
            pub fn chinese(self) -> &'static [Spelling] {
                match self {
                    $(Name::$name => &[$(Spelling { zh: $zh, initials: stringify!($initials) }),+]),+
                }
            }
        }
    };
}

names! {
    Mine: "mine", "我的待办" wddb, "待处理列表" dcllb;
    SentBack: "sent-back", "复核退回" fhth;
    Office: "office", "本机构" bjg;
    DueSoon: "due-soon", "将到期" jdq;
    Late: "overdue" "late", "已逾期" yyq;
    Returned: "returned", "退回补正" thbz;
    UnderWay: "under-way", "在途" zt;
    Acted: "acted", "我办过的" wbgd;
    Parked: "parked", "搁置列表" gzlb;
    Queue: "queue", "待办" db;
    Board: "board", "督办看板" dbkb;
    System: "system", "系统" xt;
    AddAccount: "add-account", "新账号" xzh;
    Change: "change", "修改账号" xgzh;
    Disable: "disable", "停用账号" tyzh;
    SetPin: "set-pin", "设PIN" spin;
    ShareLogin: "share-login", "共用登录" gydl;
    LoadFile: "load-file", "载入文件" zrwj;
    LoadNational: "load-national", "载入全国名单" zrqgmd;
    SaveTable: "save-table", "报告表格" bgbg;
    CheckStore: "check-store", "核验" hy;
    Remind: "remind", "催办" cb;
    Period: "period", "换时段" hsd;
    Left: "left", "左移" zy;
    Right: "right", "右移" yy;
    Students: "students", "学生" xs;
    Entry: "entry", "登记新生" djxs;
    Unfiled: "unfiled", "待备案" dba;
    FileNow: "file-students", "为学生备案" wxsba;
    Drafts: "drafts", "草稿" cg;
    Alerts: "alerts", "负面清单" fmqd;
    Calendar: "calendar", "日历" rl;
    NextDay: "next-day", "后一天" hyt;
    PrevDay: "previous-day", "前一天" qyt;
    NextMark: "next-mark", "下一要日" xyyr;
    PrevMark: "previous-mark", "上一要日" syyr;
    ThisDay: "this-day", "今天" jt;
    Reveal: "reveal", "显示证件号" xszjh;
    Beside: "beside", "并排" bp;
    StageDone: "stage-done", "阶段完成" jdwc;
    Other: "other", "另一份" lyf;
    Mark: "mark", "标记" bj;
    MarkAll: "mark-all", "标记同类" bjtl;
    Limit: "limit" "filter", "限定" xd;
    Unlimit: "unlimit", "取消限定" qxxd;
    Application: "application" "a", "申请" sq;
    Rules: "article" "art" "rule", "条款" tk, "规则" gz;
    Approve: "approve", "同意" ty;
    Return: "return", "退回" th;
    Refuse: "refuse", "不予办理" bybl;
    SendBack: "send-back", "打回" dh;
    Submit: "submit", "提交" tj;
    Withdraw: "withdraw", "撤回" ch;
    Cancel: "cancel", "撤销申请" cxsq;
    Unsynced: "to-sync", "待同步" dtb;
    External: "external", "登记外部经手" djwbjs;
    File: "file", "登记备案" djba;
    Sync: "sync", "登记同步" djtb;
    Unsync: "unsync", "撤回同步" chtb;
    Reconcile: "reconcile", "对账" dz;
    Keyed: "keyed", "已录入" ylr;
    KeyedOther: "keyed-other", "录入另一边" lrlyb;
    Unkeyed: "unmark", "取消已录" qxyl;
    Same: "same", "同一人" tyr;
    Apart: "apart", "非同一人" ftyr;
    SaveList: "save-list", "导出清单" dcqd;
    Inquire: "inquire", "查询" cx;
    VerifyGraduate: "verify-graduate", "验证" yz;
    Dispute: "dispute", "提出争议" tczy;
    Arrival: "arrival", "跨省转入" kszr, "转入建档" zrjd;
    OpenCase: "open-case", "立案" la;
    RemindSchool: "remind-school", "提醒学校" txxx;
    Explain: "explain", "说明" sm;
    FindTrue: "find-true", "查实" cs;
    Dismiss: "dismiss", "排除" pc;
    Graduation: "graduation", "毕业" by;
    State: "state", "填报毕业" tbby;
    Issue: "issue", "提请印制" tqyz;
    Deliver: "deliver", "证书交校" zsjx;
    Award: "award", "颁发证书" bfzs;
    Void: "void", "作废证书" zfzs;
    CheckList: "check-list", "核对名单" hdmd;
    Archive: "archive", "名单归档" mdgd;
    Verify: "verify", "验证证书" yzzs;
    NextYear: "next-year", "后一年" hyn;
    PrevYear: "previous-year", "前一年" qyn;
    Remark: "remark", "批注" pz;
    Park: "park", "搁置本件" gzbj;
    HandOver: "hand-over", "转交" zj;
    Print: "print", "打印通知" dytz;
    Substitute: "substitute", "设代办" sdb;
    SaveLimit: "save-limit", "存限定" cxd;
    DropSaved: "forget", "删限定" sxd;
    Import: "import", "导入" dr, "批量导入" pldr;
    Export: "export", "导出" dc;
    New: "new", "新办休学" xbxx;
    Attach: "attach", "附材料" fcl, "上传材料" sccl;
    Fetch: "fetch", "取证" qz;
    Basis: "basis", "依据" yj;
    Open: "open", "打开" dk;
    Back: "back", "返回" fh;
    Today: "today", "演练日期" ylrq;
    SwitchTo: "as", "切换账号" qhzh;
    Accounts: "accounts", "账号列表" zhlb, "换账号" hzh;
    Refresh: "refresh", "刷新" sx;
    NextTab: "next-tab", "后一页签" hyyq;
    PrevTab: "previous-tab", "前一页签" qyyq;
    Down: "down", "下移" xy;
    Up: "up", "上移" sy;
    PageDown: "page-down", "下一页" xyy;
    PageUp: "page-up", "上一页" syy;
    First: "first", "到头" dt;
    Last: "last", "到尾" dw;
    Help: "help" "h", "帮助" bz, "按键说明" ajsm;
    Quit: "quit" "q", "退出" tc;
}

impl Name {
    /// What it is called in a language.
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.chinese().first().map_or("", |spelling| spelling.zh),
            Lang::En => self.english().first().copied().unwrap_or_default(),
        }
    }

    /// Everything that may be typed for it.
    pub fn spellings(self) -> impl Iterator<Item = &'static str> {
        let chinese = self.chinese().iter().flat_map(|spelling| [spelling.zh, spelling.initials]);
        chinese.chain(self.english().iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_two_things_are_typed_alike() {
        let mut seen = BTreeMap::new();
        for name in Name::ALL {
            for spelling in name.spellings() {
                let other = seen.insert(spelling, *name);
                assert!(other.is_none_or(|other| other == *name), "{spelling}: {name:?} and {other:?}");
            }
        }
    }

    /// Readings typed apart from the table, character by character.
    #[test]
    fn the_initials_are_those_of_the_characters() {
        let readings = [
            "a按案",
            "b板本办备不补帮表并步部标毕报颁边",
            "c成催处材传撤陈处出存查除草",
            "d督段待到打定单的登代档对导",
            "f复附返份负发废非",
            "g构规过搁归稿改共告格国",
            "h核回换后号",
            "j阶交机件据键将经届今记建",
            "k看款开跨",
            "l理列练料另历类立录量",
            "m明面名",
            "n年",
            "p批排",
            "q期取前切签全消限请清",
            "r日入人",
            "s时申上刷说示生手省设删实书",
            "t退途同条提头通天填统停",
            "w完我尾外为文",
            "x休学销新下限消显醒校系修询",
            "y右意予演页一依移逾已业印要议验用",
            "z左在证正账则助找注置转知争制作载",
        ];
        let initial =
            |c: char, wanted: char| readings.iter().any(|row| row.starts_with(wanted) && row[1..].contains(c));
        for name in Name::ALL {
            for spelling in name.chinese() {
                assert_eq!(spelling.initials.len(), spelling.zh.chars().count(), "{}", spelling.zh);
                for (c, letter) in spelling.zh.chars().zip(spelling.initials.chars()) {
                    assert!(c.to_ascii_lowercase() == letter || initial(c, letter), "{}: {c} {letter}", spelling.zh);
                }
            }
        }
    }
}
