//! The regulation 教职成〔2021〕115号, and nothing else: pure functions of facts and a day. No I/O, no clock of the
//! machine, no store. Every verdict names its rule and article.
//!
//! | file | holds |
//! |---|---|
//! | `calendar` | working days (工作日), day-by-day counting, provisional years |
//! | `clock` | reading a [`crate::model::Clock`] on a day, freezing it at an ending |
//! | `authority` | the competent authority (学籍主管部门) of a student |
//! | `identity` | what a resident identity number (居民身份号码) says, and whether it holds |
//! | `graduation` | who can be given a certificate, and why not |
//! | `windows` | the dates of a year: what opens, closes and is checked when |
//! | `document` | identity documents of every kind, by the form of their numbers |
//! | `regions` | what a region code meant in a year |
//! | `entry` | a new student: what is wrong with what is filled in so far, and filing (备案) |
//! | `study_length` | length of study (学制): the whole matrix, with a trace |
//! | `kinds` | the table of application kinds: statuses, route, evidence, what changes |
//! | `kinds_of_study` | the rows of how and how long one studies, and how it ends |
//! | `negative` | 负面清单: its items, stages, ratings |
//! | `rules` | every rule as data, one file per chapter of the regulation |
//! | `route` | the hands in order, each with its time |
//! | `outside` | across provinces: the hands outside, filings with two provinces; joint schooling |
//! | `duplicates` | who is registered twice: the hands, the dispute, who keeps him |
//! | `joining` | from general high, technical and junior schools |
//! | `stage`, `compulsory` | the end of the first three years of longer programmes, of compulsory education |
//! | `sync` | bringing granted changes into the other systems |
//! | `upkeep` | paper files, absences that end a file, demands from above, the check of a semester |
//! | `hints` | what other rules say of transfers: shown, never in the way |
//! | `conditions` | what each kind demands of the student |
//! | `new_major` | what a change of major demands, and one hidden in a transfer |
//! | `verbs`, `checks` | may this person do this: one function a verb, and what they share |
//! | `aside` | remarks, parking, handing over: what is set beside a case |
//! | `case` | `why_not`: the one function that greys the key, explains the refusal and guards the commit |

pub mod aside;
pub mod authority;
pub mod calendar;
pub mod case;
mod checks;
pub mod clock;
pub mod compulsory;
mod conditions;
pub mod document;
pub mod duplicates;
pub mod entry;
pub mod graduation;
mod hints;
pub mod identity;
pub mod joining;
pub mod kinds;
mod kinds_of_study;
pub mod negative;
pub mod new_major;
pub mod outside;
pub mod regions;
pub mod route;
pub mod rules;
pub mod stage;
pub mod study_length;
pub mod sync;
pub mod upkeep;
mod verbs;
pub mod windows;
