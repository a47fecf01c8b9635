//! The desk: keys, link and screen around the app. Block, take everything that is there, change the state, draw once.

use super::failure::{CliError, Exit, named};
use super::files::{self, Errand};
use super::keys::keymap;
use super::{Args, login, serve, start};
use crate::app::{App, Depth, Drawn, Effect, FileJob, Input, Look, Surroundings, update};
use crate::catalogue::Lang;
use crate::keymap::{KeyPress, Keymap};
use crate::server::Place;
use crate::term::{self, ColourDepth, Connect, Event, Link, LinkMode, Screen, next_batch};
use crate::view;
use crate::wire::{Failure, FromServer, Hello, Notice, Welcome};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Opens the desk on a data folder, as this account unless another is named.
pub(super) fn open(args: &Args, data: &Path, account: Option<&str>) -> Result<(), CliError> {
    let lang = language(args);
    let depth = ColourDepth::detect()
        .map_err(|none| CliError::usage(if lang == Lang::Zh { none.chinese().to_owned() } else { none.to_string() }))?;
    let _log = match &args.log {
        Some(file) => Some(serve::log(file.clone())?),
        None => None,
    };
    let keymap = keymap(args)?;
    // The first connection is made here, so that whoever cannot get in is told in a sentence, before any screen.
    let mut first = Some(start::connect(data)?);
    let (events, inbox) = channel::<Event>();
    let named_account = args.as_account.as_deref().or(account);
    let closing = Arc::new(AtomicBool::new(false));
    let mut login = None;
    let (link, welcome) = loop {
        let hello = Hello::new(named_account.map(Into::into));
        let connect = connector(first.take(), data, &closing);
        let link = Link::open(connect, hello, login.clone(), events.clone());
        match admitted(&inbox)? {
            Ok(welcome) => break (link, welcome),
            // Several persons share this login: who it is is asked here, before any screen.
            Err(failure) => login = Some(login::ask(&failure, named_account, login.as_ref())?),
        }
    };
    if let Some(login) = &login {
        login::remember(login);
    }
    if let Some(today) = args.today {
        if !welcome.me.exercise {
            let message = "这是正式库：--today 只用于演练库，没有打开业务台";
            return Err(CliError::new(Exit::NoAccess, message));
        }
        files::set_today(data, args, account, today)?;
    }
    let line = line(args);
    let look = Look { lang, depth: shades(depth), ascii: args.ascii, slow: line == LinkMode::Slow };
    let desk = Desk::enter(look, line, keymap, data, link, events, closing)?;
    desk.run(&inbox, welcome)
}

/// How the line is opened: with the connection that is there already, then anew.
fn connector(first: Option<UnixStream>, data: &Path, closing: &Arc<AtomicBool>) -> Connect {
    let (first, folder, stopped) = (Mutex::new(first), data.to_owned(), Arc::clone(closing));
    Box::new(move || match first.lock().map(|mut first| first.take()) {
        Ok(Some(stream)) => Ok(stream),
        // A server that said it was going down was stopped on purpose: it is waited for, not started again.
        _ if stopped.load(Ordering::Acquire) => {
            Place::of(&folder).connect().map_err(|_| io::Error::other("服务已停止，重新启动后会自动接上"))
        }
        _ => start::connect(&folder).map_err(|e| io::Error::other(e.to_string())),
    })
}

/// Waits for the server's first word: a welcome, or that it wants to know who of several this is.
fn admitted(inbox: &Receiver<Event>) -> Result<Result<Box<Welcome>, Failure>, CliError> {
    loop {
        match inbox.recv() {
            Ok(Event::LinkUp(welcome)) => return Ok(Ok(welcome)),
            Ok(Event::LinkRefused(failure)) if login::wanted(&failure) => return Ok(Err(failure)),
            Ok(Event::LinkRefused(failure)) => return Err(named(&failure)),
            Ok(Event::LinkDown(why)) => return Err(CliError::new(Exit::NoServer, format!("连接不上学籍服务：{why}"))),
            Ok(_) => {}
            Err(_) => return Err(CliError::new(Exit::NoServer, "连接不上学籍服务")),
        }
    }
}

