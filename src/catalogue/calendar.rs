//! Screen 9.

use super::table::texts;

texts! {
    /// What the calendar says.
    pub CalendarText {
        Month = "{year}年{month}月", "{year}-{month}";
        Weekdays = "一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su";
        Legend = "*今天 !到期 #窗口 -放假 +调休", "*today !due #window -off +make-up";
        Working = "工作日", "working day";
        Weekend = "周末", "weekend";
        Off = "放假：{name}", "off: {name}";
        MakeUp = "调休上班：{name}", "make-up day: {name}";
        Provisional = "暂定：该年放假安排尚未载入", "provisional: this year's notice is not loaded";
        Before = "未载：日历不含该年", "not loaded: before the calendar begins";
        Due = "本机构到期 {n} 件", "{n} due in this office";
        Open = "Enter 看清单", "Enter lists them";
        NothingDue = "本机构无到期业务", "nothing due in this office";
        WindowClosed = "本窗口已过", "over";
        Binding = "今天（{day}）适用", "Binds today ({day})";
        BindingNone = "今天没有适用的窗口", "No window binds today";
        Closes = "截止", "closes";
        Between = "期间", "from-to";
        Opens = "起办", "opens";
        Reference = "基准日", "reference";
        Article = "第{article}条", "Art. {article}";
        LastDay = "今天截止，24:00 止", "last day, to 24:00";
        DaysLeft = "还有 {n} 天", "{n} days left";
        WorkBefore = "末个工作日 {day}", "last working day {day}";
        Loaded = "放假安排载至 {day}", "calendar loaded to {day}";
    }
}
