//! Kinds of application, and their names cut to four cells for a column.

use super::table::texts;

texts! {
    /// What kinds are called.
    pub KindText {
        FormChange = "转学习形式", "Change of study form";
        FormChangeShort = "学习", "Form";
        GradeSkip = "跳级", "Skipping a grade";
        GradeSkipShort = "跳级", "Skip";
        EarlyGraduation = "提前毕业", "Early graduation";
        EarlyGraduationShort = "提前", "Erly";
        Graduation = "毕业", "Graduation";
        GraduationShort = "毕业", "Grad";
        Duplicate = "重复学籍", "Duplicate registration";
        DuplicateShort = "重复", "Dup.";
        ComingOver = "普高/技工转入", "From high/tech. school";
        ComingOverShort = "普转", "High";
        Junior = "初中转入", "From junior high";
        JuniorShort = "初转", "Jun.";
        StepFiling = "待报备案", "filing";
        SyncFiling = "报批准机关备案", "Filed with the authority";
    }
}
