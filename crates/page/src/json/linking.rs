//! A run of linking on tables for programs: how many, what to know, and where chains were split.

use super::value;
use habeas_person::link::{Linked, Pairs};
use serde_json::{Value, json};

/// The run; rows bear the ids that `id` gives them.
#[must_use]
pub fn linking(linked: &Linked<Pairs>, id: impl Fn(u32) -> String) -> Value {
    let sizes = linked.sizes();
    let weak = linked.weak.iter().map(|one| {
        json!({
            "id_l": id(one.pair.left), "id_r": id(one.pair.right), "w": one.pair.weight,
            "p": one.pair.p(), "between": one.between, "rows": one.rows,
        })
    });
    json!({
        "rows": linked.persons.len(),
        "pairs": linked.pairs.len(),
        "persons": sizes.iter().sum::<u64>(),
        "sizes": sizes,
        "notices": value(&linked.notices),
        "weak_links": weak.collect::<Vec<_>>(),
    })
}
