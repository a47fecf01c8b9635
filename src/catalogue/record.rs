//! The record's last two tabs: the end of study, and the journal.

use super::table::texts;

texts! {
    /// What is said there.
    pub RecordText {
        TabEnd = "毕业", "Leaving";
        TabLog = "日志", "Journal";
        EndNotHere = "这份档案是通过业务看到的；毕业材料和日志由其主管部门查看。", "This record is seen through a case; the end of study is for its own authority to see.";
        EndYear = "应毕业年份", "Due in";
        EndYearOf = "{year} 年（预计 {month}）", "{year} (planned {month})";
        EndPlanned = "预计毕业 {month}；学籍状态「{status}」，不在应毕业名单上", "planned {month}; with status {status} not on the list of graduates";
        EndStatement = "学校登记", "Stated";
        EndStatementNone = "学校还没有登记毕业条件", "the school has stated nothing yet";
        EndPhoto = "照片", "photograph";
        EndHours = "完成规定学时", "hours done";
        EndExam = "考核合格", "examination passed";
        EndPlan = "非全日制培养方案 {text}", "part-time plan {text}";
        EndStudyFile = "学习档案 {text}", "study file {text}";
        EndStudyFileNone = "学习档案", "study file";
        EndYes = "{what}：有", "{what}: yes";
        EndNo = "{what}：无", "{what}: no";
        EndCertificate = "证书", "Certificate";
        EndCertificateNone = "还没有证书", "none yet";
        EndNumber = "{leave}证书 {year} 年  编号 {number}  {stage}", "{leave} {year}  no. {number}  {stage}";
        EndNoNumber = "{leave}证书 {year} 年  尚未编号  {stage}", "{leave} {year}  no number yet  {stage}";
        StageProposed = "待复核", "to be checked";
        StagePrinted = "已印制", "printed";
        StageDelivered = "已交校", "at the school";
        StageAwarded = "已颁发", "handed over";
        StageVoided = "已作废", "void";
        DoneProposed = "{day} {who}（{post}）提出印制", "{day} {who} ({post}) proposed printing";
        DonePrinted = "{day} {who}（{post}）复核同意，编号印制", "{day} {who} ({post}) agreed; numbered and printed";
        DoneDelivered = "{day} 交学校，{with}签收", "{day} handed to the school, received by {with}";
        DoneAwarded = "{day} 颁发，{with}签领", "{day} handed to the graduate, signed for by {with}";
        DoneVoided = "{day} {who}（{post}）作废：{with}", "{day} {who} ({post}) made void: {with}";
        EndHolds = "尚缺", "In the way";
        EndHoldsNone = "没有妨碍毕业的事项", "nothing";
        EndLost = "遗失补证", "If lost";
        LogNone = "还没有办理或查看的记录", "Nothing was done or looked at yet";
        LogMore = "已列 {shown} 条，共 {total} 条；再按向下键取更早的", "{shown} of {total} shown; press down again for earlier ones";
        LogAll = "共 {total} 条，从新到旧", "{total} in all, newest first";
        LogBy = "{name}  {office}  {posts}", "{name}  {office}  {posts}";
        LogFor = "{by}（代{name}）", "{by} (for {name})";
        LogFounding = "建库", "the store's founding";
        LogOutcome = "{what}：{outcome}", "{what}: {outcome}";
        Agreed = "同意上一岗意见", "agreed";
        SentBack = "退回上一岗", "sent back";
        Start = "发起申请", "Started";
        Amend = "修改申请内容", "Amended";
        Submit = "提交", "Submitted";
        Propose = "提出意见", "Proposed";
        External = "登记外部经手意见", "Word of a hand outside recorded";
        Decide = "复核", "Checked";
        Withdraw = "撤回", "Withdrew";
        Cancel = "撤销申请", "Cancelled";
        File = "登记省级备案", "Filing recorded";
        Sync = "登记同步", "Synchronisation recorded";
        Unsync = "收回同步登记", "Synchronisation taken back";
        Bulk = "批量办理", "Bulk act";
        BatchStart = "建立批量转学", "Batch started";
        BatchAct = "整批办理", "Batch act";
        Attach = "附材料", "Evidence attached";
        ReadPaper = "查看材料", "Evidence read";
        Reveal = "查看完整证件号", "Numbers shown whole";
        Inquire = "本人查询学籍", "Own record asked for";
        Remark = "批注", "Remark";
        Park = "搁置", "Parked";
        Resume = "取消搁置", "Taken up again";
        HandOver = "转交", "Handed over";
        Remind = "催办", "Reminder";
        Note = "督办记录", "Supervisor's note";
        Put = "写入档案（演练）", "Record written (exercise)";
        Seed = "生成演练数据", "Exercise data made";
        Import = "导入", "Imported";
        Register = "注册登记", "Registered";
        Correct = "更正登记", "Registration corrected";
        Filing = "学籍备案", "Filed";
        Junior = "接收初中学生", "Pupil of junior high taken in";
        Compulsory = "登记完成义务教育", "Compulsory education completed";
        StageEnd = "中职段期满", "First three years over";
        Dispute = "提出争议", "Disputed";
        PaperPut = "登记纸质档案", "Paper file entered";
        PaperCheck = "核对纸质档案", "Paper file compared";
        Demand = "上级要求材料", "Papers asked for from above";
        DemandMet = "登记已提供材料", "Papers asked for were given";
        CompulsoryDone = "完成义务教育", "Compulsory education completed";
        AlertEntry = "预警：登记", "Alert: entered";
        AlertRemind = "预警：提醒", "Alert: reminder";
        AlertExplain = "预警：学校说明", "Alert: explained";
        AlertConfirm = "预警：提出查实", "Alert: finding proposed";
        AlertDismiss = "预警：提出排除", "Alert: dismissal proposed";
        AlertDecide = "预警：复核", "Alert: checked";
        Absence = "登记离校", "Absence recorded";
        Inspection = "登记检查情况", "Inspection recorded";
        LeavingStated = "登记毕业条件", "Graduation facts stated";
        Issue = "提出印制证书", "Certificate proposed";
        Print = "复核印制证书", "Certificate printed";
        Void = "证书作废", "Certificate voided";
        Deliver = "证书交学校", "Certificate delivered";
        Award = "颁发证书", "Certificate handed over";
        Archive = "毕业名单归档", "List of graduates archived";
        Merge = "学校合并", "School merged";
        Close = "学校撤销", "School closed";
    }
}

