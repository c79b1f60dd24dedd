//! Identity numbers whose last sign says whether the others were typed right.

use super::column::Values;

habeas_model::words! {
    /// By which rule the last sign follows from the others.
    Scheme {
        /// Spain, DNI and NIE: a letter by the remainder of 23 (Orden INT/2058/2008).
        Dni = "DNI",
        /// Chile, RUT: the remainder of 11, K for ten (Decreto 18 de 1969).
        Rut = "RUT",
        /// Brazil, CPF: two remainders of 11.
        Cpf = "CPF",
        /// Argentina, CUIL and CUIT: the remainder of 11.
        Cuil = "CUIL",
        /// Ecuador's identity card and many more: each second digit doubled (Luhn 1960).
        Luhn = "Luhn",
    }
}

/// Values that are looked at to find the rule.
const LOOKED_AT: usize = 2_000;
/// So few values tell no rule: chance fits one in ten.
const FEW: usize = 30;

/// The rule that a column of numbers keeps, and how many of its values break it; none if four in
/// five keep none.
#[must_use]
pub fn broken(values: &Values) -> Option<(Scheme, usize)> {
    let all = 1..values.len() as u32;
    let some: Vec<u32> = all.clone().step_by(1 + values.len() / LOOKED_AT).collect();
    let kept = |scheme: Scheme, of: &mut dyn Iterator<Item = u32>| {
        of.fold((0, 0), |(right, wrong), value| match scheme.keeps(values.get(value)) {
            Some(true) => (right + 1, wrong),
            Some(false) => (right, wrong + 1),
            None => (right, wrong),
        })
    };
    let scheme = Scheme::ALL.iter().copied().find(|&scheme| {
        let (right, wrong) = kept(scheme, &mut some.iter().copied());
        right >= FEW && right * 5 >= some.len() * 4 && right > 4 * wrong
    })?;
    let (_, wrong) = kept(scheme, &mut all.into_iter());
    (wrong > 0).then_some((scheme, wrong))
}

impl Scheme {
    /// Whether a number keeps the rule; nothing where it has another form.
    #[must_use]
    pub fn keeps(self, text: &str) -> Option<bool> {
        let signs: Vec<u8> = text
            .bytes()
            .filter(|sign| !matches!(sign, b'.' | b'-' | b' ' | b'/'))
            .map(|sign| sign.to_ascii_uppercase())
            .take(20)
            .collect();
        let digits = |signs: &[u8]| -> Option<Vec<u32>> {
            signs.iter().map(|sign| char::from(*sign).to_digit(10)).collect()
        };
        let (last, rest) = signs.split_last()?;
        match self {
            Scheme::Dni if signs.len() == 9 => {
                let series = match rest[0] {
                    series @ b'X'..=b'Z' => u32::from(series - b'X'),
                    digit => char::from(digit).to_digit(10)?,
                };
                let number = digits(&rest[1..])?.iter().fold(series, |sum, digit| sum * 10 + digit);
                last.is_ascii_alphabetic()
                    .then(|| b"TRWAGMYFPDXBNJZSQVHLCKE"[number as usize % 23] == *last)
            }
            Scheme::Rut if matches!(signs.len(), 8 | 9) => {
                let weighted = digits(rest)?.into_iter().rev().zip((2..=7).cycle());
                let sum: u32 = weighted.map(|(digit, weight)| digit * weight).sum();
                Some(b"0K987654321"[sum as usize % 11] == *last)
            }
            Scheme::Cpf if signs.len() == 11 => {
                let of = digits(&signs)?;
                let check = |count: usize| {
                    let weighted = of[..count].iter().zip((2..=count as u32 + 1).rev());
                    let sum: u32 = weighted.map(|(digit, weight)| digit * weight).sum();
                    of[count] == sum * 10 % 11 % 10
                };
                Some(check(9) && check(10))
            }
            Scheme::Cuil if signs.len() == 11 => {
                let of = digits(&signs)?;
                let weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
                let sum: u32 = of.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
                Some(sum.is_multiple_of(11))
            }
            Scheme::Luhn if (8..=16).contains(&signs.len()) => {
                let of = digits(&signs)?;
                let doubled = |(nth, digit): (usize, &u32)| match nth % 2 {
                    1 if *digit > 4 => digit * 2 - 9,
                    1 => digit * 2,
                    _ => *digit,
                };
                Some(of.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scheme: Scheme, right: &str, wrong: &str) {
        assert_eq!(scheme.keeps(right), Some(true), "{right}");
        assert_eq!(scheme.keeps(wrong), Some(false), "{wrong}");
        assert_eq!(scheme.keeps("7"), None);
    }

    /// Examples of the rules' own descriptions; nobody bears these numbers.
    #[test]
    fn last_signs_follow_from_the_others() {
        check(Scheme::Dni, "12345678-Z", "12345687Z");
        check(Scheme::Dni, "X0000000T", "Y0000000T");
        check(Scheme::Rut, "12.345.678-5", "12.345.687-5");
        check(Scheme::Rut, "1.000.005-K", "1.000.005-1");
        check(Scheme::Cpf, "111.444.777-35", "111.444.777-53");
        check(Scheme::Cuil, "20-12345678-6", "20-12345678-9");
        check(Scheme::Luhn, "79927398713", "79927398731");
    }

    #[test]
    fn a_column_tells_its_rule_or_none() {
        let letter = |n: usize| char::from(b"TRWAGMYFPDXBNJZSQVHLCKE"[n % 23]);
        let mut values = Values::default();
        for n in (10_000_000..10_000_100).chain([20_000_000]) {
            values.number(&format!("{n}{}", letter(n + n / 20_000_000)));
        }
        assert_eq!(broken(&values), Some((Scheme::Dni, 1)));
        let mut values = Values::default();
        for n in 0..500 {
            values.number(&(10_000_000 + n * 37_813).to_string());
        }
        assert_eq!(broken(&values), None);
    }
}
