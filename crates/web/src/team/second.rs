//! The second step of signing in: six digits that an app shows for thirty seconds (TOTP, RFC 6238).

use crate::{Error, gate::who::random};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

/// The secret that the app has too. It is kept readable, as it must be: in `ledger/`, for the owner
/// of the files alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Second(String);

impl Second {
    /// A fresh one: 160 bits, as RFC 4226, section 4, recommends.
    pub fn fresh() -> Result<Second, Error> {
        Ok(Second(HEXLOWER.encode(&random::<20>()?)))
    }

    /// What is typed into an app, in groups of four.
    pub fn written(&self) -> String {
        let code = BASE32_NOPAD.encode(&self.bytes());
        let groups: Vec<&str> = (0..code.len()).step_by(4).map(|at| &code[at..at + 4]).collect();
        groups.join(" ")
    }

    /// The address that an app reads. The account is a pseudonym of plain letters.
    pub fn address(&self, account: &str) -> String {
        let code = BASE32_NOPAD.encode(&self.bytes());
        format!("otpauth://totp/Habeas:{account}?secret={code}&issuer=Habeas")
    }

    /// The step of half a minute that `code` is of, at `time` (seconds since 1970) or one step
    /// about it. Whoever asks takes each step once.
    pub fn step(&self, code: &str, time: u64) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        self.totp()?.check(&digits, time)
    }

    /// What the app shows at `time`.
    #[cfg(test)]
    pub fn code(&self, time: u64) -> String {
        self.totp().map(|totp| totp.generate(time).to_string()).unwrap_or_default()
    }

    fn totp(&self) -> Option<Totp> {
        let secret = Secret::new_stack(self.bytes().try_into().ok()?);
        Builder::new().with_secret(secret).build().ok()
    }

    fn bytes(&self) -> Vec<u8> {
        HEXLOWER.decode(self.0.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the secret is `12345678901234567890`; the last six digits.
        let second = Second(HEXLOWER.encode(b"12345678901234567890"));
        assert_eq!(second.step("287082", 59), Some(1));
        assert_eq!(second.step(" 081 804 ", 1_111_111_109), Some(37_037_036));
        assert_eq!(second.step("005924", 1_234_567_890), Some(41_152_263));
        assert_eq!(second.step("287082", 89), Some(1));
        assert_eq!(second.step("287082", 90), None);
        assert_eq!(second.step("", 59), None);
        assert_eq!(second.step("28708", 59), None);
        assert_eq!(second.written(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address =
            "otpauth://totp/Habeas:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Habeas";
        assert_eq!(second.address("ada"), address);
        assert_ne!(Second::fresh().unwrap(), Second::fresh().unwrap());
    }
}
