//! A region code (行政区划代码) for as long as it meant one place.

/// One code under one name, for an unbroken run of years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSpan {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// First year; none for 1980 or earlier.
    pub from: Option<i32>,
    /// Last year; none when it is in force, or when nobody wrote down when it ended.
    pub until: Option<i32>,
    /// Whether it is in force.
    pub current: bool,
}
