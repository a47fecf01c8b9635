//! Names and identity numbers of people who do not exist.
//!
//! Numbers must differ among a million students without anyone remembering those given out. So the number is laid
//! out from the student's index: first every birthday of a year with every sequence number, 365 × 500 of them, within
//! one class of regions; then the same with the next class. Two indexes never meet in region, birthday and sequence.

use super::DemoError;
use super::offices::{COUNTY_1, COUNTY_2, DIRECT};
use super::rng::Rng;
use crate::data::{NamePart, NamePartKind, name_parts, regions};
use crate::model::{Day, Sex};
use chrono::{Datelike, Days};

/// Birthdays × sequence numbers of one sex: what one class of regions carries.
const ROOM: u64 = 365 * 500;
/// Classes of regions.
const CLASSES: u64 = 12;
/// How many students the numbers suffice for.
pub(super) const MOST_STUDENTS: u32 = (ROOM * CLASSES) as u32;
/// Prime to `ROOM`: neighbours in the list are no neighbours in number.
const STRIDE: u64 = 113_963;

/// What names and numbers are made of.
#[derive(Debug)]
pub(super) struct People {
    surnames: Vec<(u32, String)>,
    compounds: Vec<(u32, String)>,
    given: [Vec<String>; 2],
    rare: Vec<String>,
    /// 民族, given names by sex, fathers' names
    minorities: Vec<(String, [Vec<String>; 2], Vec<String>)>,
    /// Region codes by class; the first class holds the counties of the exercise.
    regions: Vec<Vec<String>>,
}

impl People {
    pub(super) fn load() -> Result<People, DemoError> {
        let parts = name_parts()?;
        let of = |kind: NamePartKind, sex: &str| -> Vec<String> {
            let fits = |part: &&NamePart| part.kind == kind && (sex.is_empty() || part.sex == sex);
            parts.iter().filter(fits).map(|part| part.text.clone()).collect()
        };
        // Cumulative weights: a draw is a search.
        let weighted = |kind: NamePartKind| -> Vec<(u32, String)> {
            let mut sum = 0;
            let mut list = Vec::new();
            for part in parts.iter().filter(|part| part.kind == kind) {
                sum += part.note.parse::<u32>().unwrap_or(1);
                list.push((sum, part.text.clone()));
            }
            list
        };
        let minorities = ["维吾尔族", "哈萨克族"].map(|people| {
            let of = |kind: NamePartKind, sex: &str| -> Vec<String> {
                let fits = |part: &&NamePart| part.kind == kind && part.note == people && part.sex == sex;
                parts.iter().filter(fits).map(|part| part.text.clone()).collect()
            };
            let given = [of(NamePartKind::MinorityGiven, "M"), of(NamePartKind::MinorityGiven, "F")];
            (people.to_owned(), given, of(NamePartKind::MinorityFather, ""))
        });
        let home = [COUNTY_1, COUNTY_2, DIRECT];
        let mut classes: Vec<Vec<String>> = vec![Vec::new(); CLASSES as usize];
        for (index, region) in regions()?.into_iter().filter(|region| region.in_id_numbers()).enumerate() {
            let class = if home.contains(&region.code.as_str()) { 0 } else { index % CLASSES as usize };
            // Most pupils of a county come from that county.
            let weight = if region.code == COUNTY_1 { 30 } else { 1 + 9 * usize::from(class == 0) };
            classes[class].extend(std::iter::repeat_n(region.code, weight));
        }
        Ok(People {
            surnames: weighted(NamePartKind::Surname),
            compounds: weighted(NamePartKind::Compound),
            given: [of(NamePartKind::Given, "M"), of(NamePartKind::Given, "F")],
            rare: of(NamePartKind::Rare, ""),
            minorities: minorities.into(),
            regions: classes,
        })
    }

    /// Birthday in the year that begins on 1 September of `from`, by the student's index.
    pub(super) fn birth(index: u64, from: i32) -> Day {
        let start = super::date(from, 9, 1);
        start.checked_add_days(Days::new(place(index) % 365)).unwrap_or(start)
    }

