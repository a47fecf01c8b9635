//! Kinds of application, their names cut to four cells for a column, and what their forms say.

use super::table::texts;

texts! {
    /// What kinds are called, and what stands around the fields of their forms.
    pub KindText {
        FormChange = "转学习形式", "Change of study form";
        FormChangeShort = "学习", "Form";
        GradeSkip = "跳级", "Skipping a grade";
        GradeSkipShort = "跳级", "Skip";
        EarlyGraduation = "提前毕业", "Early graduation";
        EarlyGraduationShort = "提前", "Erly";
        Graduation = "毕业", "Graduation";
        GraduationShort = "毕业", "Grad";
        FieldsAbove = "（上面还有 {n} 项）", "({n} more above)";
        FieldsBelow = "（下面还有 {n} 项）", "({n} more below)";
    }
}
