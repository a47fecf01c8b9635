//! `xueji serve`, `stop`, `status`.

use super::args::ServeOptions;
use super::failure::{CliError, Exit};
use super::{Args, calendar, folder};
use crate::server::{Hall, Job, Limits, Master, Place, serve as run};
use crate::store::{Options, Progress, SledStore, Stage};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};

/// Records from which on a store is served before all its students are read: below, that takes no time.
const LATE_FROM: u64 = 50_000;

/// Lines of the log that may wait to be written; what comes while so many wait is dropped.
const LINES_WAITING: usize = 4096;

/// What a server says when it listens.
pub(super) const READY: &str = "ready";

/// Serves the folder until stopped.
pub(super) fn serve(args: &Args, options: &ServeOptions) -> Result<(), CliError> {
    let data = folder::store(args)?;
    if options.detached {
        leave_terminal(&data);
    }
    if !folder::holds_store(&data) {
        return Err(CliError::new(Exit::NoServer, format!("数据目录 {} 里还没有数据库", data.display())));
    }
    // Whatever this process writes is its own: socket and folder are opened to a group by name, and to nobody else.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let _log = log(args.log.clone().unwrap_or_else(|| data.join("log").join("server.log")))?;
    let cache = Options { cache_bytes: options.cache << 20, late_from: Some(LATE_FROM), ..Options::default() };
    let mut told = Opening::new(options.detached);
    let (store, report) = SledStore::open(&data, cache, &mut |progress| {
        tracing::debug!(?progress, "opening");
        told.tell(progress);
    })?;
    tracing::info!(?report, folder = %data.display(), "store open");
    if let Some(why) = &report.rebuilt {
        let _ = writeln!(io::stderr(), "视图已从日志重建：{why}");
    }
    let store = Arc::new(store);
    let owner = fs::metadata(&data).map_err(CliError::io)?.uid();
    let master = Master { calendar: Arc::new(calendar()?) };
    let limits = Limits::default();
    let hall = Hall::new(store.clone(), store.evidence().clone(), master, limits, owner);
    hall.load_calendar().map_err(|e| CliError::new(Exit::Damaged, format!("载入的工作日历不能用：{e}")))?;

    let place = Place::of(&data);
    // Written before anybody can knock: whoever is let in finds it whole. The store is open, so it is nobody else's.
    let pid_file = data.join("server.pid");
    fs::write(&pid_file, std::process::id().to_string()).map_err(CliError::io)?;
    let listener = place.bind(options.group.as_deref()).map_err(|e| {
        let _ = fs::remove_file(&pid_file);
        CliError::new(Exit::NoServer, e.to_string())
    })?;
    let (sender, receiver) = sync_channel::<Job>(limits.commands);
    stop_on_signal(sender.clone())?;
    say_ready(options.detached);
    let ended = run(&hall, listener, (sender, receiver), options.linger());
    place.remove();
    let _ = fs::remove_file(&pid_file);
    tracing::info!(?ended, "server ended");
    ended.map_err(|e| CliError::new(Exit::Damaged, e.to_string()))
}

/// The text of a systemd unit that serves this folder.
pub(super) fn print_unit(args: &Args, options: &ServeOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let program = std::env::current_exe().map_err(CliError::io)?;
    let group = options.group.as_deref().unwrap_or("xueji");
    // A plain unit: the journal is synced by the program itself, and a stop closes the store.
    write!(
        out,
        "[Unit]\nDescription=xueji, student records desk\nAfter=local-fs.target\n\n\
         [Service]\nUser=xueji\nGroup={group}\nExecStart={} --data {} serve --group {group}\n\
         Restart=on-failure\nTimeoutStopSec=60\nUMask=0077\nNoNewPrivileges=yes\nProtectSystem=strict\n\
         ReadWritePaths={}\nPrivateTmp=yes\n\n[Install]\nWantedBy=multi-user.target\n",
        program.display(),
        data.display(),
        data.display(),
    )
    .map_err(CliError::io)
}

/// A session of its own: the terminal that started it may close. A process that leads a group already keeps it.
fn leave_terminal(data: &Path) {
    let _ = rustix::process::setsid();
    // So that no folder of the starter's is held busy.
    let _ = std::env::set_current_dir(data);
}

