use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// A document being written.
#[derive(Debug)]
pub(crate) struct Sheet(String);

impl Sheet {
    pub(crate) fn new() -> Self {
        Self(String::with_capacity(7_000))
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Markup, or text that is known to hold no markup.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        for part in text.chars() {
            match part {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                other => self.0.push(other),
            }
        }
    }

    pub(crate) fn root_and_extension(&mut self, root: &str, extension: &str) {
        self.raw("<t:root>");
        self.text(root);
        self.raw("</t:root><t:extension>");
        self.text(extension);
        self.raw("</t:extension>");
    }

    pub(crate) fn number(&mut self, value: u32) {
        if value >= 10 {
            self.number(value / 10);
        }
        self.0.push(char::from(b'0' + (value % 10) as u8));
    }

    fn two(&mut self, value: u32) {
        self.0.push(char::from(b'0' + (value / 10 % 10) as u8));
        self.0.push(char::from(b'0' + (value % 10) as u8));
    }

    /// YYYY-MM-DD.
    pub(crate) fn date(&mut self, date: NaiveDate) {
        let year = date.year().unsigned_abs();
        self.two(year / 100);
        self.two(year % 100);
        self.0.push('-');
        self.two(date.month());
        self.0.push('-');
        self.two(date.day());
    }

    /// YYYY-MM-DDThh:mm:ss.
    pub(crate) fn time(&mut self, time: NaiveDateTime) {
        self.date(time.date());
        self.0.push('T');
        self.two(time.hour());
        self.0.push(':');
        self.two(time.minute());
        self.0.push(':');
        self.two(time.second());
    }

    /// `<t:cv>` with code and code system.
    pub(crate) fn coded(&mut self, code: &str, system: &str) {
        self.raw("<t:cv><t:code>");
        self.raw(code);
        self.raw("</t:code><t:codeSystem>");
        self.raw(system);
        self.raw("</t:codeSystem></t:cv>");
    }

    /// Opens an answer to a question; `instance` 0 = none.
    pub(crate) fn answer(&mut self, question: &str, instance: u32) {
        self.raw("<p:svar id=\"");
        self.raw(question);
        self.raw("\">");
        if instance > 0 {
            self.raw("<p:instans>");
            self.number(instance);
            self.raw("</p:instans>");
        }
    }

    /// Closes an answer.
    pub(crate) fn answered(&mut self) {
        self.raw("</p:svar>\n");
    }

    /// A part of an answer, its content written by `content`.
    pub(crate) fn part(&mut self, id: &str, content: impl FnOnce(&mut Self)) {
        self.raw("<p:delsvar id=\"");
        self.raw(id);
        self.raw("\">");
        content(self);
        self.raw("</p:delsvar>");
    }

    /// An answer of one part that is a text.
    pub(crate) fn simple(&mut self, question: &str, part: &str, text: &str) {
        self.answer(question, 0);
        self.part(part, |sheet| sheet.text(text));
        self.answered();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::date;

    #[test]
    fn dates_numbers_and_escapes() {
        let mut sheet = Sheet::new();
        sheet.date(date(2018, 7, 1));
        sheet.raw(" ");
        sheet.time(date(2018, 12, 31).and_hms_opt(8, 5, 9).unwrap());
        sheet.raw(" ");
        sheet.number(120);
        sheet.text(" a<b & c");
        assert_eq!(
            sheet.into_text(),
            "2018-07-01 2018-12-31T08:05:09 120 a&lt;b &amp; c"
        );
    }
}
