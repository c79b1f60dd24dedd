//! Measures a new list against a register: `arrival KNOWN.csv LIST.csv NEWS.csv`.

#![allow(clippy::disallowed_methods)] // A measuring tool reads files and clocks.

use habeas_person::{
    link::{Decided, Known, News},
    table::{Column, Table, guess, unite},
};
use std::{error::Error, time::Instant};

fn read(path: &str) -> Result<Table, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let mut columns: Vec<Column> = reader.headers()?.iter().map(Column::new).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        record.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
    }
    Ok(Table { columns, ..Table::default() })
}

/// CPU milliseconds so far, in steps of ten (Linux).
fn cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.split(' ').skip(13).take(2).filter_map(|one| one.parse::<u64>().ok());
    ticks.sum::<u64>() * 10
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let start = Instant::now();
    let tables = vec![read(&paths[0])?, read(&paths[1])?];
    let first = tables[0].rows();
    let table = unite(tables);
    let settings = guess(&table);
    let (known, list) = table.split(first);
    println!("read: {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut known = Known::new(known, settings.clone())?;
    println!("made ready: {:.1} s, {first} rows", start.elapsed().as_secs_f64());
    println!("CPU so far: {:.1} s", cpu() as f64 / 1000.0);
    let (mut times, before) = (Vec::new(), cpu());
    let mut last = None;
    for _ in 0..20 {
        let start = Instant::now();
        last = Some(known.arrive(&list, &Decided::default())?);
        times.push(start.elapsed().as_millis());
    }
    let Some(diff) = last else { return Ok(()) };
    times.sort_unstable();
    println!("{} rows, {} pairs: ms {times:?}", list.rows(), diff.compared);
    println!("CPU ms each: {}", (cpu() - before) / 20);
    let counts = News::ALL.iter().map(|&news| format!("{news} {}", diff.count(news)));
    println!("{}", counts.collect::<Vec<_>>().join(", "));
    let id = settings.id.as_ref().and_then(|id| list.column(id)).unwrap_or(0);
    let mut out = csv::Writer::from_path(&paths[2])?;
    out.write_record(["id", "news", "person", "p"])?;
    for one in &diff.arrivals {
        let person = one.person.map(|row| known.table().columns[id].get(row as usize));
        let row = list.columns[id].get(one.row as usize);
        let p = format!("{:.4}", one.p());
        out.write_record([row, one.news.word(), person.unwrap_or_default(), &p])?;
    }
    Ok(())
}
