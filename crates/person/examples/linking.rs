//! Measures the engine alone: `linking TABLE.csv PAIRS.csv CLUSTERS.csv [SETTINGS.toml]`.

#![allow(clippy::disallowed_methods)] // A measuring tool reads files and clocks.

use habeas_person::{
    link::link,
    table::{Column, LinkSettings, Table, guess},
};
use std::{error::Error, io::Write as _};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut reader = csv::Reader::from_path(&paths[0])?;
    let mut columns: Vec<Column> = reader.headers()?.iter().map(Column::new).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        record.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
    }
    columns.iter_mut().for_each(|column| column.values.close());
    let table = Table { columns, ..Table::default() };
    let settings: LinkSettings = match paths.get(3) {
        Some(path) => toml::from_str(&std::fs::read_to_string(path)?)?,
        None => guess(&table),
    };
    let start = std::time::Instant::now();
    let told = |step| eprintln!("{:.2} {step}", start.elapsed().as_secs_f64());
    let linked = link(&table, &settings, &told)?;
    eprintln!("{:.2} linked: {} pairs", start.elapsed().as_secs_f64(), linked.pairs.len());
    eprintln!("{:?} {:?}", linked.met, linked.notices);
    eprintln!("{}", serde_json::to_string(&linked.model)?);
    let id = settings.id.as_ref().and_then(|id| table.column(id)).unwrap_or(0);
    let id = |row: u32| table.columns[id].get(row as usize).to_owned();
    let mut out = csv::Writer::from_path(&paths[1])?;
    out.write_record(["id_l", "id_r", "w", "p"])?;
    for pair in &linked.pairs {
        let (w, p) = (pair.weight.to_string(), pair.p().to_string());
        out.write_record([id(pair.left), id(pair.right), w, p])?;
    }
    let mut clusters = std::io::BufWriter::new(std::fs::File::create(&paths[2])?);
    writeln!(clusters, "id,person")?;
    for (row, &person) in linked.persons.iter().enumerate() {
        writeln!(clusters, "{},{}", id(row as u32), id(person))?;
    }
    Ok(())
}