/// What is said of the line to the terminal.
fn line(args: &Args) -> LinkMode {
    match args.link.as_deref() {
        Some("slow") => LinkMode::Slow,
        Some("normal") => LinkMode::Normal,
        Some("plain") => LinkMode::Plain,
        _ => LinkMode::Auto,
    }
}

/// The language: named, else the locale's, else Chinese.
pub(super) fn language(args: &Args) -> Lang {
    match args.lang.as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => locale(),
    }
}

/// The locale's language where it is one of ours.
pub(super) fn locale() -> Lang {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = named("LC_ALL").or_else(|| named("LC_MESSAGES")).or_else(|| named("LANG")).unwrap_or_default();
    if locale.starts_with("en") { Lang::En } else { Lang::Zh }
}

fn shades(depth: ColourDepth) -> Depth {
    match depth {
        ColourDepth::Mono => Depth::Mono,
        ColourDepth::Sixteen => Depth::Sixteen,
        ColourDepth::Indexed256 => Depth::Indexed256,
        ColourDepth::True => Depth::True,
    }
}

/// How long the terminal's last answers are waited for at the end.
const LAST_ANSWERS: Duration = Duration::from_millis(300);

/// A desk on a screen.
struct Desk {
    app: App,
    screen: Screen,
    link: Link,
    data: PathBuf,
    events: Sender<Event>,
    /// Whether the server said that it was going down.
    closing: Arc<AtomicBool>,
    begun: Instant,
    /// The newest moment handed in; the app's time never goes back.
    latest: Duration,
    /// Keys with Alt that the key files bind.
    alt: Vec<KeyPress>,
    /// Moments at which the app wants to be woken.
    wakes: Vec<Duration>,
    /// What the drawing found out, of a frame that the line has not carried yet.
    held: Option<Drawn>,
    /// The terminal as the app knows it.
    around: Surroundings,
}

/// What a round of the loop comes to.
enum Goes {
    On,
    Out,
}

impl Desk {
    fn enter(
        look: Look,
        line: LinkMode,
        keymap: Keymap,
        data: &Path,
        link: Link,
        events: Sender<Event>,
        closing: Arc<AtomicBool>,
    ) -> Result<Self, CliError> {
        term::chain_panic_hook();
        let screen =
            Screen::enter(term::Options { link: line, ..Default::default() }, &events).map_err(CliError::io)?;
        term::listen(&events).map_err(CliError::io)?;
        let (width, height) = screen.size().map_err(CliError::io)?;
        let seed = uuid::Uuid::new_v4().as_u128();
        let alt = keymap.bindings().iter().flat_map(|row| row.on.clone()).filter(|key| key.alt).collect();
        let app = App::new(look, keymap, width, height, seed);
        Ok(Desk {
            app,
            screen,
            link,
            data: data.to_owned(),
            events,
            closing,
            begun: Instant::now(),
            latest: Duration::ZERO,
            alt,
            wakes: Vec::new(),
            held: None,
            around: Surroundings { slow: look.slow, ..Surroundings::default() },
        })
    }

