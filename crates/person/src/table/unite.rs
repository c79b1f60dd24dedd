//! Several tables become one: columns of one meaning become one column, whatever they are called.

use super::{
    column::{Column, Table},
    guess::{folded, kind},
    settings::Kind,
};

/// Unites tables, each a list of its own. Columns meet by heading (case, accents and marks
/// forgotten), then by what they seem to mean; where one list gives the name in parts and another
/// whole, all are made whole.
#[must_use]
pub fn unite(mut tables: Vec<Table>) -> Table {
    if tables.len() == 1 {
        return tables.remove(0);
    }
    let whole = tables.iter().any(|table| !has(table, Kind::Surname) && has(table, Kind::Name));
    let parted = tables.iter().any(|table| has(table, Kind::Surname));
    if whole && parted {
        tables.iter_mut().for_each(make_whole);
    }
    let mut united = Table::default();
    let mut rows = 0;
    for table in tables {
        united.lists.push(rows as u32);
        united.wide += table.wide;
        let added = table.rows();
        let mut taken = vec![false; united.columns.len()];
        let places: Vec<Option<usize>> =
            table.columns.iter().map(|column| place(&united.columns, column, &mut taken)).collect();
        for (column, place) in table.columns.iter().zip(places) {
            let at = place.unwrap_or_else(|| {
                let mut new = Column::new(&column.heading);
                new.rows = vec![0; rows];
                united.columns.push(new);
                united.columns.len() - 1
            });
            let into = &mut united.columns[at];
            let numbers: Vec<u32> = (0..column.values.len() as u32)
                .map(|value| into.values.number(column.values.get(value)))
                .collect();
            into.rows.extend(column.rows.iter().map(|&value| numbers[value as usize]));
        }
        rows += added;
        united.columns.iter_mut().for_each(|column| column.rows.resize(rows, 0));
    }
    united
}

fn has(table: &Table, wanted: Kind) -> bool {
    table.columns.iter().any(|column| kind(column) == Some(wanted))
}

fn place(there: &[Column], column: &Column, taken: &mut [bool]) -> Option<usize> {
    let heading = folded(&column.heading);
    let named = (0..taken.len()).find(|&at| !taken[at] && folded(&there[at].heading) == heading);
    let meant = || {
        let wanted = kind(column)?;
        (0..taken.len()).find(|&at| !taken[at] && kind(&there[at]) == Some(wanted))
    };
    let found = named.or_else(meant)?;
    taken[found] = true;
    Some(found)
}

/// Given names and surnames joined into one column `name`, unless there is one already.
fn make_whole(table: &mut Table) {
    if !has(table, Kind::Surname) {
        return;
    }
    let parts: Vec<usize> = (0..table.columns.len())
        .filter(|&at| {
            matches!(kind(&table.columns[at]), Some(Kind::Given | Kind::Surname | Kind::Name))
        })
        .collect();
    let whole = parts.iter().copied().find(|&at| kind(&table.columns[at]) == Some(Kind::Name));
    let mut name = Column::new("name");
    for row in 0..table.rows() {
        let part = |&at: &usize| table.columns[at].get(row);
        let joined = match whole {
            Some(at) if !table.columns[at].get(row).is_empty() => part(&at).to_owned(),
            _ => parts.iter().map(part).collect::<Vec<_>>().join(" "),
        };
        name.push(&joined);
    }
    let mut at = 0;
    table.columns.retain(|_| {
        at += 1;
        !parts.contains(&(at - 1))
    });
    table.columns.push(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let mut columns: Vec<Column> = rows[0].iter().map(|heading| Column::new(heading)).collect();
        for row in &rows[1..] {
            row.iter().zip(&mut columns).for_each(|(value, column)| column.push(value));
        }
        Table { columns, ..Table::default() }
    }

    #[test]
    fn columns_meet_by_meaning() {
        let a = table(&[
            &["Nombre", "Fecha de nacimiento"],
            &["Ciro Luna", "1984-03-05"],
            &["Ada Mora", "1990-02-03"],
        ]);
        let b = table(&[
            &["dob", "given", "surname"],
            &["1984-03-05", "Ciro", "Luna"],
            &["1971-05-06", "Milo", "Toro"],
        ]);
        let one = unite(vec![a, b]);
        assert_eq!((one.rows(), one.lists.clone()), (4, vec![0, 2]));
        let born = one.column("Fecha de nacimiento").unwrap();
        assert_eq!(one.columns[born].get(2), "1984-03-05");
        let name = one.column("Nombre").unwrap();
        assert_eq!(
            (one.columns[name].get(0), one.columns[name].get(3)),
            ("Ciro Luna", "Milo Toro")
        );
    }
}
