//! Order of cards on a board: a text rank, compared byte by byte, that never renumbers others.
//! Called by the decisions about tasks.
//!
//! A rank is a list of whole numbers. Lists compare number by number, and a list comes before
//! every list that continues it, so there is room between any two. Each number is written such
//! that the order of bytes is the order of numbers and that its first byte tells its length.
//!
//! Two tasks of different columns may come to share a rank (each was put between the same two);
//! whoever sorts breaks ties by the number of the task. Between equals there is no room.

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE: u64 = 62;
/// Most digits that a number takes after its first byte: 62^11 > 2^63.
const DIGITS_MAX: usize = 11;
/// Numbers from -20 to 19 are one byte.
const SMALL_MIN: i64 = -20;
const SMALL_MAX: i64 = 19;
/// Room left between neighbours, so that later ones find a place without a longer rank.
const STRIDE: i64 = 8;

/// The rank of a new task, from its number alone: below every task with a smaller number,
/// wherever those were moved, unless one was put directly above a newer task.
pub fn first(number: i64) -> String {
    write(&[number])
}

/// A rank strictly after the one and strictly before the other. `None` for an end means the
/// top or the bottom of the column. `None` as an answer: the two are equal, in the wrong order,
/// or were not made here.
///
/// Invariant: a rank made here never equals one made by [`first`] for a number above zero, and
/// the bottom of a column stays above the tasks yet to be made.
pub fn between(after: Option<&str>, before: Option<&str>) -> Option<String> {
    let rank = match (after, before) {
        (None, None) => vec![0],
        (None, Some(before)) => vec![read(before)?[0].min(STRIDE).checked_sub(STRIDE)?],
        (Some(after), None) => following(&read(after)?, 1)?,
        (Some(after), Some(before)) if after < before => middle(&read(after)?, &read(before)?)?,
        (Some(_), Some(_)) => return None,
    };
    Some(write(&rank))
}

/// A little further than `rank`, with the same first `depth` numbers.
fn following(rank: &[i64], depth: usize) -> Option<Vec<i64>> {
    let next = match rank.get(depth) {
        Some(number) => number.checked_add(STRIDE)?,
        None => 0,
    };
    Some([&rank[..depth], &[next]].concat())
}

fn middle(after: &[i64], before: &[i64]) -> Option<Vec<i64>> {
    let same = after.iter().zip(before).take_while(|(a, b)| a == b).count();
    let upper = *before.get(same)?;
    let within = |number| Some([&before[..same], &[number]].concat());
    let Some(&lower) = after.get(same) else {
        // `before` continues `after`. Its first number more is a place by itself if it goes on.
        let longer = before.len() > same + 1;
        return if longer {
            within(upper)
        } else {
            within(upper.checked_sub(STRIDE)?)
        };
    };
    // The first number belongs to `first`: stay under it.
    if same == 0 || upper.checked_sub(lower) == Some(1) {
        let free = same > 0 && before.len() > same + 1;
        return if free {
            within(upper)
        } else {
            following(after, same + 1)
        };
    }
    within(lower + upper.checked_sub(lower)? / 2)
}

fn write(rank: &[i64]) -> String {
    let mut text = String::with_capacity(rank.len() * 2);
    rank.iter()
        .for_each(|number| write_number(*number, &mut text));
    text
}

/// First byte: 0..=10 for negative numbers of 11..=1 digits, 11..=50 for a small number itself,
/// 51..=61 for positive numbers of 1..=11 digits. Digits of negative numbers are complemented.
fn write_number(number: i64, text: &mut String) {
    let letter = |index: usize| char::from(ALPHABET[index]);
    if (SMALL_MIN..=SMALL_MAX).contains(&number) {
        text.push(letter((number - SMALL_MIN) as usize + DIGITS_MAX));
        return;
    }
    let negative = number < 0;
    let mut rest = if negative {
        number.abs_diff(SMALL_MIN) - 1
    } else {
        number.abs_diff(SMALL_MAX) - 1
    };
    let mut digits = Vec::with_capacity(DIGITS_MAX);
    while rest > 0 || digits.is_empty() {
        digits.push((rest % BASE) as usize);
        rest /= BASE;
    }
    let count = digits.len();
    text.push(letter(if negative {
        DIGITS_MAX - count
    } else {
        50 + count
    }));
    digits.reverse();
    text.extend(
        digits
            .into_iter()
            .map(|d| letter(if negative { 61 - d } else { d })),
    );
}

