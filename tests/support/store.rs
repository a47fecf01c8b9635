//! Data folders that vanish with the test, and the servers on them.

use super::call::Call;
use super::{environment, log_of, program, until};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use tempfile::TempDir;

/// A data folder of its own, with a home around it. Dropping it ends the server on it.
pub struct TempStore {
    home: TempDir,
    data: PathBuf,
}

/// A folder with nothing in it yet.
pub fn temp_store() -> TempStore {
    // A short name: the path of a socket has 108 bytes.
    let home = tempfile::Builder::new().prefix("xj").tempdir().unwrap();
    let data = home.path().join("data");
    TempStore { home, data }
}

/// An empty exercise store of this office; whoever runs the tests is its keeper.
pub fn temp_exercise(office: &str) -> TempStore {
    let store = temp_store();
    store.run_ok(&["init", "--office", office, "--exercise"]);
    store
}

impl TempStore {
    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The data folder as an argument.
    pub fn data_arg(&self) -> &str {
        self.data.to_str().unwrap()
    }

    /// The home around it, for files a test brings.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// `xueji --data …` with these arguments, not started yet.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.env_clear().envs(environment(self.home.path())).current_dir(self.home.path());
        command.arg("--data").arg(&self.data).args(args).stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs it to its end, which must be good, and gives what it printed.
    pub fn run_ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{args:?}: {}\n{out}\n{err}\n{}", output.status, log_of(&self.data));
        out.into_owned()
    }

    /// Starts the server in the foreground of a process of ours, and waits until it answers.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with more variables in its environment.
    pub fn serve_with(&self, env: &[(&str, &str)]) -> Server {
        let mut command = self.command(&["serve"]);
        command.envs(env.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut server = Server { child: command.spawn().unwrap(), data: self.data.clone() };
        until("the server to answer", || {
            if let Some(status) = server.child.try_wait().unwrap() {
                let mut said = String::new();
                if let Some(mut err) = server.child.stderr.take() {
                    let _ = std::io::Read::read_to_string(&mut err, &mut said);
                }
                panic!("the server ended ({status}) instead of answering: {said}\n{}", log_of(&self.data));
            }
            UnixStream::connect(self.data.join("desk.sock")).ok()
        });
        server
    }

    /// Connects to whatever server is on the folder.
    pub fn call(&self) -> Call {
        Call::connect(&self.data)
    }

    /// Connects and speaks as this account.
    pub fn call_as(&self, account: &str) -> Call {
        Call::connect_as(&self.data, account)
    }

    /// The process that listens on the folder's socket, whoever started it.
    pub fn server_pid(&self) -> Option<Pid> {
        let stream = UnixStream::connect(self.data.join("desk.sock")).ok()?;
        Some(rustix::net::sockopt::socket_peercred(&stream).ok()?.pid)
    }

    /// Kills the server that a desk started by itself, so that it can do nothing about it.
    pub fn kill_server(&self) {
        let pid = self.server_pid().expect("a server is running");
        kill_process(pid, Signal::KILL).unwrap();
        until("the server to be dead", || UnixStream::connect(self.data.join("desk.sock")).err());
    }
}

impl Drop for TempStore {
    fn drop(&mut self) {
        // A server inside the test's own process must not take the test with it.
        if let Some(pid) = self.server_pid()
            && pid != rustix::process::getpid()
        {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// A server that is a child of the test. Dropping it kills it.
pub struct Server {
    child: Child,
    data: PathBuf,
}

impl Server {
    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it so that it can do nothing about it, and waits for its end.
    pub fn kill9(mut self) -> ExitStatus {
        self.child.kill().unwrap();
        self.child.wait().unwrap()
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(mut self) -> ExitStatus {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::TERM).unwrap();
        until("the server to end", || self.child.try_wait().unwrap())
    }

    /// Connects to it.
    pub fn call(&self) -> Call {
        Call::connect(&self.data)
    }

    /// Connects and speaks as this account.
    pub fn call_as(&self, account: &str) -> Call {
        Call::connect_as(&self.data, account)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
