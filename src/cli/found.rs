//! How stores begin: `xueji init`, and the exercise county of `xueji demo`.

use super::failure::{CliError, Exit};
use super::{Args, calendar, folder, start};
use crate::data::{self, Region, RegionLevel};
use crate::demo;
use crate::law::calendar::Calendar;
use crate::model::{Account, Command, Day, Digest, Founding, Level, Major, Office, OfficeId, Post, Seed, Stamp};
use crate::server::{found, user_name};
use crate::store::{Options, SledStore, Store};
use std::fs::{DirBuilder, Permissions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

/// The exercise clock's day when none is named.
const EXERCISE_DAY: (i32, u32, u32) = (2025, 10, 15);

/// Makes the exercise county once, then opens the desk on it.
pub(super) fn demo(args: &Args, students: u32, seed: u64) -> Result<(), CliError> {
    let data = folder::exercise(args)?;
    if !folder::holds_store(&data) {
        make_county(&data, students, seed, args.today.unwrap_or_else(exercise_start))?;
    }
    super::desk::open(args, &data, Some(demo::DESK))
}

fn exercise_start() -> Stamp {
    let (year, month, day) = EXERCISE_DAY;
    Stamp::at(Day::from_ymd_opt(year, month, day).unwrap_or_default(), 9, 0)
}

fn make_county(data: &Path, students: u32, seed: u64, today: Stamp) -> Result<(), CliError> {
    let calendar = calendar()?;
    let majors = data::majors().map_err(CliError::broken)?;
    let plan = demo::Plan { students, seed, today };
    let days = WorkingDays(&calendar);
    let pieces = demo::county(plan, &majors, &days).map_err(CliError::wrong)?;
    build_beside(data, |making| fill(making, &calendar, today, plan, pieces))
}

/// Builds a store beside its place and moves it there whole: an interrupted making leaves nothing half done.
fn build_beside(data: &Path, build: impl FnOnce(&Path) -> Result<(), CliError>) -> Result<(), CliError> {
    let parent = data.parent().unwrap_or(Path::new("/"));
    // The folders on the way are the user's own, too: what lies below is nobody else's business.
    DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(CliError::io)?;
    if data.exists() && std::fs::read_dir(data).map_err(CliError::io)?.next().is_some() {
        return Err(CliError::usage(format!("{} 里已有别的文件，请另选数据目录", data.display())));
    }
    let name = format!("making-{}", std::process::id());
    // A folder that is there already may be a mount point or have an owner's settings: it is filled, not replaced.
    let making = if data.exists() { data.join(name) } else { data.with_extension(name) };
    let moved = || if data.exists() { move_content(&making, data) } else { std::fs::rename(&making, data) };
    match build(&making).and_then(|()| moved().map_err(CliError::io)) {
        Ok(()) => Ok(()),
        Err(error) => {
            let _ = std::fs::remove_dir_all(&making);
            Err(error)
        }
    }
}

/// Moves what a folder holds, the journal last: a folder without a journal is no store yet.
fn move_content(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::set_permissions(to, Permissions::from_mode(0o700))?;
    let mut names: Vec<_> = std::fs::read_dir(from)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    names.sort_by_key(|name| name == "journal");
    for name in names {
        std::fs::rename(from.join(&name), to.join(&name))?;
    }
    std::fs::remove_dir(from)
}

fn fill(
    folder: &Path,
    calendar: &Calendar,
    today: Stamp,
    plan: demo::Plan,
    pieces: impl Iterator<Item = Seed>,
) -> Result<(), CliError> {
    let store = new_store(folder)?;
    let refused = |e: crate::desk::Refused| CliError::new(Exit::Input, format!("建立演练库失败：{e}"));
    let founding = Founding { exercise: Some(today), office: demo::OFFICE.into(), master: Seed::default() };
    found(&store, calendar, today, &Command::Found(Box::new(founding))).map_err(refused)?;
    for (_, bytes) in demo::evidence() {
        let digest = Digest(blake3::hash(bytes).to_hex().to_string());
        let size = bytes.len() as u64;
        let keep = || -> Result<(), crate::store::EvidenceError> {
            store.evidence().append("demo", &digest, size, 0, bytes)?;
            store.evidence().finish("demo", &digest, size)
        };
        keep().map_err(|e| CliError::new(Exit::Input, format!("演练材料写入失败：{e}")))?;
    }
    let mut told = Told::new(plan.students);
    for piece in pieces {
        told.add(piece.students.len(), piece.applications.len());
        found(&store, calendar, today, &Command::Seed(Box::new(piece))).map_err(refused)?;
    }
    told.end();
    store.close()?;
    Ok(())
}

fn new_store(folder: &Path) -> Result<SledStore, CliError> {
    SledStore::create(folder)?;
    let (store, _) = SledStore::open(folder, Options::default(), &mut |_| ())?;
    Ok(store)
}

/// Progress, for people, and only where it takes long enough to be missed.
struct Told {
    total: u32,
    students: usize,
    applications: usize,
    shown: usize,
}

impl Told {
    fn new(total: u32) -> Self {
        Told { total, students: 0, applications: 0, shown: 0 }
    }
    fn add(&mut self, students: usize, applications: usize) {
        self.students += students;
        self.applications += applications;
        let done = self.students + self.applications;
        if self.total >= 20_000 && done >= self.shown + 10_000 && io::stderr().is_terminal() {
            self.shown = done;
            let (students, total, applications) = (self.students, self.total, self.applications);
            let _ = write!(io::stderr(), "\r建立演练库：{students}/{total} 名学生，{applications} 件业务");
        }
    }
    fn end(&self) {
        if self.shown > 0 {
            let _ = writeln!(io::stderr());
        }
    }
}

/// The law's calendar as the county's makers ask it.
struct WorkingDays<'a>(&'a Calendar);

