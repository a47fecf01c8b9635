//! Several clerks on one machine, over a real OpenSSH server on loopback: installed as the README says, word for word,
//! with logins that see the desk and nothing else.
//!
//! Logins, `/etc`, `/var/lib`, `/home` and `/usr/local/bin` are the test's own: it runs in a mount and process namespace
//! that goes with it. Where that cannot be had (not root, no sshd) it says so and does nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/mod.rs"]
mod support;

use std::fs;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use support::pty::Desk;
use support::{program, until};
use tempfile::TempDir;

/// What the install and the server on loopback need.
const TOOLS: [&str; 8] = ["sshd", "ssh", "ssh-keygen", "unshare", "useradd", "usermod", "runuser", "mount"];

/// Goes around the README's own lines: folders that vanish, and what a machine with systemd and sudo has.
const BEFORE: &str = r#"
set -eu
cp -a /etc "$STAGE/etc" && mount --bind "$STAGE/etc" /etc
for folder in /var/lib /home /run; do mount -t tmpfs none "$folder"; done
mkdir -p /run/sshd /etc/systemd/system "$STAGE/target/release" "$STAGE/bin"
cp "$PROGRAM" "$STAGE/target/release/xueji"
mount --bind "$STAGE/bin" /usr/local/bin
export PATH="/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
cd "$STAGE"
sudo() { user=$2; shift 2; runuser -u "$user" -- "$@"; }
systemctl() {
    case "$1" in enable)
        unit=/etc/systemd/system/xueji.service
        user=$(sed -n 's/^User=//p' $unit)
        runuser -u "$user" -- $(sed -n 's/^ExecStart=//p' $unit) >"$STAGE/served" 2>&1 &
        while ! test -S /var/lib/xueji/data/desk.sock; do sleep 0.1; done;;
    esac
}
"#;

/// Two more logins, one of them outside the group, and the server. Without PAM sshd refuses locked passwords.
const AFTER: &str = r#"
useradd --create-home lisi
usermod -aG xueji lisi
useradd --create-home zhao
usermod -p '*' wangmin
usermod -p '*' lisi
usermod -p '*' zhao
install -m 0644 "$STAGE/key.pub" /etc/ssh/clerks
cat >"$STAGE/sshd_config" <<CONFIG
ListenAddress 127.0.0.1
Port $PORT
HostKey $STAGE/host
PidFile none
UsePAM no
PasswordAuthentication no
AuthorizedKeysFile /etc/ssh/clerks
ForceCommand /usr/local/bin/xueji
PermitUserRC no
AllowTcpForwarding no
X11Forwarding no
CONFIG
exec "$(command -v sshd)" -D -e -f "$STAGE/sshd_config"
"#;

/// The README's shell blocks of the chapter about several clerks.
fn readme() -> Vec<String> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let chapter = text.split("\n## ").find(|chapter| chapter.starts_with("Several clerks on one machine")).unwrap();
    let blocks = chapter.split("```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned());
    blocks.collect()
}

/// One replacement that must be there to be made.
fn instead(text: &str, this: &str, that: &str) -> String {
    assert!(text.contains(this), "the README no longer says {this:?}:\n{text}");
    text.replace(this, that)
}

/// A machine with the service installed and an OpenSSH server on it.
struct Machine {
    stage: TempDir,
    port: u16,
    child: Child,
}

impl Drop for Machine {
    fn drop(&mut self) {
        // The namespace ends with its first process, and with it everything in it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn found(tool: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/sbin"]).map(Path::new);
    folders.map(|folder| folder.join(tool)).find(|file| file.is_file())
}

/// Why there can be no such machine here.
fn impossible() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("only root can make logins".to_owned());
    }
    if let Some(tool) = TOOLS.iter().find(|tool| found(tool).is_none()) {
        return Some(format!("there is no {tool}"));
    }
    let mounting = ["--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "none", "/home"];
    let tried = Command::new("unshare").args(mounting).output().unwrap();
    (!tried.status.success()).then(|| format!("no namespace: {}", String::from_utf8_lossy(&tried.stderr).trim()))
}

