//! Making a sealed ledger of one that is not: the same entries, authors, times and positions, under
//! other hashes.

use super::{Cost, Credential};
use crate::{Error, Head, Ledger, Row, chain, site::Site};
use habeas_model::{Entry, memory::entry::Kept};

/// Writes the entries and the evidence of `plain` into a fresh sealed ledger at `site`. Their
/// chain is another one: what checkpoints and time stamps of the old one said is kept as text, and
/// so is its last hash. The old ledger stays as it is.
pub fn convert(
    plain: &Ledger,
    site: &dyn Site,
    holder: &str,
    credential: &Credential,
    cost: Cost,
) -> Result<Ledger, Error> {
    let sealed = site.sealed(holder, credential, cost)?;
    let keys = sealed.keys()?.expect("it was just unlocked").clone();
    let mut writer = sealed.writer()?;
    let (mut head, mut batch) = (Head::BEGINNING, Vec::new());
    let mut flush = |batch: &mut Vec<Row>| -> Result<(), Error> {
        let said: Vec<(&str, &[u8])> =
            batch.iter().map(|row| (row.kind.as_str(), row.body.as_slice())).collect();
        let bodies = keys.seal(&said)?;
        for (row, body) in batch.iter_mut().zip(bodies) {
            row.body = body;
            head = row.follow(&head);
        }
        writer.append_rows(batch)?;
        batch.clear();
        Ok(())
    };
    plain.rows(1, None, |row| {
        batch.push(kept(row));
        if batch.len() == 4096 { flush(&mut batch) } else { Ok(()) }
    })?;
    let old = plain.head()?;
    if old.position == 0 {
        return Ok(sealed); // There is no chain to remember.
    }
    let text = format!("format 1, {} entries, last hash {}", old.position, old.hash);
    let note = Entry::Kept(Kept { name: "unsealed/head.txt".to_owned(), text });
    batch.push(Row {
        position: old.position + 1,
        recorded_at: old.recorded_at,
        author: holder.to_owned(),
        kind: note.kind().to_owned(),
        body: note.body(),
        leaf: chain::BEGINNING,
        hash: chain::BEGINNING,
    });
    flush(&mut batch)?;
    plain.rows(1, None, |row| {
        if let Ok(Entry::Received(received)) = Entry::read(&row.kind, &row.body) {
            writer.put_blob(&plain.blob(&received.blob)?)?;
        }
        Ok(())
    })?;
    drop(writer);
    Ok(sealed)
}

/// What holds only for the old chain becomes text.
fn kept(mut row: Row) -> Row {
    if ["checkpoint", "stamped"].contains(&row.kind.as_str()) {
        let name = format!("unsealed/{}-{}.json", row.kind, row.position);
        let text = String::from_utf8_lossy(&row.body).into_owned();
        row.body = Entry::Kept(Kept { name, text }).body();
        row.kind = "kept".to_owned();
    }
    row
}
