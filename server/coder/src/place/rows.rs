//! The rows of `cities.tsv`, `regions.tsv` and `countries.tsv`, and the lines of `areas.txt`; how the files are read.
//!
//! Nothing is copied out of a file but numbers: names stay where they are in its text.

use crate::{LoadError, PlaceKind, table};
use std::borrow::Cow;
use std::ops::Range;

/// A place of the files.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) kind: PlaceKind,
    /// Of the texts that [`Atlas`](super::Atlas) keeps.
    pub(super) file: usize,
    pub(super) name: Range<u32>,
    /// Alpha-3 code; empty where an area is of no one country.
    pub(super) country: Range<u32>,
    /// GeoNames' code of the first-level region, within its country.
    pub(super) region: Range<u32>,
    /// 0 for areas of their own.
    pub(super) id: u32,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) population: u32,
}

/// A data file and its name.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) text: Cow<'static, str>,
}

impl File {
    pub(super) fn slice(&self, range: &Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }
}

/// What a line of `areas.txt` says.
pub(super) enum Area<'a> {
    /// An area of its own, with its first name in the row.
    Own(Row, Vec<&'a str>),
    /// Other names of the row with this id.
    Other(u32, Vec<&'a str>, Box<dyn Fn() -> LoadError + 'a>),
}

/// One field of a table: where it stands in the file, and in its line.
struct Cell<'a> {
    text: &'a str,
    range: Range<u32>,
    column: usize,
}

/// Reads a table; `each` is told every row and the field of its other names.
pub(super) fn table(
    file: &File,
    index: usize,
    kind: PlaceKind,
    mut each: impl FnMut(Row, &str),
) -> Result<(), LoadError> {
    let text: &str = &file.text;
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let offset = start;
        start += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let error = |column: usize, message: String| {
            let before = line.get(..column).unwrap_or_default().chars().count();
            let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            LoadError::new(file.name, place(number + 1), place(before + 1), message)
        };
        let mut cells = line.split('\t').scan(0, |column, text| {
            let at = *column;
            *column += text.len() + 1;
            let from = u32::try_from(offset + at).ok()?;
            let until = u32::try_from(offset + at + text.len()).ok()?;
            Some(Cell {
                text,
                range: from..until,
                column: at,
            })
        });
        let mut next = |what: &str| {
            cells.next().ok_or_else(|| {
                let message = format!("{what} is missing; write name, country, region, id, latitude, longitude, population and other names with tabs between them");
                error(line.len(), message)
            })
        };
        let name = next("the name")?;
        let country = next("the country")?;
        let region = next("the region")?;
        let (id, latitude, longitude) = (
            next("the GeoNames id")?,
            next("the latitude")?,
            next("the longitude")?,
        );
        let population = next("the population")?;
        let also = cells.next().map_or("", |cell| cell.text);
        if name.text.trim().is_empty() {
            return Err(error(
                name.column,
                "the name is empty; write the place's name".to_owned(),
            ));
        }
        if !is_code(country.text) {
            return Err(error(
                country.column,
                format!("`{}` is no country; write its alpha-3 code", country.text),
            ));
        }
        each(
            Row {
                kind,
                file: index,
                name: name.range,
                country: country.range,
                region: region.range,
                id: number_of(id.text).ok_or_else(|| error(id.column, refused(id.text, "GeoNames id")))?,
                latitude: degrees(latitude.text, 90.0)
                    .ok_or_else(|| error(latitude.column, refused(latitude.text, "latitude")))?,
                longitude: degrees(longitude.text, 180.0)
                    .ok_or_else(|| error(longitude.column, refused(longitude.text, "longitude")))?,
                population: number_of(population.text).ok_or_else(|| {
                    error(
                        population.column,
                        refused(population.text, "number of inhabitants"),
                    )
                })?,
            },
            also,
        );
    }
    Ok(())
}

fn refused(found: &str, what: &str) -> String {
    format!("`{found}` is no {what}; write a plain number")
}

fn number_of(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn degrees(text: &str, most: f64) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.abs() <= most)
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Reads `areas.txt`.
pub(super) fn areas<'a>(
    file: &'a File,
    index: usize,
    mut each: impl FnMut(Area<'a>),
) -> Result<(), LoadError> {
    let text: &str = &file.text;
    let within = |part: &str| {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        place(start)..place(start + part.len())
    };
    for line in table::lines(file.name, text) {
        let whole = line.whole();
        let names = |field: &'a str| -> Vec<&'a str> {
            field
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect()
        };
        if let Some((left, right)) = whole.split_once('=') {
            let id = right.text.trim();
            let id = number_of(id).ok_or_else(|| right.error(refused(id, "GeoNames id")))?;
            let unknown = move || {
                right.error(format!(
                    "no row of the tables has the GeoNames id {id}; correct it"
                ))
            };
            each(Area::Other(id, names(left.text), Box::new(unknown)));
            continue;
        }
        let Some((left, right)) = whole.split_once(':') else {
            return Err(
                whole.error("write `NAME; OTHER NAME : COUNTRY LATITUDE LONGITUDE` or `NAME = GEONAMES-ID`")
            );
        };
        let all = names(left.text);
        let fields: Vec<_> = right.split_whitespace().collect();
        let (Some(name), [country, latitude, longitude]) = (all.first(), fields.as_slice()) else {
            return Err(right.error("write a country (or -), a latitude and a longitude here"));
        };
        let nowhere = country.text == "-";
        if !nowhere && !is_code(country.text) {
            return Err(country.error(format!(
                "`{}` is no country; write its alpha-3 code, or - for several",
                country.text
            )));
        }
        let row = Row {
            kind: PlaceKind::Area,
            file: index,
            name: within(name),
            country: if nowhere { 0..0 } else { within(country.text) },
            region: 0..0,
            id: 0,
            latitude: degrees(latitude.text, 90.0)
                .ok_or_else(|| latitude.error(refused(latitude.text, "latitude")))?,
            longitude: degrees(longitude.text, 180.0)
                .ok_or_else(|| longitude.error(refused(longitude.text, "longitude")))?,
            population: 0,
        };
        each(Area::Own(row, all));
    }
    Ok(())
}
