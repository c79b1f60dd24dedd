//! The audit on a terminal: which published sums hold and which do not.

use super::sheet::{Sheet, Shown, heading, wrap};
use crate::{Reader, phrase, word, words};
use comfy_table::Color;
use habeas_count::Finding;

/// So many findings stand under a board.
const SHORT: usize = 12;

/// Every finding.
#[must_use]
pub fn audit(findings: &[Finding], reader: &Reader) -> String {
    let mut out = head(findings, reader);
    if !findings.is_empty() {
        out.push_str(&sheet(findings.iter(), reader));
    }
    out
}

/// The findings that trouble a reader first, then some of those that hold.
#[must_use]
pub fn audit_in_short(findings: &[Finding], reader: &Reader) -> String {
    let mut out = head(findings, reader);
    if findings.is_empty() {
        return out;
    }
    let mut order: Vec<&Finding> = findings.iter().collect();
    order.sort_by_key(|finding| (finding.holds, std::cmp::Reverse(finding.severity)));
    out.push_str(&sheet(order.iter().copied().take(SHORT), reader));
    if let Some(more) = findings.len().checked_sub(SHORT).filter(|more| *more > 0) {
        let n = phrase::number(more as u64, reader.lang);
        out.push_str(&wrap(&words(reader.lang, "audit-more", &[("n", &n)]), reader.width, ""));
    }
    out
}

fn head(findings: &[Finding], reader: &Reader) -> String {
    let lang = reader.lang;
    let hold = findings.iter().filter(|finding| finding.holds).count();
    let n = |of: usize| phrase::number(of as u64, lang);
    let sum = match findings {
        [] => word(lang, "audit-none"),
        _ => words(lang, "audit-sum", &[("hold", &n(hold)), ("fail", &n(findings.len() - hold))]),
    };
    format!("{}{}", heading(&word(lang, "audit"), reader), wrap(&sum, reader.width, ""))
}

fn sheet<'a>(findings: impl Iterator<Item = &'a Finding>, reader: &Reader) -> String {
    let lang = reader.lang;
    let headings = ["audit-holds", "col-says", "finding-partition", "col-day"];
    let mut sheet = Sheet::new(headings.map(|key| match key {
        "audit-holds" => "✓ ✗".to_owned(),
        "finding-partition" => word(lang, "col-sum"),
        key => word(lang, key),
    }));
    for finding in findings {
        let day = finding.day.map_or(String::new(), |day| phrase::day(day, lang));
        let said = format!("{} ({})", finding.arithmetic, what(finding, reader));
        sheet.row([
            verdict(finding, reader),
            Shown::plain(&finding.body),
            Shown::plain(said),
            Shown::plain(day),
        ]);
    }
    sheet.text(reader)
}

/// What was looked at: "parts and whole, women and men; held".
pub fn what(finding: &Finding, reader: &Reader) -> String {
    let lang = reader.lang;
    let mut said = word(lang, &format!("finding-{}", finding.kind));
    said.extend(finding.axis.map(|axis| format!(", {}", word(lang, &format!("axis-{axis}")))));
    said.push_str(&format!("; {}", word(lang, &format!("predicate-{}", finding.predicate))));
    if !finding.holds && finding.residue != 0 {
        let n = phrase::signed(finding.residue, lang);
        said.push_str(&format!("; {}", words(lang, "audit-residue", &[("n", &n)])));
    }
    said
}

fn verdict(finding: &Finding, reader: &Reader) -> Shown {
    match finding.holds {
        true => Shown::coloured(format!("✓ {}", word(reader.lang, "audit-holds")), Color::Green),
        false => {
            let severity = word(reader.lang, &format!("severity-{}", finding.severity));
            Shown::coloured(
                format!("✗ {}: {severity}", word(reader.lang, "audit-fails")),
                Color::Red,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use habeas_count::{FindingKind, Severity};
    use habeas_model::Predicate;

    fn finding(holds: bool, arithmetic: &str) -> Finding {
        Finding {
            kind: FindingKind::Partition,
            severity: if holds { Severity::Note } else { Severity::Serious },
            holds,
            body: "Vigilia".to_owned(),
            predicate: Predicate::Held,
            axis: Some(habeas_count::Axis::Gender),
            day: Some("2026-02-02".parse().unwrap()),
            rows: Vec::new(),
            arithmetic: arithmetic.to_owned(),
            residue: i64::from(!holds),
        }
    }

    #[test]
    fn what_fails_stands_first() {
        let mut findings = vec![finding(true, "600 + 87 = 687"); 15];
        findings.push(finding(false, "687 + 1 ≠ 687"));
        let short = audit_in_short(&findings, &Reader::public(Lang::En));
        let fails = short.find("687 + 1 ≠ 687").unwrap();
        assert!(fails < short.find("600 + 87 = 687").unwrap(), "{short}");
        assert!(
            short.contains("Do not hold: 1; hold: 15.") && short.contains("4 more findings"),
            "{short}"
        );
        let whole = audit(&findings, &Reader::public(Lang::Es));
        assert_eq!(whole.matches("600 + 87 = 687").count(), 15);
        assert!(whole.contains("✗ no cuadra"), "{whole}");
    }
}