impl RecordText {
    /// What a command of this name does, in words; none for one that has none here.
    pub fn deed(command: &str) -> Option<RecordText> {
        Some(match command {
            "applications.start" => RecordText::Start,
            "applications.amend" => RecordText::Amend,
            "applications.submit" => RecordText::Submit,
            "applications.propose" => RecordText::Propose,
            "applications.step_external" => RecordText::External,
            "applications.decide" => RecordText::Decide,
            "applications.withdraw" => RecordText::Withdraw,
            "applications.cancel" => RecordText::Cancel,
            "applications.file" => RecordText::File,
            "applications.sync" => RecordText::Sync,
            "applications.unsync" => RecordText::Unsync,
            "applications.bulk" => RecordText::Bulk,
            "applications.remark" => RecordText::Remark,
            "applications.park" => RecordText::Park,
            "applications.resume" => RecordText::Resume,
            "applications.hand_over" => RecordText::HandOver,
            "batches.start" => RecordText::BatchStart,
            "batches.act" => RecordText::BatchAct,
            "evidence.record" => RecordText::Attach,
            "evidence.get" => RecordText::ReadPaper,
            "students.reveal" => RecordText::Reveal,
            "students.inquire" => RecordText::Inquire,
            "students.put" => RecordText::Put,
            "demo.seed" => RecordText::Seed,
            "import.commit" => RecordText::Import,
            "board.remind" => RecordText::Remind,
            "board.note" => RecordText::Note,
            "entry.save" => RecordText::Register,
            "entry.amend" => RecordText::Correct,
            "filing.submit" => RecordText::Filing,
            "junior.admit" => RecordText::Junior,
            "students.complete_compulsory" => RecordText::Compulsory,
            "students.end_stage" => RecordText::StageEnd,
            "duplicates.dispute" => RecordText::Dispute,
            "papers.put" => RecordText::PaperPut,
            "papers.check" => RecordText::PaperCheck,
            "applications.demand" => RecordText::Demand,
            "applications.meet" => RecordText::DemandMet,
            "alerts.record" => RecordText::AlertEntry,
            "alerts.remind" => RecordText::AlertRemind,
            "alerts.explain" => RecordText::AlertExplain,
            "alerts.confirm" => RecordText::AlertConfirm,
            "alerts.dismiss" => RecordText::AlertDismiss,
            "alerts.decide" => RecordText::AlertDecide,
            "absences.put" => RecordText::Absence,
            "inspections.put" => RecordText::Inspection,
            "graduation.state" => RecordText::LeavingStated,
            "graduation.issue" => RecordText::Issue,
            "graduation.print" => RecordText::Print,
            "graduation.void" => RecordText::Void,
            "graduation.deliver" => RecordText::Deliver,
            "graduation.award" => RecordText::Award,
            "graduation.archive" => RecordText::Archive,
            "schools.merge" => RecordText::Merge,
            "schools.close" => RecordText::Close,
            _ => return None,
        })
    }
}