impl demo::Workdays for WorkingDays<'_> {
    fn due(&self, from: Day, budget: u32) -> Day {
        self.0.due(from, budget).date
    }
    fn before(&self, day: Day, n: u32) -> Day {
        let mut at = day;
        let mut left = n;
        while left > 0 {
            let Some(earlier) = at.pred_opt() else { break };
            at = earlier;
            left -= u32::from(self.0.day(at).working);
        }
        at
    }
    fn edition(&self) -> String {
        self.0.edition().to_owned()
    }
    fn provisional(&self, due: Day) -> bool {
        due > self.0.last_known()
    }
}

/// Makes a store for an office; its caller becomes the first keeper.
pub(super) fn init(args: &Args, out: &mut dyn Write, office: &str, exercise: bool) -> Result<(), CliError> {
    let data = folder::store(args)?;
    if folder::holds_store(&data) {
        return Err(CliError::usage(format!("数据目录 {} 里已有数据库，没有改动任何东西", data.display())));
    }
    if !start::mine(&data) {
        return Err(CliError::new(Exit::NoAccess, format!("数据目录 {} 不属于您", data.display())));
    }
    if !exercise && (args.today.is_some() || args.as_account.is_some()) {
        return Err(CliError::usage("正式库按本机时钟和本人账号办理，不用 --today 和 --as；练习请加 --exercise"));
    }
    let offices = chain(office)?;
    let majors = data::majors().map_err(CliError::broken)?;
    let majors = majors.into_iter().map(|major| Major { revision: 1, ..major }).collect();
    let user = user_name(rustix::process::geteuid().as_raw());
    let keeper = Account {
        id: "keeper".into(),
        revision: 1,
        person: user.as_str().into(),
        name: user.clone(),
        office: office.into(),
        posts: vec![Post::Keeper],
        os_user: Some(user),
        active: true,
    };
    let now = if exercise { args.today.unwrap_or_else(exercise_start) } else { Stamp::now() };
    let founding = Founding {
        exercise: exercise.then_some(now),
        office: office.into(),
        master: Seed { offices, majors, accounts: vec![keeper], ..Seed::default() },
    };
    let calendar = calendar()?;
    build_beside(&data, |making| {
        let store = new_store(making)?;
        found(&store, &calendar, now, &Command::Found(Box::new(founding)))
            .map_err(|e| CliError::new(Exit::Input, e.to_string()))?;
        Ok(store.close()?)
    })?;
    let kind = if exercise { "演练库" } else { "正式库" };
    writeln!(out, "已在 {} 建立{kind}，您是第一个系统管理岗（账号 keeper）", data.display()).map_err(CliError::io)
}

/// The education office of a region and those above it, the province first.
fn chain(code: &str) -> Result<Vec<Office>, CliError> {
    let regions = data::regions().map_err(CliError::broken)?;
    let find = |code: &str| regions.iter().find(|region| region.code == code);
    let mut chain = Vec::new();
    let mut at = Some(code.to_owned());
    while let Some(code) = at {
        let region = find(&code).ok_or_else(|| {
            CliError::usage(format!("没有行政区划代码 {code} 的教育行政部门；请用河南省现行六位区划代码，例如 410782"))
        })?;
        at = region.edu_parent.clone();
        chain.push(office(region));
    }
    chain.reverse();
    Ok(chain)
}

fn office(region: &Region) -> Office {
    let level = match region.level {
        RegionLevel::Province => Level::Province,
        RegionLevel::City | RegionLevel::Direct => Level::City,
        RegionLevel::County | RegionLevel::Zone => Level::County,
    };
    let suffix = if level == Level::Province { "教育厅" } else { "教育局" };
    Office {
        id: OfficeId(region.code.clone()),
        revision: 1,
        name: format!("{}{suffix}", region.name),
        level,
        parent: region.edu_parent.as_deref().map(Into::into),
        school: None,
    }
}
