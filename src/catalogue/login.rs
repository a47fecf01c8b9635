//! Texts of the questions at a login that several persons share, asked on the bare terminal before any screen.

use super::table::texts;

texts! {
    /// A text of these questions.
    pub LoginText {
        Shared = "这个登录由数人共用，请报账号和 PIN", "Several persons share this login: which account are you, and what is its PIN?";
        WrongPin = "PIN 不对，还可以试 {left} 次；这一次已记入日志", "Wrong PIN; {left} more tries. This one is journalled";
        NoAccount = "这个登录没有账号 {id}；请在下列账号中选择，再报 PIN", "This login has no account {id}: choose one of these, then give its PIN";
        Account = "账号：", "Account: ";
        Pin = "PIN（输入时不显示）：", "PIN (not shown while you type): ";
        NewPin = "新 PIN（6至12位数字，输入时不显示）：", "New PIN (6 to 12 digits, not shown while you type): ";
        Again = "再输入一次：", "Once more: ";
        Differ = "两次输入的 PIN 不同，没有设置；请再来一次", "The two do not agree and no PIN was set; try again";
        NoTerminal = "这里没有终端可以问 PIN：xueji call 的第一行请写 {line}", "There is no terminal here to ask for the PIN on: the first line to xueji call must be {line}";
        NoTerminalNew = "这里没有终端可以输入 PIN；也可以从标准输入给出一行", "There is no terminal here to type the PIN on; it may also come as one line of standard input";
        NotIn = "没有进入", "Not let in";
    }
}
