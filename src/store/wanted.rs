//! What somebody looks for, read from what was typed: part of a name, initials, part of a number, or the first two
//! with the tail of a document number (`zs 803X`).

use super::packed::{Piece, bare, documents};
use crate::text::{OR, fold_full_width};
use memchr::memmem::Finder;

/// The shortest part of a number that is searched for by itself.
const SHORTEST_NUMBER: usize = 3;

/// How well somebody fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The whole name, or all its initials.
    Whole,
    /// Its beginning.
    Beginning,
    /// Anything else.
    Part,
}

/// What is looked for. Everything that is given must fit.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Parts of the name.
    names: Vec<Finder<'static>>,
    /// Initials.
    letters: Option<Finder<'static>>,
    /// The letters as part of a number, where they stand alone and are long enough.
    lettered: Option<Finder<'static>>,
    /// Part of a number; its tail, when there is a name or initials too.
    number: Option<Finder<'static>>,
}

impl Wanted {
    /// Reads what was typed; none when there is nothing to look for in it.
    pub(super) fn read(text: &str) -> Option<Wanted> {
        let finder = |text: &str| Finder::new(text.as_bytes()).into_owned();
        let (mut names, mut letters, mut number) = (Vec::new(), String::new(), String::new());
        for word in fold_full_width(text).split_whitespace() {
            let word = bare(word);
            if word.is_empty() {
            } else if !word.is_ascii() {
                names.push(finder(&word));
            } else if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                letters.push_str(&word.to_ascii_lowercase());
            } else {
                number.push_str(&word.to_ascii_uppercase());
            }
        }
        let named = !names.is_empty() || !letters.is_empty();
        if !named && number.len() < SHORTEST_NUMBER {
            return None;
        }
        let alone = names.is_empty() && number.is_empty() && letters.len() >= SHORTEST_NUMBER;
        Some(Wanted {
            names,
            lettered: alone.then(|| finder(&letters.to_ascii_uppercase())),
            letters: (!letters.is_empty()).then(|| finder(&letters)),
            number: (!number.is_empty()).then(|| finder(&number)),
        })
    }

    /// Whether nobody can fit better than in part, so that as many as are asked for suffice.
    pub(super) fn number_only(&self) -> bool {
        self.names.is_empty() && self.letters.is_none()
    }

    /// How well this student fits.
    pub(super) fn fit(&self, piece: &Piece, at: usize) -> Option<Fit> {
        let mut best = Fit::Part;
        if !self.names.is_empty() {
            let name = piece.names.get(at);
            for part in &self.names {
                let found = part.find(name)?;
                best = best.min(fit_of(found, part.needle().len(), name.len()));
            }
        }
        if let Some(letters) = &self.letters {
            let readings = piece.initials.get(at).split(|byte| *byte == OR as u8);
            let fit = readings
                .filter_map(|reading| Some(fit_of(letters.find(reading)?, letters.needle().len(), reading.len())))
                .min();
            match (fit, &self.lettered) {
                (Some(fit), _) => best = best.min(fit),
                (None, Some(number)) => drop(number.find(piece.numbers.get(at))?),
                (None, None) => return None,
            }
        }
        if let Some(number) = &self.number {
            let numbers = piece.numbers.get(at);
            let fits = match self.number_only() {
                true => number.find(numbers).is_some(),
                false => documents(numbers).any(|one| one.ends_with(number.needle())),
            };
            fits.then_some(())?;
        }
        Some(best)
    }

    /// Whether the first thing looked for alone says how well somebody fits.
    fn one_thing(&self) -> bool {
        self.names.len() + usize::from(self.letters.is_some()) == 1
    }

    /// Calls with every student of the piece who may fit so well or better, ascending, some perhaps twice; until told to
    /// stop.
    pub(super) fn candidates(&self, piece: &Piece, least: Fit, each: &mut dyn FnMut(usize) -> bool) {
        let (finder, texts) = match (self.names.first(), &self.letters, &self.number) {
            (Some(name), ..) => (name, &piece.names),
            (None, Some(letters), _) => (letters, &piece.initials),
            (None, None, Some(number)) => (number, &piece.numbers),
            (None, None, None) => return,
        };
        let least = if self.one_thing() { least } else { Fit::Part };
        // Who has the letters in a number fits in part only.
        let lettered = self.lettered.as_ref().filter(|_| least == Fit::Part);
        let scans = [Some((finder, texts)), lettered.map(|number| (number, &piece.numbers))];
        for (finder, texts) in scans.into_iter().flatten() {
            let mut from = 0;
            while let Some(found) = texts.bytes.get(from..).and_then(|rest| find(finder, rest)) {
                let place = from + found;
                // Most of those who have a common letter somewhere are passed over without being looked at.
                if least < Fit::Part && !stands(&texts.bytes, place, finder.needle().len(), least) {
                    from = place + 1;
                    continue;
                }
                let at = texts.at(place);
                if !each(at) {
                    return;
                }
                from = texts.end(at);
            }
        }
    }
}

/// Whether what was found stands at the beginning of a text or a reading, and ends with it where it has to be the whole.
fn stands(bytes: &[u8], place: usize, length: usize, least: Fit) -> bool {
    let edge = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(*byte, b'\n') || *byte == OR as u8);
    let begins = place.checked_sub(1).is_none_or(|before| edge(bytes.get(before)));
    begins && (least > Fit::Whole || edge(bytes.get(place + length)))
}

fn find(finder: &Finder<'_>, bytes: &[u8]) -> Option<usize> {
    match finder.needle() {
        [one] => memchr::memchr(*one, bytes),
        _ => finder.find(bytes),
    }
}

fn fit_of(found: usize, part: usize, whole: usize) -> Fit {
    match found {
        0 if part == whole => Fit::Whole,
        0 => Fit::Beginning,
        _ => Fit::Part,
    }
}
