//! Settings of linking, and a table behind them, as nobody should write them.

use habeas_person::{
    link::{Linked, link},
    table::{Column, LinkSettings, Table},
};

/// What parts the settings from the table.
pub const END: &str = "\n---\n";

/// Settings that linking takes, and a table of sixteen rows.
pub const SEED: &str = "id = \"id\"\nwithin-lists = true\none-to-one = false\nkeep = 0.01\njoin = 0.6\n\
[[compare]]\ncolumn = \"given\"\nkind = \"given\"\n[[compare]]\ncolumn = \"surname\"\nkind = \"surname\"\n\
[[compare]]\ncolumn = \"born\"\nkind = \"born\"\n[[compare]]\ncolumn = \"number\"\nkind = \"number\"\n\
[[compare]]\ncolumn = \"place\"\nkind = \"text\"\n\
[[block]]\nkeys = [\"words.two\"]\nmost = 60\n[[block]]\nkeys = [\"words.one\", \"born.year\"]\nmost = 50\n\
[[block]]\nkeys = [\"number\"]\nmost = 50\n[[block]]\nkeys = [\"place.start\", \"given.first\"]\nmost = 100\n\
\n---\nid,given,surname,born,number,place\n1,Ciro,Luna Prado,1990-02-03,10496411,Norte\n\
2,Ciro,Luna,03/02/1990,V-10496411,Norte\n3,Milo,Luna Prado,1900-01-01,10496412,Sur\n\
4,,,31/12/9999,00000000,\n5,\u{639}\u{644}\u{64a},\u{426}\u{438}\u{440}\u{43e},1990,7,\u{1f600}\n";

/// The settings are taken or refused with the next step; what is linked keeps the laws.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (settings, rows) = text.split_once(END).unwrap_or((&text, SEED.split_once(END).expect("a table").1));
    let Ok(settings) = toml::from_str::<LinkSettings>(settings) else { return };
    let table = table(rows);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    match pool(2).install(|| link(&table, &settings, &|_| ())) {
        Err(wrong) => assert!(wrong.to_string().contains("hint: "), "{wrong}"),
        Ok(linked) => {
            lawful(&linked);
            let again = pool(1).install(|| link(&table, &settings, &|_| ())).expect("linked before");
            assert!(again.pairs == linked.pairs && again.persons == linked.persons);
        }
    }
}

fn lawful(linked: &Linked) {
    for (row, &person) in linked.persons.iter().enumerate() {
        assert!(person as usize <= row && linked.persons[person as usize] == person);
    }
    for pair in &linked.pairs {
        assert!(pair.left < pair.right && (0.0..=1.0).contains(&pair.p()));
    }
}

/// A line a row, a comma between cells; quotes mean nothing.
fn table(rows: &str) -> Table {
    let mut lines = rows.lines();
    let headings = lines.next().unwrap_or_default().split(',').take(16);
    let mut columns: Vec<Column> = headings.map(Column::new).collect();
    for line in lines.take(200) {
        let mut cells = line.split(',');
        columns.iter_mut().for_each(|column| column.push(cells.next().unwrap_or_default()));
    }
    Table { columns, ..Table::default() }
}
