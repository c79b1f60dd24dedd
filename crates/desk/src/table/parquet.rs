//! Parquet files, which other engines read and write.

use super::{read::named, write::decided};
use crate::Error;
use habeas_person::{
    link::{Linked, Pair, Pairs},
    table::{LinkSettings, Table},
};
use parquet::{
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        reader::{FileReader as _, SerializedFileReader},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    record::Field,
    schema::parser::parse_message_type,
};
use std::{fs::File, path::Path, sync::Arc};

/// Reads a file; every value as its text.
pub fn read(path: &Path) -> Result<Table, Error> {
    let broken = |e: ParquetError| Error::reading(path, std::io::Error::other(e.to_string()));
    let file = File::open(path).map_err(|why| Error::reading(path, why))?;
    let reader = SerializedFileReader::new(file).map_err(broken)?;
    let schema = reader.metadata().file_metadata().schema();
    let headings = schema.get_fields().iter().map(|field| field.name().to_owned());
    let mut columns = named(headings.collect());
    for row in reader.get_row_iter(None).map_err(broken)? {
        let row = row.map_err(broken)?;
        for ((_, field), column) in row.get_column_iter().zip(&mut columns) {
            match field {
                Field::Null => column.push(""),
                Field::Str(text) => column.push(text),
                Field::Date(_) => {
                    column.push(&field.to_string().chars().take(10).collect::<String>())
                }
                other => column.push(other.to_string().trim_matches('"')),
            }
        }
    }
    columns.iter_mut().for_each(|column| column.values.close());
    Ok(Table { columns, ..Table::default() })
}

/// Rows of a row group.
const GROUP: usize = 1 << 17;

/// Writes `id_l,id_r,w,p,joined,decided`.
pub fn links(
    path: &Path,
    table: &Table,
    settings: &LinkSettings,
    linked: &Linked<Pairs>,
) -> Result<(), Error> {
    let broken = |e: ParquetError| Error::writing(path, std::io::Error::other(e.to_string()));
    let schema = "message links {
        required binary id_l (utf8); required binary id_r (utf8);
        required double w; required double p;
        required boolean joined; required binary decided (utf8);
    }";
    let schema = Arc::new(parse_message_type(schema).map_err(broken)?);
    let file = File::create(path).map_err(|why| Error::writing(path, why))?;
    let properties = Arc::new(WriterProperties::builder().set_dictionary_enabled(false).build());
    let mut writer = SerializedFileWriter::new(file, schema, properties).map_err(broken)?;
    let written = linked.pairs.each(GROUP, |some| {
        let mut group = writer.next_row_group()?;
        let ids = |row: fn(&Pair) -> u32| -> Vec<ByteArray> {
            let of = |pair| ByteArray::from(settings.record(table, row(pair)).as_str());
            some.iter().map(of).collect()
        };
        column::<ByteArrayType>(&mut group, &ids(|pair| pair.left))?;
        column::<ByteArrayType>(&mut group, &ids(|pair| pair.right))?;
        let weights: Vec<f64> = some.iter().map(|pair| f64::from(pair.weight)).collect();
        column::<DoubleType>(&mut group, &weights)?;
        let shares: Vec<f64> = some.iter().map(Pair::p).collect();
        column::<DoubleType>(&mut group, &shares)?;
        let joined: Vec<bool> = some.iter().map(|pair| linked.joined(pair)).collect();
        column::<BoolType>(&mut group, &joined)?;
        let decided = some.iter().map(|pair| ByteArray::from(decided(linked, pair)));
        column::<ByteArrayType>(&mut group, &decided.collect::<Vec<_>>())?;
        group.close()?;
        Ok(())
    });
    written.map_err(broken)?;
    writer.close().map_err(broken)?;
    Ok(())
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, None, None)?;
        column.close()?;
    }
    Ok(())
}
