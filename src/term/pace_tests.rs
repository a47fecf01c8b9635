use super::*;

/// A line of so many bytes a second, and so far away.
struct Line {
    rate: f64,
    away: Duration,
    /// When it will have carried what it holds.
    free: Instant,
    /// When the answers come.
    answers: VecDeque<Instant>,
}

impl Line {
    fn new(rate: f64, away: u64, now: Instant) -> Line {
        Line { rate, away: Duration::from_millis(away), free: now, answers: VecDeque::new() }
    }

    fn carry(&mut self, bytes: usize, asked: bool, now: Instant) {
        self.free = self.free.max(now) + Duration::from_secs_f64(bytes as f64 / self.rate);
        if asked {
            self.answers.push_back(self.free + self.away);
        }
    }
}

/// The desk's start, and then a key held for two seconds at 30 a second: the pace, the line, how many frames went, and
/// how long after the release the last byte of the last frame came that was sent before it.
fn held(mode: LinkMode, rate: f64, away: u64, answers: bool, frame: usize) -> (Pace, u32, Duration) {
    let mut now = Instant::now();
    let (mut pace, mut line) = (Pace::new(mode), Line::new(rate, away, now));
    let send = |pace: &mut Pace, line: &mut Line, bytes: usize, asked: bool, now: Instant| {
        line.carry(bytes, asked && answers, now);
        pace.sent(bytes, asked, now);
    };
    send(&mut pace, &mut line, 90, true, now);
    now += Duration::from_millis(30);
    let asks = pace.asks(2400);
    send(&mut pace, &mut line, 2400, asks, now);
    let begun = now + Duration::from_secs(6);
    let (mut frames, mut next_key, mut owed) = (0, begun, false);
    while now < begun + Duration::from_secs(2) {
        now += Duration::from_millis(1);
        while line.answers.front().is_some_and(|at| *at <= now) {
            line.answers.pop_front();
            pace.answered(now);
        }
        if now >= next_key {
            next_key += Duration::from_millis(33);
            owed = true;
        }
        if owed && pace.ready(now) {
            owed = false;
            frames += 1;
            let asks = pace.asks(frame);
            send(&mut pace, &mut line, frame, asks, now);
        }
    }
    let behind = line.free.saturating_duration_since(now);
    (pace, frames, behind)
}

fn of(bytes: usize, rate: f64) -> Duration {
    Duration::from_secs_f64(bytes as f64 / rate) + Duration::from_millis(1)
}

#[test]
fn on_a_modem_the_screen_is_never_more_than_a_frame_behind() {
    for mode in [LinkMode::Auto, LinkMode::Slow, LinkMode::Normal] {
        for frame in [55, 110, 199, 1000] {
            let (pace, frames, behind) = held(mode, 960.0, 200, true, frame);
            assert!(behind <= of(frame, 960.0), "{mode:?}: {frames} frames of {frame} B, {behind:?} behind");
            assert!(frames >= 2, "{mode:?}: only {frames}");
            assert_eq!(pace.is_slow(), mode != LinkMode::Normal, "{mode:?}");
        }
    }
}

#[test]
fn on_64_kbit_every_key_is_drawn_and_nothing_queues() {
    let (pace, frames, behind) = held(LinkMode::Auto, 8_000.0, 200, true, 199);
    assert!(!pace.is_slow());
    assert!(frames >= 40, "{frames}");
    assert!(behind <= of(2 * 199, 8_000.0), "{behind:?}");
}

#[test]
fn a_fast_line_is_hardly_asked_and_never_waited_for() {
    for away in [0, 200] {
        let (mut pace, frames, _) = held(LinkMode::Auto, 10e6, away, true, 199);
        assert_eq!(frames, 61, "every key its frame, {away} ms away");
        let asked = (0..20).filter(|_| {
            let asks = pace.asks(199);
            pace.sent(199, asks, Instant::now());
            asks
        });
        assert!(asked.count() <= 1);
    }
}

#[test]
fn a_terminal_that_does_not_answer_is_asked_twice_and_never_waited_for() {
    let (pace, frames, _) = held(LinkMode::Auto, 10e6, 0, false, 199);
    assert_eq!(frames, 61);
    assert!(!pace.asks(2000), "the start and the first screen were enough");
    assert!(!pace.is_slow());
    // Unless it was said to be slow: then the clock stands in for the answers.
    let (pace, frames, behind) = held(LinkMode::Slow, 960.0, 0, false, 55);
    assert!(pace.is_slow() && frames > 20, "{frames}");
    assert!(behind <= of(2 * 55, 960.0), "{behind:?}");
}

#[test]
fn a_terminal_that_stops_answering_is_given_up_and_taken_back() {
    let begun = Instant::now();
    let after = |ms| begun + Duration::from_millis(ms);
    let mut pace = Pace::new(LinkMode::Slow);
    pace.sent(90, true, begun);
    pace.answered(after(200));
    pace.sent(300, true, after(300));
    assert!(!pace.ready(after(400)));
    let again = pace.again_at().unwrap();
    assert!(again >= after(3_300) && again <= after(6_000));
    assert!(pace.ready(again));
    assert!(!pace.asks(300), "it does not answer any more");
    pace.answered(after(9_000));
    assert!(pace.asks(300) && pace.ready(after(9_000)));
    // That was the late one: the next question's answer is its own.
    pace.sent(300, true, after(9_100));
    assert!(!pace.ready(after(9_150)));
    pace.answered(after(9_400));
    assert!(pace.ready(after(9_400)));
}

#[test]
fn a_line_that_recovers_is_no_longer_slow() {
    let begun = Instant::now();
    let mut at = begun;
    let mut pace = Pace::new(LinkMode::Auto);
    let mut frame = |pace: &mut Pace, bytes: usize, ms: u64| {
        pace.sent(bytes, true, at);
        at += Duration::from_millis(ms);
        pace.answered(at);
        at += Duration::from_millis(1);
    };
    frame(&mut pace, 90, 10);
    frame(&mut pace, 2400, 2400);
    assert!(pace.is_slow());
    for _ in 0..3 {
        frame(&mut pace, 2400, 100);
    }
    assert!(!pace.is_slow());
}

#[test]
fn a_short_frame_that_came_quickly_does_not_make_a_line_fast() {
    let begun = Instant::now();
    let after = |ms| begun + Duration::from_millis(ms);
    let mut pace = Pace::new(LinkMode::Auto);
    pace.sent(136, true, begun);
    pace.sent(2254, true, after(70));
    pace.answered(after(350));
    pace.answered(after(2_700));
    assert!(pace.is_slow());
    for n in 0..5 {
        // Quicker than the first answer of all.
        pace.sent(106, true, after(3_000 + n * 400));
        pace.answered(after(3_310 + n * 400));
        assert!(pace.is_slow() && pace.asks(57), "after {n}");
    }
}
