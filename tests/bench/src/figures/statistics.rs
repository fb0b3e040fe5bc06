//! What stands for many numbers.

/// The one in the middle, or the mean of the two there; `None` if there are no numbers.
pub fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    let upper = *numbers.get(numbers.len() / 2)?;
    let is_even = numbers.len().is_multiple_of(2);
    let lower = if is_even { numbers[numbers.len() / 2 - 1] } else { upper };
    Some(f64::midpoint(lower, upper))
}

/// The smallest of them that so many in a hundred don't exceed; `None` if there are none.
pub fn percentile<T: Copy + Ord>(percent: usize, values: &mut [T]) -> Option<T> {
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_below_the_median() {
        assert_eq!(median([]), None);
        assert_eq!(median([3.0]), Some(3.0));
        assert_eq!(median([9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([9.0, 1.0, 2.0, 4.0]), Some(3.0));
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        assert_eq!(percentile::<u8>(50, &mut []), None);
        assert_eq!(percentile(99, &mut [7]), Some(7));
        let mut values: Vec<u32> = (1..=200).rev().collect();
        assert_eq!(percentile(50, &mut values), Some(100));
        assert_eq!(percentile(99, &mut values), Some(198));
        assert_eq!(percentile(100, &mut values), Some(200));
        assert_eq!(percentile(0, &mut values), Some(1));
    }
}