/// The numbers of a rank, at least one; `None` if it was not made by [`write`].
fn read(text: &str) -> Option<Vec<i64>> {
    let mut indices = text
        .bytes()
        .map(|byte| ALPHABET.iter().position(|letter| *letter == byte));
    let mut rank = Vec::new();
    while let Some(index) = indices.next() {
        rank.push(match index? {
            index @ 11..=50 => index as i64 - DIGITS_MAX as i64 + SMALL_MIN,
            index => {
                let negative = index < DIGITS_MAX;
                let count = if negative {
                    DIGITS_MAX - index
                } else {
                    index - 50
                };
                let mut rest: u64 = 0;
                for place in 0..count {
                    let digit = indices.next()?? as u64;
                    let digit = if negative { 61 - digit } else { digit };
                    if place == 0 && digit == 0 && count > 1 {
                        // Longer than `write` would make it: its bytes are out of order.
                        return None;
                    }
                    rest = rest.checked_mul(BASE)?.checked_add(digit)?;
                }
                let size = i64::try_from(rest).ok()?.checked_add(1)?;
                if negative {
                    SMALL_MIN.checked_sub(size)?
                } else {
                    SMALL_MAX.checked_add(size)?
                }
            }
        });
    }
    (!rank.is_empty()).then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Inserts `rounds` times where `place` says, beginning with three tasks; the longest rank.
    fn insert(rounds: usize, mut place: impl FnMut(usize, usize) -> usize) -> usize {
        let mut column: Vec<String> = [1, 2, 3].map(first).to_vec();
        for round in 0..rounds {
            let at = place(round, column.len());
            let above = at.checked_sub(1).map(|above| column[above].as_str());
            let rank = between(above, column.get(at).map(String::as_str)).expect("room");
            column.insert(at, rank);
        }
        assert!(column.is_sorted_by(|a, b| a < b));
        column.iter().map(String::len).max().unwrap()
    }

    #[test]
    fn new_tasks_go_to_the_bottom() {
        let numbers = (-5_000..5_000).chain([i64::MAX - 1, i64::MAX]);
        let ranks: Vec<String> = [i64::MIN, i64::MIN + 1]
            .into_iter()
            .chain(numbers)
            .map(first)
            .collect();
        assert!(ranks.is_sorted_by(|a, b| a < b));
        assert_eq!(first(1).len(), 1);
        assert!(first(200_000).len() <= 4);
    }

    #[test]
    fn the_bottom_stays_above_new_tasks() {
        let mut last = first(7);
        for _ in 0..10_000 {
            let next = between(Some(&last), None).unwrap();
            assert!(last < next && next < first(8));
            last = next;
        }
        assert!(last.len() <= 6, "{last}");
    }

    #[test]
    fn the_top_is_above_all_and_never_the_rank_of_a_new_task() {
        let mut top = first(1);
        for _ in 0..10_000 {
            let next = between(None, Some(&top)).unwrap();
            assert!(next < top && next < first(1));
            top = next;
        }
        assert!(top.len() <= 5, "{top}");
        for (a, b) in [(1, 3), (1, 100), (5, 6)] {
            let rank = between(Some(&first(a)), Some(&first(b))).unwrap();
            assert!((a..=b).all(|number| first(number) != rank));
        }
    }

    #[test]
    fn no_room_between_equals_or_in_reverse_or_strangers() {
        assert_eq!(between(Some(&first(3)), Some(&first(3))), None);
        assert_eq!(between(Some(&first(4)), Some(&first(3))), None);
        for stranger in [
            "",
            "!",
            "é",
            "zz",
            "z00000000000!",
            "zzzzzzzzzzzz",
            "0",
            "000000000000",
            // Numbers with a digit too many: 0a is one digit.
            "q0a",
            "9zA",
        ] {
            assert_eq!(between(Some(stranger), None), None, "{stranger}");
            assert_eq!(between(None, Some(stranger)), None, "{stranger}");
        }
        assert!(between(None, None).is_some());
    }

    #[test]
    fn ranks_stay_short_when_always_put_at_one_place() {
        assert!(insert(10_000, |_, _| 0) <= 5);
        assert!(insert(10_000, |_, length| length) <= 6);
        assert!(insert(10_000, |_, _| 1) <= 8, "always below the same task");
        assert!(
            insert(10_000, |_, length| length - 1) <= 8,
            "always above the same task"
        );
        assert!(
            insert(10_000, |_, length| length / 2) <= 5_000,
            "the worst there is"
        );
    }

    #[test]
    fn ranks_stay_short_when_put_anywhere() {
        let mut seed: u64 = 42;
        let longest = insert(10_000, |_, length| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963);
            (seed >> 33) as usize % (length + 1)
        });
        assert!(longest <= 24, "{longest}");
    }

    proptest! {
        #[test]
        fn numbers_keep_their_order(a: i64, b: i64) {
            prop_assert_eq!(a.cmp(&b), first(a).cmp(&first(b)));
            prop_assert_eq!(read(&first(a)), Some(vec![a]));
        }

        #[test]
        fn between_is_strictly_between(places in prop::collection::vec(0usize..1000, 1..300)) {
            insert(places.len(), |round, length| places[round] % (length + 1));
        }

        #[test]
        fn any_text_is_answered(a in ".*", b in "[0-9A-Za-z]{0,12}", c in "[0-9A-Za-z]{0,12}") {
            for (after, before) in [(&a, &b), (&b, &c)] {
                if let Some(rank) = between(Some(after), Some(before)) {
                    prop_assert!(after < &rank && &rank < before);
                }
            }
        }
    }
}
