//! `xueji` (学籍): the desk at which the clerks of Henan's education offices and secondary vocational schools move
//! students' applications through the hands the regulation 教职成〔2021〕115号 names, in the time it gives them.
//!
//! # How data go round
//!
//! ```text
//! key ──► Action ──► app (state) ──► Request ──┐ socket
//!                                              ▼
//!     server: who is this, what may they see? ──► desk.decide(command, now)
//!                                                     │ asks law, reads store
//!                                                     ▼
//!                             refusal   or   Change = changed records + journal entry
//!                                                     │ store.commit: journal, fdatasync, records
//!                                                     ▼
//!                        store ──► reply to the asker, notices to every open desk
//!                                                     │
//! frame ◄── view(app) ◄── app (state) ◄── Reply / Notice ◄┘
//! ```
//!
//! Once round, in one direction: a screen never changes a record, the law never reads the store, and what is drawn is
//! what the server said.
//!
//! # Rooms, and whose doors they may open
//!
//! A room uses only rooms that stand above it, and of those only the ones its row names. `tests/layers.rs` holds every
//! file to this table, and this table to its own.
//!
//! | room | what lives there | may use |
//! |---|---|---|
//! | `text` | widths, cutting, cleaning and folding of what people type; initials of names | – |
//! | `model` | plain data: students, offices, applications, clocks, commands, the journal's entries | `text` |
//! | `law` | the regulation: working days, clocks, competent authority, rules. Facts and a day in, verdicts out | `model` |
//! | `store` | journal, records, columns in memory; `trait Store` and its engines | `model`, `text` |
//! | `data` | the tables the program ships with: calendar, regions, majors, parts of names | `model` |
//! | `desk` | the use cases: what a command changes, or the refusal | `model`, `law`, `store`, `data` |
//! | `wire` | messages between desk and server, as lines of JSON, cleaned at the door | `model`, `text` |
//! | `exchange` | files of other programs: rows out of spreadsheets and CSV, tables into them | `model`, `wire`, `text` |
//! | `server` | socket, sessions, claims, notices; the one thread that writes | `model`, `text`, `law`, `desk`, `store`, `wire` |
//! | `demo` | the exercise county | `model`, `data`, `desk` |
//! | `catalogue` | what is said to people, Chinese and English | – |
//! | `keymap` | the table of actions and keys | `text`, `catalogue` |
//! | `app` | the client's state: one input in, the next state and its effects out | `wire`, `model`, `keymap`, `text`, `catalogue` |
//! | `view` | draws the state; changes nothing | `app`, `wire`, `model`, `keymap`, `text`, `catalogue` |
//! | `term` | the terminal: in, out, probe, restore; the link to the server | `wire`, `text` |
//!
//! `cli` and the binary wire the rooms together and may open every door.

pub mod app;
pub mod catalogue;
pub mod cli;
pub mod data;
pub mod demo;
pub mod desk;
pub mod exchange;
pub mod keymap;
pub mod law;
pub mod model;
pub mod server;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
pub mod wire;
