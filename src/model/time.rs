//! Time as the regulation counts it: days of Beijing, on any machine.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A day of the calendar in Beijing.
pub type Day = NaiveDate;

/// Beijing's distance from UTC in seconds; there has been no summer time since 1991.
const BEIJING: i32 = 8 * 3600;

/// A moment, in milliseconds since 1970-01-01T00:00Z. People see it as Beijing time
/// (`2025-10-15T09:00:00+08:00`); stored bytes hold the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Stamp(pub i64);

/// A text that names no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date (YYYY-MM-DD) or moment (YYYY-MM-DDTHH:MM)")]
pub struct BadStamp(pub String);

impl Stamp {
    /// The machine's clock.
    pub fn now() -> Self {
        Stamp(Utc::now().timestamp_millis())
    }

    /// Hour and minute of a day in Beijing; what is out of range becomes midnight.
    pub fn at(day: Day, hour: u32, minute: u32) -> Self {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
        Stamp(day.and_time(time).and_utc().timestamp_millis() - i64::from(BEIJING) * 1000)
    }

    /// The moment on Beijing's clocks.
    pub fn beijing(self) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.0.saturating_add(i64::from(BEIJING) * 1000))
            .map(|moment| moment.naive_utc())
            .unwrap_or_default()
    }

    /// The day in Beijing this moment falls on.
    pub fn day(self) -> Day {
        self.beijing().date()
    }

    /// The first moment after `day`: 24:00 Beijing time, when what is due on `day` becomes overdue.
    pub fn end_of(day: Day) -> Self {
        Stamp(Stamp::at(day, 0, 0).0 + 86_400_000)
    }

    /// `HH:MM` in Beijing.
    pub fn hour_minute(self) -> String {
        self.beijing().format("%H:%M").to_string()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.beijing();
        if self.0 % 1000 == 0 {
            write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S+08:00"))
        } else {
            write!(f, "{}", local.format("%Y-%m-%dT%H:%M:%S%.3f+08:00"))
        }
    }
}

impl FromStr for Stamp {
    type Err = BadStamp;

    /// Reads a full moment with its offset, `2025-10-15T09:00` (Beijing), or a bare date (09:00 Beijing, when offices open).
    fn from_str(text: &str) -> Result<Self, BadStamp> {
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Ok(Stamp(moment.timestamp_millis()));
        }
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Ok(Stamp::at(day, 9, 0));
        }
        let zone = FixedOffset::east_opt(BEIJING).ok_or_else(|| BadStamp(text.to_owned()))?;
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .and_then(|local| zone.from_local_datetime(&local).single())
            .map(|moment| Stamp(moment.timestamp_millis()))
            .ok_or_else(|| BadStamp(text.to_owned()))
    }
}

impl JsonSchema for Stamp {
    fn schema_name() -> Cow<'static, str> {
        "Stamp".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "A moment of Beijing, 2025-10-15T09:00:00+08:00; seconds and offset, or the time, may be left out of a request." })
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
        } else {
            i64::deserialize(d).map(Stamp)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_beijing_begins_eight_hours_before_greenwich() {
        let late: Stamp = "2025-10-15T15:59:59Z".parse().unwrap();
        let next: Stamp = "2025-10-15T16:00:00Z".parse().unwrap();
        assert_eq!(late.day().to_string(), "2025-10-15");
        assert_eq!(next.day().to_string(), "2025-10-16");
        assert_eq!(Stamp::end_of(late.day()), next);
    }

    #[test]
    fn moments_read_back_as_written() {
        for text in ["2025-10-15T09:00:00+08:00", "2025-10-15T09:00:00.250+08:00"] {
            assert_eq!(text.parse::<Stamp>().unwrap().to_string(), text);
        }
        assert_eq!("2025-10-15".parse::<Stamp>().unwrap(), "2025-10-15T09:00".parse().unwrap());
        assert!("15 October".parse::<Stamp>().is_err());
    }
}