    fn run(mut self, inbox: &Receiver<Event>, welcome: Box<Welcome>) -> Result<(), CliError> {
        let mut inputs = vec![(self.begun.elapsed(), Input::LinkBack(welcome))];
        loop {
            if matches!(self.turn(inputs)?, Goes::Out) {
                self.hear_out(inbox);
                self.screen.leave();
                return Ok(());
            }
            let wake = self.wakes.iter().min().map(|at| self.begun + *at);
            let wake = wake.into_iter().chain(self.screen.again_at()).min();
            let batch = next_batch(inbox, wake);
            inputs = Vec::with_capacity(batch.len() + 1);
            for event in batch {
                match event {
                    Event::Hangup => {
                        self.screen.leave();
                        return Ok(());
                    }
                    Event::LinkRefused(failure) => {
                        self.screen.leave();
                        return Err(named(&failure));
                    }
                    Event::Answer(answer, at) => {
                        self.screen.answered(answer, at);
                        inputs.extend(self.look_around());
                    }
                    Event::Writable => self.screen.writable(),
                    Event::Server(FromServer::Notice { notice: Notice::Closing {} }) => {
                        self.closing.store(true, Ordering::Release);
                        inputs.extend(input(event).map(|input| (self.begun.elapsed(), input)));
                    }
                    event => {
                        if matches!(event, Event::LinkUp(_)) {
                            self.closing.store(false, Ordering::Release);
                        }
                        // A key counts from when it was read: what waited behind a slow round was typed earlier.
                        let read = match &event {
                            Event::Key(_, read) => read.saturating_duration_since(self.begun),
                            _ => self.begun.elapsed(),
                        };
                        for event in unfold(event, &self.alt) {
                            inputs.extend(input(event).map(|input| (read, input)));
                        }
                    }
                }
            }
            let now = self.begun.elapsed();
            if self.wakes.iter().any(|at| *at <= now) {
                self.wakes.retain(|at| *at > now);
                inputs.push((now, Input::Tick));
            }
        }
    }

    /// Hands in what came, then draws if anything shows differently.
    fn turn(&mut self, inputs: Vec<(Duration, Input)>) -> Result<Goes, CliError> {
        let mut draw = false;
        for (at, input) in inputs {
            let at = at.max(self.latest);
            self.latest = at;
            let effects = update(&mut self.app, at, input);
            match self.carry_out(effects, &mut draw) {
                Goes::On => {}
                Goes::Out => return Ok(Goes::Out),
            }
        }
        // What only the drawing knows goes back in; it may show something again, but not without end. A frame that the
        // line cannot carry yet was not seen by anybody: it counts as drawn when it goes out, and a newer one takes its
        // place until then.
        for _ in 0..3 {
            if std::mem::take(&mut draw) {
                let mut drawn = Drawn::default();
                let sent = self.screen.draw(|frame| drawn = view::draw(&self.app, frame)).map_err(CliError::io)?;
                self.held = Some(drawn);
                if !sent {
                    break;
                }
            } else if self.held.is_none() || !self.screen.again().map_err(CliError::io)? {
                break;
            }
            let Some(drawn) = self.held.take() else { break };
            self.latest = self.begun.elapsed().max(self.latest);
            let effects = update(&mut self.app, self.latest, Input::Drawn(drawn));
            match self.carry_out(effects, &mut draw) {
                Goes::On => {}
                Goes::Out => return Ok(Goes::Out),
            }
        }
        Ok(Goes::On)
    }

    /// Whether the terminal or the line is not what the app thinks it is.
    fn look_around(&mut self) -> Option<(Duration, Input)> {
        let truth = self.screen.truth();
        let around = Surroundings {
            slow: self.screen.is_slow(),
            ambiguous_wide: truth.ambiguous_wide,
            wide_otherwise: truth.wide_otherwise,
        };
        if std::mem::replace(&mut self.around, around) == around {
            return None;
        }
        Some((self.begun.elapsed(), Input::Surroundings(around)))
    }

