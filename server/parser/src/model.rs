//! The model file: magic, version, checksum, a directory of named sections, and typed access to them.
//!
//! `model/README.md` describes the layout. Everything is checked while loading, so that a damaged file is an error and
//! never a wrong analysis.

mod read;

pub(crate) use read::Reader;

use half::f16;
use half::slice::HalfFloatSliceExt;

const MAGIC: &[u8; 8] = b"DATELNPM";
const FORMAT: u32 = 1;
const NAME_LENGTH: usize = 24;

/// Why a model file cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// The file does not start with the magic of a parser model.
    #[error("not a parser model; rebuild it with model/make_model.py")]
    NotAModel,
    /// The file has a layout that this version does not read.
    #[error(
        "parser model has format {found}, this version reads {expected}; rebuild it with model/make_model.py"
    )]
    Format {
        /// Format number in the file.
        found: u32,
        /// Format number that this version reads.
        expected: u32,
    },
    /// The contents do not match the checksum.
    #[error("parser model is damaged (checksum {found:08x}, expected {expected:08x}); restore the file")]
    Checksum {
        /// Checksum of what the file holds.
        found: u32,
        /// Checksum that the file states.
        expected: u32,
    },
    /// A section is missing.
    #[error("parser model has no section {0:?}; rebuild it with model/make_model.py")]
    Missing(String),
    /// A section ends early, or holds what it should not.
    #[error("section {section:?} of the parser model is malformed: {problem}")]
    Malformed {
        /// The section's name.
        section: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// A model file whose checksum and directory were found right.
pub(crate) struct Model<'a> {
    sections: Vec<Section<'a>>,
}

struct Section<'a> {
    name: &'a str,
    kind: u32,
    rows: usize,
    columns: usize,
    data: &'a [u8],
}

/// A dense array from the model, row by row.
pub(crate) struct Table {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Table {
    /// A copy of the rows from `first` up to, not including, `end`.
    pub(crate) fn row_range(&self, first: usize, end: usize) -> Table {
        let values = self.values[first * self.columns..end * self.columns].to_vec();
        Table {
            rows: end - first,
            columns: self.columns,
            values,
        }
    }
}

impl<'a> Model<'a> {
    /// Checks the header, the checksum and the directory of `file`.
    ///
    /// # Errors
    /// The file is no model, of another format, damaged, or its directory points outside it.
    pub(crate) fn open(file: &'a [u8]) -> Result<Model<'a>, ModelError> {
        let body = file.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let mut header = Reader::new("header", body);
        let found = header.u32()?;
        if found != FORMAT {
            return Err(ModelError::Format {
                found,
                expected: FORMAT,
            });
        }
        let expected = header.u32()?;
        let found = crc32fast::hash(header.rest());
        if found != expected {
            return Err(ModelError::Checksum { found, expected });
        }
        let count = header.u32()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            let name = header.bytes(NAME_LENGTH)?;
            let numbers = [header.u32()?, header.u32()?, header.u32()?];
            entries.push((name, numbers, [header.u64()?, header.u64()?]));
        }
        let data = header.rest();
        let sections = entries.into_iter().map(|entry| Section::new(entry, data));
        Ok(Model {
            sections: sections.collect::<Result<_, _>>()?,
        })
    }

    /// A reader of the section `name`.
    ///
    /// # Errors
    /// There is no such section.
    pub(crate) fn reader(&self, name: &str) -> Result<Reader<'a>, ModelError> {
        let section = self.section(name)?;
        Ok(Reader::new(section.name, section.data))
    }

    /// The array `name` in single precision.
    ///
    /// # Errors
    /// There is no such section, or it is not an array.
    pub(crate) fn table(&self, name: &str) -> Result<Table, ModelError> {
        let Section {
            kind,
            rows,
            columns,
            data,
            ..
        } = *self.section(name)?;
        let values: Vec<f32> = match kind {
            1 => data
                .as_chunks::<4>()
                .0
                .iter()
                .map(|&bytes| f32::from_le_bytes(bytes))
                .collect(),
            2 => {
                let halves: Vec<f16> = data
                    .as_chunks::<2>()
                    .0
                    .iter()
                    .map(|&bytes| f16::from_le_bytes(bytes))
                    .collect();
                halves.to_f32_vec()
            }
            _ => return Err(malformed(name, "not an array")),
        };
        if rows.checked_mul(columns) != Some(values.len()) {
            return Err(malformed(name, "its size does not fit its shape"));
        }
        Ok(Table {
            rows,
            columns,
            values,
        })
    }

    /// The array `name`, which must have `rows` rows and `columns` columns.
    ///
    /// # Errors
    /// There is no such array, or it has another shape.
    pub(crate) fn shaped(&self, name: &str, rows: usize, columns: usize) -> Result<Table, ModelError> {
        let table = self.table(name)?;
        if (table.rows, table.columns) == (rows, columns) {
            return Ok(table);
        }
        let problem = format!("{} x {} instead of {rows} x {columns}", table.rows, table.columns);
        Err(malformed(name, problem))
    }

    fn section(&self, name: &str) -> Result<&Section<'a>, ModelError> {
        let found = self.sections.iter().find(|section| section.name == name);
        found.ok_or_else(|| ModelError::Missing(name.to_owned()))
    }
}

impl<'a> Section<'a> {
    fn new(
        (name, [kind, rows, columns], [offset, length]): (&'a [u8], [u32; 3], [u64; 2]),
        data: &'a [u8],
    ) -> Result<Section<'a>, ModelError> {
        let name = str::from_utf8(name).map_err(|_| malformed("directory", "a name is not UTF-8"))?;
        let name = name.trim_end_matches('\0');
        let range = usize::try_from(offset).ok().zip(usize::try_from(length).ok());
        let data = range
            .and_then(|(offset, length)| data.get(offset..)?.get(..length))
            .ok_or_else(|| malformed(name, "outside the file"))?;
        Ok(Section {
            name,
            kind,
            rows: rows as usize,
            columns: columns as usize,
            data,
        })
    }
}

/// A section that holds what it should not.
pub(crate) fn malformed(section: &str, problem: impl Into<String>) -> ModelError {
    ModelError::Malformed {
        section: section.to_owned(),
        problem: problem.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_bit_anywhere_is_an_error() {
        let intact = crate::parser::MODEL;
        assert!(Model::open(intact).is_ok());
        for place in [0, 9, 13, 40, intact.len() / 2, intact.len() - 1] {
            let mut damaged = intact.to_vec();
            damaged[place] ^= 4;
            assert!(Model::open(&damaged).is_err(), "byte {place}");
        }
        assert_eq!(Model::open(&intact[..4]).err(), Some(ModelError::NotAModel));
        assert!(Model::open(&intact[..intact.len() - 1]).is_err());
    }
}
