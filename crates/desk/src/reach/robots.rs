//! What a site asks of programs that visit it: robots.txt (RFC 9309).

/// Bytes of a robots.txt that are read (RFC 9309, section 2.5: at least 500 kibibytes).
pub(super) const LONGEST: u64 = 512 << 10;

/// The rules of one site for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Whether it allows, and the pattern of the path.
    rules: Vec<(bool, String)>,
    /// Seconds between visits, if asked for (`Crawl-delay`, no part of the RFC, but common).
    pub delay: Option<u64>,
}

impl Robots {
    /// Everything is allowed: there is no robots.txt (section 2.3.1.3).
    #[must_use]
    pub fn open() -> Robots {
        Robots::default()
    }

    /// Nothing is allowed: it cannot be reached (section 2.3.1.4).
    #[must_use]
    pub fn closed() -> Robots {
        Robots { rules: vec![(false, "/".to_owned())], delay: None }
    }

    /// Reads the groups for `agent` (a product token in lower case), or else those for `*`.
    #[must_use]
    pub fn read(text: &str, agent: &str) -> Robots {
        let (mut ours, mut any) = (None::<Robots>, None::<Robots>);
        // Whom the group is for, and whether its rules have begun.
        let (mut us, mut all, mut begun) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if begun {
                    (us, all, begun) = (false, false, false);
                }
                us |= value.to_ascii_lowercase() == agent;
                all |= value == "*";
                // A group that is there counts, even if it has no rule.
                us.then(|| ours.get_or_insert_default());
                all.then(|| any.get_or_insert_default());
                continue;
            }
            begun |= matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            for (meant, group) in [(us, &mut ours), (all, &mut any)] {
                if let Some(group) = group.as_mut().filter(|_| meant) {
                    group.take(&key, value);
                }
            }
        }
        ours.or(any).unwrap_or_default()
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push((key == "allow", value.to_owned()));
            }
            "crawl-delay" => {
                self.delay =
                    value.parse::<f64>().ok().filter(|s| *s >= 0.0).map(|s| s.ceil() as u64);
            }
            _ => {}
        }
    }

    /// Whether a path with its query may be visited: the longest rule that matches decides, and an
    /// equally long one that allows (section 2.2.2).
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(_, pattern)| matches(pattern, path));
        matching.max_by_key(|(allows, pattern)| (pattern.len(), *allows)).is_none_or(|(it, _)| *it)
    }
}

/// Whether a pattern with `*` and a final `$` matches the beginning of a path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (nth, part) in parts.iter().enumerate() {
        if whole && nth + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &str, expected: bool) {
        assert_eq!(Robots::read(text, "habeas").allows(path), expected, "{path} by {text:?}");
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b # but\nDisallow: /*.pdf$\n";
        check(text, "/", true);
        check(text, "/a/c", false);
        check(text, "/a/b/c", true);
        check(text, "/x/y.pdf", false);
        check(text, "/x/y.pdf?download", true);
        check("User-agent: *\nAllow: /p\nDisallow: /p", "/p", true);
        check("User-agent: *\nDisallow:", "/p", true);
        check("User-agent: *\nDisallow: /", "/p", false);
    }

    #[test]
    fn a_group_for_us_counts_instead_of_the_one_for_all() {
        let text =
            "user-agent: Habeas\nuser-agent: other\ndisallow: /x\n\nUser-Agent: *\nDisallow: /";
        check(text, "/y", true);
        check(text, "/x", false);
        check("User-agent: other\nDisallow: /\nUser-agent: habeas\nAllow: /", "/", true);
        check("User-agent: habeas\n\nUser-agent: *\nDisallow: /", "/a", false);
    }

    #[test]
    fn delays_are_read_and_no_file_is_no_rule() {
        assert_eq!(Robots::read("User-agent: *\nCrawl-delay: 2.5", "habeas").delay, Some(3));
        check("", "/", true);
        check("<html>not found</html>", "/", true);
        assert!(!Robots::closed().allows("/"));
    }
}
