//! Texts of the supervisor's board.

use super::table::texts;

texts! {
    /// A text of the board.
    pub BoardText {
        TabOffices = "机构", "Offices";
        TabKinds = "业务分布", "Kinds";
        TabOverdue = "逾期", "Overdue";
        TabAhead = "近二十日", "Ahead";
        TabRates = "办结率", "Rates";
        ColOffice = "经手方", "Hand";
        ColInHand = "在手", "Held";
        ColOverdue = "逾期", "Over";
        ColToday = "今日", "Today";
        ColNear = "将到", "Near";
        ColGreen = "余", "Green";
        ColNone = "无时限", "None";
        ColLongest = "最长逾", "Worst";
        ColUrged = "已催", "Urged";
        ColUnfiled = "未备案", "Unfil.";
        ColOne = "1日", "1 d";
        ColTwo = "2日", "2 d";
        ColThree = "3日", "3 d";
        ColFive = "5日内", "to 5";
        ColTen = "10日内", "to 10";
        ColMore = "更多", "more";
        ColDate = "工作日", "Working day";
        ColDue = "到期", "Due";
        ColReference = "参考", "Ref.";
        ColEnded = "办结", "Ended";
        ColInTime = "按时率", "In time";
        ColMean = "均用", "Mean";
        ColReturned = "退回", "Ret.";
        ColOverNow = "现逾", "Now";
        ColDueDay = "到期日", "Due on";
        ColLeft = "剩余日", "Left";
        ColWaits = "待", "Waits";
        ColRound = "轮次", "Round";
        Below = "+{name}", "+{name}";
        Clerk = "{name} {post}", "{name}, {post}";
        OffAfter = "{date}，其后休 {n} 日", "{date}, then {n} off";
        Later = "二十个工作日以后到期 {n} 件", "{n} due later than that";
        UnfiledLine = "未备案新生 {n} 人，须在 {date} 前备案（第6条），尚余 {left} 日", "{n} new students to be filed by {date} (Art. 6), {left} days left";
        UnfiledOver = "未备案新生 {n} 人，备案已于 {date} 截止（第6条）", "{n} new students not filed; filing ended on {date} (Art. 6)";
        Period = "{from} 至 {until} 办结：法定时限、本地经手的环节，每轮一次；另有 {n} 轮不计（参考时限、外部经手）", "Ended {from} to {until}, by legal clocks at hands here, each round once; {n} rounds left out (reference, external)";
        CasesTitle = "{what}：共 {n} 件", "{what}: {n} cases";
        Empty = "没有", "None";
        DigestAlerts = "预警 {n}", "{n} alerts";
        AskRemind = "再按一次 {key} 催办 {student}（{hand}）", "Press {key} again to remind {hand} of {student}";
        Reminded = "已催办 {student}（{hand}），本环节第 {n} 次", "Reminded {hand} of {student}, {n} times in this round";
        NotOpen = "该生不在您的管辖范围，只计数", "Outside of your jurisdiction: counted only";
        OnlySupervisor = "催办由督办岗作出，您没有这个岗位", "Only a supervisor reminds; you do not hold that post";
        NoCases = "这一格没有可以展开的案件", "No cases behind this cell";
    }
}
