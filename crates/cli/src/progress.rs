//! A bar for long work: on standard error, and only where somebody looks at it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;

/// A bar over `length` steps, hidden when standard error is no terminal or the work is short.
pub fn bar(length: usize, what: &str) -> ProgressBar {
    let shown = std::io::stderr().is_terminal() && length > 3;
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(length as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:24}] {pos}/{len} {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.with_message(what.to_owned())
}
