//! Texts of the import at the desk, and of lists that are taken out.

use super::table::texts;

texts! {
    /// A text of the import or the export.
    pub ImportText {
        Folder = "上传目录 {folder} 中的文件（.xlsx、.xls、.csv），新的在前：", "Files in the upload folder {folder} (.xlsx, .xls, .csv), newest first:";
        NoFiles = "目录里没有表格文件。请先把文件放进这个目录（例如用 SFTP），再按 Enter 重读。", "No table files there. Put the file into this folder (by SFTP, say), then press Enter to look again.";
        Looking = "读取上传目录", "Reading the upload folder";
        Checking = "核对文件", "Checking the file";
        Taking = "登记", "Registering";
        Title = "{name}  {form}  可登记 {written}，已在库 {unchanged}，不符 {rejected}，空行 {empty}", "{name}  {form}  to register {written}, here already {unchanged}, wrong {rejected}, empty {empty}";
        TitleDone = "{name}  已登记 {written}，已在库 {unchanged}，不符 {rejected}", "{name}  registered {written}, here already {unchanged}, wrong {rejected}";
        Unknown = "没有用到的列：{columns}", "Columns not used: {columns}";
        Commit = "登记可登记的 {n} 行", "Register the {n} good rows";
        CommitNone = "没有可登记的行", "No row can be registered";
        Again = "重新读取文件并核对（已改 {n} 格保留）", "Read the file again and check it ({n} cells put right are kept)";
        Errors = "不符的 {n} 行连同原因导出到下载目录（.xlsx，改好可直接再导入）", "Take the {n} rows that stay out with the reasons to the download folder (.xlsx, can be imported again)";
        ErrorsNone = "没有不符的行可以导出", "No row stays out, there is nothing to take out";
        ErrorsWriting = "导出不符的行", "Taking out the rows that stay out";
        ErrorsSaved = "不符的行已导出到 {name}；改好后把它放进上传目录再导入", "The rows that stay out are in {name}; put them right, bring the file to the upload folder and import it";
        Row = "第{row}行 {mark} {name}：{what}", "row {row} {mark} {name}: {what}";
        MarkRejected = "不符", "wrong";
        MarkWarning = "注意", "notice";
        Fixed = "（已改 {n} 格）", "({n} put right)";
        MoreRows = "另有 {n} 行，改正这些后再看", "... {n} more rows, to be seen when these are right";
        RowNumbers = "行号同表格软件；Enter 改正所选的行", "Rows as a spreadsheet counts them; Enter puts the selected one right";
        FixTitle = "改正第{row}行（{name}）", "Put row {row} right ({name})";
        FixHint = "Tab 换栏，Ctrl-S 改好并重新核对，Esc 留着稍后核对", "Tab next field, Ctrl-S done and check again, Esc keep and check later";
        NothingToFix = "这一行没有可以就地改正的单元格；请在表格软件中改正文件，再选「重新读取文件并核对」", "Nothing in this row can be put right here; mend the file in a spreadsheet, then read it again";
        ConfirmCommit = "登记 {name} 中可登记的 {n} 行？Enter 登记，Esc 不登记", "Register the {n} good rows of {name}? Enter does, Esc does not";
        Done = "已登记 {written} 名；不符的 {rejected} 行没有登记，改正后再登记一次即可", "{written} registered; {rejected} rows stayed out: put them right and register again";
        DoneAll = "已登记 {written} 名，文件中没有不符的行", "{written} registered; no row stayed out";
        DoneNothing = "没有新增：{unchanged} 条都已在库中", "Nothing new: all {unchanged} are here already";
        NotSchool = "批量导入新生由学校录入岗办理；您是 {post}", "New students are imported by the school's entry post; you are {post}";
        Exporting = "导出名单", "Taking the list out";
        Exported = "已导出到 {name}（已记入日志）", "Taken out to {name} (journalled)";
        PickUpload = "上传目录 {folder} 中的文件（上下键选，Enter 选定，也可另写路径）：", "Files in {folder} (Up and Down, Enter; or write a path):";
        NoUploads = "上传目录 {folder} 里没有文件；请写路径，或先用 SFTP 上传到该目录", "Nothing in {folder}; write a path, or bring the file there first";
    }
}