    /// Takes in the answers that the terminal still owes, for a moment: they would be typed into the shell.
    fn hear_out(&mut self, inbox: &Receiver<Event>) {
        let until = Instant::now() + LAST_ANSWERS;
        while self.screen.awaits() {
            match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Event::Answer(answer, at)) => self.screen.answered(answer, at),
                Ok(Event::Hangup) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>, draw: &mut bool) -> Goes {
        for effect in effects {
            match effect {
                Effect::Send(envelope) => {
                    // What is not taken now is asked again when the link is back.
                    match envelope.to_line() {
                        Ok(line) => drop(self.link.send(line)),
                        Err(error) => tracing::error!(%error, "a request that cannot be written"),
                    }
                }
                Effect::Draw => *draw = true,
                Effect::WakeAt(at) => self.wakes.push(at),
                Effect::AttachFile { application, path, kind, original_place } => {
                    let errand = Errand::Attach { application, path, kind, original_place };
                    self.run_errand(FileJob::Attach, errand);
                }
                Effect::FetchEvidence { application, digest, name } => {
                    self.run_errand(FileJob::Fetch, Errand::Fetch { application, digest, name });
                }
                Effect::DigestFile { path } => self.run_errand(FileJob::Photo, Errand::Digest { path }),
                Effect::WriteText { name, text } => self.run_errand(FileJob::Notice, Errand::Write { name, text }),
                Effect::LoadFile(wish) => self.run_errand(FileJob::Load, Errand::Load(wish)),
                Effect::WriteReport(asked) => self.run_errand(FileJob::Report, Errand::Report(asked)),
                Effect::ListUploads { tables } => self.run_errand(FileJob::Uploads, Errand::Uploads { tables }),
                Effect::ImportFile(wish) => self.run_errand(FileJob::Import, Errand::Import(wish)),
                Effect::WriteErrors(wish) => self.run_errand(FileJob::Errors, Errand::Errors(wish)),
                Effect::ExportList { what, tab } => self.run_errand(FileJob::Export, Errand::Export { what, tab }),
                Effect::WriteKeyIn { school } => self.run_errand(FileJob::KeyIn, Errand::KeyIn { school }),
                Effect::Quit => return Goes::Out,
            }
        }
        Goes::On
    }

    /// Files are carried on a line of their own, so that keys never wait for them.
    fn run_errand(&self, job: FileJob, errand: Errand) {
        let account = self.app.account().cloned();
        let (data, events) = (self.data.clone(), self.events.clone());
        let number = job as u32;
        let run = move || {
            let outcome = files::run(&data, account, &errand).map_err(|e| e.to_string());
            // The desk may have been left meanwhile.
            let _ = events.send(Event::Errand { number, outcome });
        };
        if let Err(error) = std::thread::Builder::new().name("errand".into()).spawn(run) {
            let _ = self.events.send(Event::Errand { number, outcome: Err(error.to_string()) });
        }
    }
}

/// Esc and the key after it may reach the terminal in one piece, which reads as Alt with that key: unless the keys
/// bind it, it is taken apart again, so that nothing typed is lost.
fn unfold(event: Event, bound: &[KeyPress]) -> Vec<Event> {
    match event {
        Event::Key(key, at) if key.modifiers.contains(KeyModifiers::ALT) && !bound.contains(&KeyPress::from(key)) => {
            let escape = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
            let plain = KeyEvent::new(key.code, key.modifiers - KeyModifiers::ALT);
            vec![Event::Key(escape, at), Event::Key(plain, at)]
        }
        event => vec![event],
    }
}

fn input(event: Event) -> Option<Input> {
    Some(match event {
        Event::Key(key, _) => Input::Key(KeyPress::from(key)),
        Event::Paste(text) => Input::Paste(text),
        Event::Resize(width, height) => Input::Resize { width, height },
        Event::Server(line) => Input::Server(Box::new(line)),
        Event::LinkUp(welcome) => Input::LinkBack(welcome),
        Event::LinkDown(why) => Input::LinkLost(why),
        Event::Errand { number, outcome } => {
            let job = FileJob::ALL.into_iter().find(|job| *job as u32 == number).unwrap_or(FileJob::Fetch);
            Input::FileDone { job, outcome }
        }
        Event::Hangup | Event::LinkRefused(_) | Event::Answer(..) | Event::Writable => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_and_a_key_in_one_piece_are_two_keys_unless_bound() {
        let read = Instant::now();
        let both = Event::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::ALT), read);
        let codes = |events: Vec<Event>| -> Vec<KeyCode> {
            let code = |event| if let Event::Key(key, _) = event { Some(key.code) } else { None };
            events.into_iter().filter_map(code).collect()
        };
        assert_eq!(codes(unfold(both.clone(), &[])), [KeyCode::Esc, KeyCode::Char('j')]);
        let bound = KeyPress::from(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::ALT));
        assert_eq!(codes(unfold(both, &[bound])), [KeyCode::Char('j')]);
    }
}