    /// The identity number of the student with this index.
    pub(super) fn id_no(&self, rng: &mut Rng, index: u64, birth: Day, sex: Sex) -> String {
        let class = (index / ROOM % CLASSES) as usize;
        let region = self.regions.get(class).and_then(|list| rng.pick(list)).map_or(COUNTY_1, String::as_str);
        let sequence = place(index) / 365 * 2 + u64::from(sex == Sex::Male);
        let mut number = format!("{region}{:04}{:02}{:02}{sequence:03}", birth.year(), birth.month(), birth.day());
        number.push(check_digit(&number));
        number
    }

    /// A name and its bearer's 民族.
    pub(super) fn name(&self, rng: &mut Rng, sex: Sex) -> (String, String) {
        let sex = usize::from(sex == Sex::Female);
        let given = |rng: &mut Rng| rng.pick(&self.given[sex]).map_or("文", String::as_str);
        if rng.per_mille(9)
            && let Some((people, first, fathers)) = rng.pick(&self.minorities)
            && let (Some(first), Some(father)) = (rng.pick(&first[sex]), rng.pick(fathers))
        {
            return (format!("{first}·{father}"), people.clone());
        }
        let surnames = if rng.per_mille(14) { &self.compounds } else { &self.surnames };
        let last = surnames.last().map_or(0, |(sum, _)| *sum);
        let drawn = rng.below(u64::from(last)) as u32;
        let at = surnames.partition_point(|(sum, _)| *sum <= drawn);
        let mut name = surnames.get(at).map_or("王", |(_, text)| text.as_str()).to_owned();
        match rng.below(1000) {
            0..8 => {
                name.push_str(given(rng));
                name.push_str(rng.pick(&self.rare).map_or("文", String::as_str));
            }
            8..230 => name.push_str(given(rng)),
            230..245 => (0..3).for_each(|_| name.push_str(given(rng))),
            _ => (0..2).for_each(|_| name.push_str(given(rng))),
        }
        let ethnic = match rng.below(1000) {
            0..18 => "回族",
            18..21 => "满族",
            21..23 => "蒙古族",
            _ => "汉族",
        };
        (name, ethnic.to_owned())
    }
}

/// Where an index lies among birthdays and sequence numbers.
fn place(index: u64) -> u64 {
    (index % ROOM) * STRIDE % ROOM
}

/// The last character of an identity number (GB 11643: weights 2^(17-i) mod 11).
fn check_digit(first17: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const DIGITS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 =
        first17.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight).sum();
    DIGITS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::rng::For;
    use std::collections::HashSet;

    #[test]
    fn check_digits_come_out_as_known() {
        assert_eq!(check_digit("11010519491231002"), 'X');
        assert_eq!(check_digit("44052418800101001"), '4');
    }

    #[test]
    fn every_birthday_and_sequence_number_is_reached_once() {
        let places: HashSet<u64> = (0..ROOM).map(place).collect();
        assert_eq!(places.len() as u64, ROOM);
    }

    #[test]
    fn numbers_never_meet_even_where_the_room_is_used_up() {
        let people = People::load().unwrap();
        let mut seen = HashSet::new();
        // Both sides of the step from one class of regions to the next, and the same places in both classes.
        for index in (0..3_000).chain(ROOM - 2_000..ROOM + 3_000).chain(2 * ROOM - 9..2 * ROOM + 2_000) {
            let mut rng = Rng::new(1, For::Student, index);
            let number = people.id_no(&mut rng, index, People::birth(index, 2009), Sex::Male);
            assert_eq!(number.len(), 18);
            assert!(seen.insert(number), "{index}");
        }
        let classes: Vec<HashSet<&String>> = people.regions.iter().map(|class| class.iter().collect()).collect();
        for (at, class) in classes.iter().enumerate() {
            assert!(!class.is_empty());
            assert!(classes[at + 1..].iter().all(|other| other.is_disjoint(class)), "regions of class {at} come twice");
        }
    }
}