/// What opening is busy with, for the desk that waits for it: a line now and then, before [`READY`].
struct Opening {
    asked: bool,
    last: Option<Instant>,
}

/// Between two such lines.
const PACE: Duration = Duration::from_millis(200);

impl Opening {
    fn new(asked: bool) -> Self {
        Opening { asked, last: None }
    }

    fn tell(&mut self, progress: Progress) {
        let now = Instant::now();
        if !self.asked || self.last.is_some_and(|last| now.duration_since(last) < PACE) {
            return;
        }
        self.last = Some(now);
        let stage = match progress.stage {
            Stage::Journal => "journal",
            Stage::Records => "records",
            Stage::Replay => "replay",
        };
        let mut out = io::stdout().lock();
        // The desk may be gone; the store is opened all the same.
        let _ = writeln!(out, "{stage} {} {}", progress.done, progress.total).and_then(|()| out.flush());
    }
}

/// Says that it listens, to the desk that waits for it; in the foreground, to the person.
fn say_ready(detached: bool) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{READY}");
    let _ = out.flush();
    if detached {
        // Nobody reads on: the starter's end of these pipes is about to close.
        if let Ok(null) = fs::OpenOptions::new().read(true).write(true).open("/dev/null") {
            let _ = rustix::stdio::dup2_stdout(&null);
            let _ = rustix::stdio::dup2_stderr(&null);
        }
    }
}

fn stop_on_signal(jobs: std::sync::mpsc::SyncSender<Job>) -> Result<(), CliError> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).map_err(CliError::io)?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for _ in signals.forever() {
                let _ = jobs.send(Job::Stop);
            }
        })
        .map_err(CliError::io)?;
    Ok(())
}

/// Logs into a file, one per day. Keep the guard: what is buffered is written when it goes.
pub(super) fn log(path: PathBuf) -> Result<WorkerGuard, CliError> {
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    fs::create_dir_all(&folder).map_err(CliError::io)?;
    let name = path.file_name().map(|name| name.to_owned()).unwrap_or_else(|| "xueji.log".into());
    let appender = tracing_appender::rolling::never(folder, name);
    // The room for lines that wait is made at once: as long as it is by itself it takes more than all of a small store.
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(LINES_WAITING).finish(appender);
    let filter = tracing_subscriber::EnvFilter::try_from_env("XUEJI_LOG").unwrap_or_else(|_| "info,sled=warn".into());
    let subscriber = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter).finish();
    // A second subscriber in one process is a mistake of ours, not of the user's: the first goes on.
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(guard)
}

fn server_pid(data: &Path) -> Option<Pid> {
    // A pid file without a listening server is a leftover, and its number may be somebody else's by now.
    Place::of(data).connect().ok()?;
    fs::read_to_string(data.join("server.pid")).ok()?.trim().parse().ok().and_then(Pid::from_raw)
}

/// Stops the server, and waits until it has closed the store.
pub(super) fn stop(args: &Args, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let Some(pid) = server_pid(&data) else {
        return writeln!(out, "服务没有运行").map_err(CliError::io);
    };
    kill_process(pid, Signal::TERM)
        .map_err(|e| CliError::new(Exit::NoAccess, format!("不能停止服务（进程 {pid:?}）：{e}")))?;
    let lock = fs::File::open(data.join("lock")).map_err(CliError::io)?;
    // The server holds this lock for life: getting it means that the store is closed.
    lock.lock().map_err(CliError::io)?;
    writeln!(out, "服务已停止").map_err(CliError::io)
}

/// Says whether a server runs.
pub(super) fn status(args: &Args, out: &mut dyn Write) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let pid = server_pid(&data).map(|pid| pid.as_raw_nonzero().get());
    let store = folder::holds_store(&data);
    if args.json {
        let status = serde_json::json!({ "data": data, "store": store, "server": pid });
        return writeln!(out, "{status}").map_err(CliError::io);
    }
    let server = pid.map_or("没有运行".to_owned(), |pid| format!("运行中（进程 {pid}）"));
    let store = if store { "有数据库" } else { "没有数据库" };
    writeln!(out, "数据目录  {}（{store}）\n服务      {server}", data.display()).map_err(CliError::io)
}
