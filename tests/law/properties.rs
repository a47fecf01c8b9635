use super::calendar;
use proptest::prelude::*;
use std::sync::LazyLock;
use xueji::law::calendar::Calendar;
use xueji::model::Day;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);

/// Days from well before the calendar begins to well after it ends, most of them within.
fn days() -> impl Strategy<Value = Day> {
    let day = |range: std::ops::Range<i32>| range.prop_map(|n| Day::from_num_days_from_ce_opt(n).unwrap());
    // 737 425 is 2020-01-01, 739 981 is 2026-12-31.
    prop_oneof![4 => day(737_425..739_982), 2 => day(739_900..740_800), 1 => day(736_000..737_500), 1 => day(739_982..1_200_000)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_period_counts_as_many_days_as_were_given(from in days(), budget in 1u32..400) {
        let due = CALENDAR.due(from, budget);
        prop_assert_eq!(CALENDAR.count(from, due.date), i32::try_from(budget).unwrap());
        prop_assert!(CALENDAR.day(due.date).working);
        prop_assert_eq!(due.provisional, due.date > CALENDAR.last_known());
    }

    #[test]
    fn counting_by_rank_is_counting_day_by_day(from in days(), budget in 1u32..60) {
        let mut left = budget;
        let mut date = from;
        while left > 0 {
            date = date.succ_opt().unwrap();
            left -= u32::from(CALENDAR.day(date).working);
        }
        prop_assert_eq!(CALENDAR.due(from, budget).date, date);
    }

    #[test]
    fn an_explanation_accounts_for_every_day(from in days(), budget in 0u32..300) {
        let explained = CALENDAR.explain(from, budget);
        prop_assert_eq!(explained.days.len(), budget as usize);
        prop_assert_eq!(explained.days.last().map_or(from, |day| day.date), explained.due);
        for (day, n) in explained.days.iter().zip(1..) {
            prop_assert_eq!(day.n, n);
        }
        let mut all: Vec<Day> = explained.days.iter().map(|day| day.date).collect();
        all.extend(explained.skipped.iter().map(|day| day.date));
        all.sort();
        let walked: Vec<Day> = from.iter_days().skip(1).take_while(|day| *day <= explained.due).collect();
        prop_assert_eq!(all, walked);
    }

    #[test]
    fn later_events_and_longer_budgets_are_never_due_earlier(from in days(), on in 0u64..40, budget in 0u32..200, more in 0u32..30) {
        let later = from.checked_add_days(chrono::Days::new(on)).unwrap();
        prop_assert!(CALENDAR.due(from, budget).date <= CALENDAR.due(later, budget).date);
        let longer = CALENDAR.due(from, budget + more).date;
        prop_assert!(CALENDAR.due(from, budget).date <= longer);
    }

    #[test]
    fn counts_add_up(a in days(), b in days(), c in days()) {
        prop_assert_eq!(CALENDAR.count(a, b) + CALENDAR.count(b, c), CALENDAR.count(a, c));
        prop_assert_eq!(CALENDAR.count(a, b), -CALENDAR.count(b, a));
    }
}
