use frisk_codes::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{heading, long, status};
use crate::{Cell, Error, PublishedTable};

/// XLSX with three sheets: the table as people read it, one row a cell for pivot tables, and what the figures are.
///
/// Numbers are numbers, withheld values are `..` and missing ones `.`; the same table gives the same bytes.
pub(super) fn write(table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
    let names = match language {
        Language::Sv => ["Tabell", "Data", "Om tabellen"],
        Language::En => ["Table", "Data", "About"],
    };
    let mut book = Workbook::new();
    book.set_properties(&properties(table, language)?);
    let sheet = book.add_worksheet();
    sheet.set_name(names[0])?;
    grid(sheet, table, language)?;
    let sheet = book.add_worksheet();
    sheet.set_name(names[1])?;
    rows(sheet, table, language)?;
    let sheet = book.add_worksheet();
    sheet.set_name(names[2])?;
    about(sheet, table, language)?;
    Ok(book.save_to_buffer()?)
}

/// The file says it was made on the first day after its period, so that its bytes do not depend on the day of asking.
fn properties(table: &PublishedTable, language: Language) -> Result<DocProperties, XlsxError> {
    let next = table.period().1.plus(1);
    let year = u16::try_from(next.year()).unwrap_or(2000).clamp(1900, 9999);
    let month = u8::try_from(next.month()).unwrap_or(1);
    Ok(DocProperties::new()
        .set_title(table.title().get(language))
        .set_author("Frisk")
        .set_comment(format!("snapshot {}", table.snapshot()))
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, 1)?))
}

/// The last dimension across, the others down, under the title.
fn grid(
    sheet: &mut Worksheet,
    table: &PublishedTable,
    language: Language,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let (from, to) = table.period();
    sheet.write_with_format(0, 0, table.title().get(language), &bold)?;
    sheet.write(1, 0, format!("{from} – {to}"))?;
    let Some((across, down)) = table.dimensions().split_last() else {
        return Ok(());
    };
    let top = 3;
    for (at, dimension) in down.iter().enumerate() {
        sheet.write_with_format(top, column(at), dimension.label.get(language), &bold)?;
        sheet.set_column_width(column(at), 28)?;
    }
    for (at, category) in across.categories.iter().enumerate() {
        let place = column(down.len() + at);
        sheet.write_with_format(top, place, category.label.get(language), &bold)?;
    }
    for (index, cells) in table
        .cells()
        .chunks(across.categories.len().max(1))
        .enumerate()
    {
        let row = top + 1 + line(index);
        let mut rest = index;
        for (at, dimension) in down.iter().enumerate().rev() {
            let category = &dimension.categories[rest % dimension.categories.len()];
            rest /= dimension.categories.len();
            sheet.write(row, column(at), category.label.get(language))?;
        }
        for (at, &cell) in cells.iter().enumerate() {
            value(sheet, row, column(down.len() + at), cell)?;
        }
    }
    sheet.set_freeze_panes(top + 1, column(down.len()))?;
    Ok(())
}

/// One row a cell: codes, labels, value, status.
fn rows(
    sheet: &mut Worksheet,
    table: &PublishedTable,
    language: Language,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let mut names: Vec<String> = Vec::new();
    for dimension in table.dimensions() {
        names.extend([dimension.id.clone(), format!("{}_label", dimension.id)]);
    }
    names.extend(["value".to_owned(), "status".to_owned()]);
    for (at, name) in names.iter().enumerate() {
        sheet.write_with_format(0, column(at), name, &bold)?;
    }
    let mut last = 0;
    for (index, row) in long::rows(table).enumerate() {
        last = line(index) + 1;
        for (at, category) in row.categories.iter().enumerate() {
            sheet.write(last, column(2 * at), &category.code)?;
            sheet.write(last, column(2 * at + 1), category.label.get(language))?;
        }
        let place = 2 * row.categories.len();
        if let Cell::Value(number) = row.cell {
            sheet.write(last, column(place), number)?;
        } else {
            sheet.write(last, column(place + 1), status(row.cell))?;
        }
    }
    sheet.autofilter(0, 0, last, column(names.len().saturating_sub(1)))?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn about(
    sheet: &mut Worksheet,
    table: &PublishedTable,
    language: Language,
) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap();
    sheet.set_column_width(0, 100)?;
    for (at, text) in heading(table, language).iter().enumerate() {
        sheet.write_with_format(line(at), 0, text, &wrap)?;
    }
    Ok(())
}

fn value(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Value(number) => sheet.write(row, column, number)?,
        Cell::Suppressed => sheet.write(row, column, "..")?,
        Cell::Missing => sheet.write(row, column, ".")?,
    };
    Ok(())
}

/// A column's place; one that a sheet cannot have is refused by the writer.
fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// A row's place; one that a sheet cannot have is refused by the writer.
fn line(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
