/// The check digit of a personal number's nine digits YYMMDDNNN (Luhn, modulus 10, weights 2,1,2,…).
///
/// Source: Skatteverket, SKV 704 "Personnummer": products above nine are reduced by their cross sum,
/// the check digit fills the sum up to a multiple of ten.
#[must_use]
pub fn check_digit(nine: [u8; 9]) -> u8 {
    let sum: u8 = nine
        .iter()
        .enumerate()
        .map(|(place, digit)| {
            let product = if place % 2 == 0 { 2 * digit } else { *digit };
            product / 10 + product % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// The twelve digits of a personal number (personnummer) without hyphen.
///
/// `serial` is the birth number 000–999; its last digit is odd for men.
pub(crate) fn personal_number(year: i32, month: u32, day: u32, serial: u32) -> String {
    let mut digits = [0_u8; 12];
    let parts = [
        (year.unsigned_abs(), 0, 4),
        (month, 4, 2),
        (day, 6, 2),
        (serial, 8, 3),
    ];
    for (value, from, width) in parts {
        let mut rest = value;
        for place in (from..from + width).rev() {
            digits[place] = (rest % 10) as u8;
            rest /= 10;
        }
    }
    let mut nine = [0_u8; 9];
    nine.copy_from_slice(&digits[2..11]);
    digits[11] = check_digit(nine);
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digit_by_hand() {
        // 811218-987: 8·2=16→7, 1, 1·2=2, 2, 1·2=2, 8, 9·2=18→9, 8, 7·2=14→5; sum 44 → 50 − 44 = 6.
        assert_eq!(check_digit([8, 1, 1, 2, 1, 8, 9, 8, 7]), 6);
        // 121212-121: 1·2=2, 2, 1·2=2, 2, 1·2=2, 2, 1·2=2, 2, 1·2=2; sum 18 → 20 − 18 = 2.
        assert_eq!(check_digit([1, 2, 1, 2, 1, 2, 1, 2, 1]), 2);
        // 000000-000: sum 0 → 0.
        assert_eq!(check_digit([0; 9]), 0);
    }

    #[test]
    fn a_number_has_twelve_digits() {
        // 1981-12-18, serial 987 → 19811218 987 6.
        assert_eq!(personal_number(1981, 12, 18, 987), "198112189876");
        assert_eq!(personal_number(2005, 1, 2, 7), {
            // 050102-007: 0, 5, 0, 1, 0, 2, 0, 0, 7·2=14→5; sum 13 → 7.
            "200501020077"
        });
    }
}
