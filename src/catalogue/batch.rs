//! Marks, bulk approvals and batches.

use super::table::texts;

texts! {
    /// What is said of several at once.
    pub BatchText {
        Marked = "标记 {n}", "{n} marked";
        MarkBatch = "批量转学的一行不能标记，请打开后整批办理。", "The row of a batch cannot be marked; open it and decide it as a whole.";
        MarkMost = "一次最多标记 {n} 件。", "At most {n} can be marked at once.";
        MarkMixed = "标记的有的待提出意见，有的待复核，请分开标记。", "Some of the marked wait for a proposal, some for the check: mark them apart.";
        ConfirmBulkPropose = "标记的 {n} 件{kind}（{student}等）：逐件提出同意意见。Enter 确认，Esc 放弃", "{n} marked {kind} ({student}, ...): propose approval of each. Enter confirms, Esc leaves";
        ConfirmBulkDecide = "标记的 {n} 件{kind}（{student}等）：逐件同意上一岗意见。Enter 确认，Esc 放弃", "{n} marked {kind} ({student}, ...): agree with each proposal. Enter confirms, Esc leaves";
        ReportTitle = "逐件结果：办妥 {done} 件，未办 {refused} 件", "One by one: {done} done, {refused} not done";
        ReportMarked = "未办的仍然标记着。", "What was not done is still marked.";
        ReportDone = "办妥", "done";
        ReportNot = "未办", "not";
        BatchOf = "{student}等{n}人", "{student} ({n})";
        BatchTitle = "批量转学 {id}  {who}  {from} > {to}", "Batch {id}  {who}  {from} > {to}";
        BatchFacts = "名单 {size} 人  交来申请 {handed}  {submitted}  现可一起办 {together} 人", "{size} on the list  handed in {handed}  {submitted}  {together} to act on";
        BatchSubmitted = "{day} 提交", "submitted {day}";
        BatchNotSubmitted = "尚未提交", "not submitted";
        BatchApart = "单独", "alone";
        BatchReady = "材料齐", "complete";
        ColMissing = "材料", "Papers";
        BatchMost = "一批最多 {n} 人。", "At most {n} students in a batch.";
        BatchFew = "请先标记两名以上学生；一名学生按转学办理。", "Mark two students or more; one alone is a transfer.";
        BatchStarted = "已建立批量转学 {id}。请逐人附本人书写的申请后整批提交。", "Batch {id} is made. Attach every student's own application, then submit it.";
        BatchInTheWay = "名单中 {n} 人不能办理；再按填好（Ctrl-S）即从名单去掉，办理其余的人：", "{n} on the list may not transfer; Ctrl-S again takes them off and goes on with the others:";
        BatchMoreInTheWay = "另有 {n} 人。", "and {n} more.";
        SearchMarked = "已标记 {n} 人；{key} 办理批量转学", "{n} marked; {key} transfers them as a batch";
        BatchAlone = "这一项不能整批办理；请打开名单中的学生，逐人办理。", "This is not done with a whole batch; open a student of it.";
    }
}
