//! Which words does a shorthand stand for? `liberad<os>` and `detenid{o,a} (de|otra) vez`.

use std::collections::HashMap;

/// Every phrase that `short` stands for, or the name of an ending that is not known.
pub fn expand(short: &str, suffixes: &HashMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let mut made = vec![String::new()];
    let mut rest = short;
    while let Some(at) = rest.find(['{', '<', '(']) {
        let close = match rest.as_bytes()[at] {
            b'{' => '}',
            b'<' => '>',
            _ => ')',
        };
        let end = rest[at..].find(close).map(|end| at + end).ok_or_else(|| rest.to_owned())?;
        let inside = &rest[at + 1..end];
        let choices: Vec<&str> = match close {
            '}' => inside.split(',').map(str::trim).collect(),
            ')' => inside.split('|').collect(),
            _ => suffixes
                .get(inside)
                .ok_or_else(|| inside.to_owned())?
                .iter()
                .map(String::as_str)
                .collect(),
        };
        let head = &rest[..at];
        made = made
            .iter()
            .flat_map(|made| choices.iter().map(move |choice| format!("{made}{head}{choice}")))
            .collect();
        rest = &rest[end + 1..];
    }
    for made in &mut made {
        made.push_str(rest);
        let squeezed = made.split_whitespace().collect::<Vec<_>>().join(" ");
        *made = squeezed;
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthand() {
        let suffixes = HashMap::from([("os".to_owned(), vec!["o".to_owned(), "as".to_owned()])]);
        let check = |short: &str, expected: &str| {
            assert_eq!(expand(short, &suffixes).unwrap().join("/"), expected);
        };
        check("libre", "libre");
        check(
            "pres<os> (|muy )viej{o,as}",
            "preso viejo/preso viejas/preso muy viejo/preso muy viejas/presas viejo/presas viejas/presas muy viejo/presas muy viejas",
        );
        assert_eq!(expand("x<zz>", &suffixes), Err("zz".to_owned()));
    }
}