impl Machine {
    fn install() -> Option<Machine> {
        if let Some(why) = impossible() {
            let _ = writeln!(std::io::stderr(), "skipped: no OpenSSH server on loopback, since {why}");
            return None;
        }
        let stage = tempfile::tempdir().unwrap();
        for key in ["key", "host"] {
            let file = stage.path().join(key);
            let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(file).status();
            assert!(made.unwrap().success());
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let host = fs::read_to_string(stage.path().join("host.pub")).unwrap();
        fs::write(stage.path().join("known"), format!("[127.0.0.1]:{port} {host}")).unwrap();

        let blocks = readme();
        let [install, account] = &blocks[..] else { panic!("two blocks were there: {blocks:?}") };
        // The exercise county instead of an empty store, so that there is something to see; its keeper is the province's.
        let install = instead(install, "xueji init --office 410782", "xueji demo --students 600");
        let install = instead(
            &install,
            "xueji demo --students 600 --data /var/lib/xueji/data",
            "sh -c 'xueji demo --students 600 --data /var/lib/xueji/data </dev/null >/dev/null 2>&1; xueji stop --data /var/lib/xueji/data'",
        );
        let account = instead(account, "xueji call", "xueji --as sheng-gl call");
        let script = format!("{BEFORE}\n{install}\n{account}\n{AFTER}");
        let mut child = Command::new("unshare")
            .args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", &script])
            .env("STAGE", stage.path())
            .env("PROGRAM", program())
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(fs::File::create(stage.path().join("said")).unwrap())
            .stderr(fs::File::create(stage.path().join("complained")).unwrap())
            .spawn()
            .unwrap();
        let told = |name: &str| fs::read_to_string(stage.path().join(name)).unwrap_or_default();
        until("sshd to listen", || {
            if let Some(status) = child.try_wait().unwrap() {
                panic!("the install ended ({status}): {}\n{}\n{}", told("said"), told("complained"), told("served"));
            }
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Some(Machine { stage, port, child })
    }

    /// `ssh` with everything that keeps it from the machine's own configuration.
    fn ssh(&self, user: &str, more: &[&str]) -> Vec<String> {
        let at = |name: &str| self.stage.path().join(name).to_str().unwrap().to_owned();
        let mut command: Vec<String> =
            ["ssh", "-F", "none", "-q", "-p", &self.port.to_string(), "-i", &at("key")].map(str::to_owned).into();
        for option in
            ["IdentitiesOnly=yes", "StrictHostKeyChecking=yes", &format!("UserKnownHostsFile={}", at("known"))]
        {
            command.extend(["-o".to_owned(), option.to_owned()]);
        }
        command.push(format!("{user}@127.0.0.1"));
        command.extend(more.iter().map(|word| (*word).to_owned()));
        command
    }

    /// As a clerk does it: a terminal, and the desk in it.
    fn desk(&self, user: &str) -> Desk {
        let command = self.ssh(user, &[]);
        let mut command: Vec<&str> = command.iter().map(String::as_str).collect();
        command.insert(1, "-t");
        Desk::start_program(&command, &[], 80, 24)
    }

    /// As somebody does who wants something else than the desk.
    fn run(&self, user: &str, more: &[&str]) -> Output {
        let command = self.ssh(user, more);
        Command::new(&command[0]).args(&command[1..]).stdin(Stdio::null()).output().unwrap()
    }
}

#[test]
fn a_clerk_with_an_account_works_and_one_without_is_told_so() {
    let Some(machine) = Machine::install() else { return };

    // The second login has an account: his office's work is before him, and what he does is done.
    let mut clerk = machine.desk("wangmin");
    let screen = clerk.wait_text("逾期1");
    assert!(screen.contains("演练一县教育局") && screen.contains("王敏 经办") && screen.contains("逾期1"), "{screen}");
    let waiting = waiting(&screen);
    clerk.send("a");
    clerk.wait_text("Enter");
    clerk.send("\r");
    clerk.wait_text("已提出同意意见");
    clerk.send("\x1b");
    clerk.wait_text(&format!("我的待办 {}", waiting - 1));
    clerk.send("Q");
    let (exit, words) = clerk.wait_last_words();
    assert_eq!(exit.exit_code(), 0, "{words}");

    // The third may come to the server and is nobody there; the fourth is not let to the server. Both are told whom to
    // ask, in one sentence, and are out again.
    let door = [
        ("lisi", 3, ["操作系统用户 lisi 在本库没有账号", "系统管理岗"]),
        ("zhao", 6, ["没有进入数据目录", "系统管理岗"]),
    ];
    for (user, code, said) in door {
        let (exit, words) = machine.desk(user).wait_last_words();
        assert_eq!(exit.exit_code(), code, "{user}: {words}");
        let words: String = words.split_whitespace().collect();
        for part in said {
            assert!(words.contains(&part.replace(' ', "")), "{user}: {words}");
        }
    }

    // Whatever is asked of ssh, it is the desk that is run, and without a terminal it says so.
    for asked in ["id", "cat /etc/passwd", "sh -c id"] {
        let out = machine.run("wangmin", &[asked]);
        assert_eq!((out.status.code(), out.stdout.as_slice()), (Some(2), &b""[..]), "{asked}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("标准输出不是终端"), "{asked}");
    }
}

/// The count on the first tab.
fn waiting(screen: &str) -> u32 {
    let rest = screen.split("我的待办 ").nth(1).unwrap_or_else(|| panic!("no first tab:\n{screen}"));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
