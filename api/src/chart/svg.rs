use std::fmt::{Display, Write};

use super::Width;

/// A drawing under way.
#[derive(Debug)]
pub(super) struct Svg {
    body: String,
    id: String,
    class: &'static str,
    size: (f64, f64),
}

/// How a text is set against its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    /// A drawing with a name of its own on the page.
    pub(super) fn new(id: &str, width: Width, height: f64) -> Self {
        Self {
            body: String::new(),
            id: format!("{id}-{}", width.class()),
            class: width.class(),
            size: (width.units(), height),
        }
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(text);
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, y1) = from;
        let (x2, y2) = to;
        self.push(format_args!(
            r#"<path class="{class}" d="M{} {}L{} {}"/>"#,
            R(x1),
            R(y1),
            R(x2),
            R(y2)
        ));
    }

    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.is_empty() {
            return;
        }
        let mut d = String::new();
        for (place, &(x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if place == 0 { 'M' } else { 'L' }, R(x), R(y));
        }
        self.push(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64)) {
        self.push(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
            R(at.0),
            R(at.1),
            R(size.0.max(0.0)),
            R(size.1.max(0.0))
        ));
    }

    /// A marker: a circle (women), a square (men) or a triangle.
    pub(super) fn marker(&mut self, class: &str, shape: usize, (x, y): (f64, f64)) {
        match shape {
            0 => self.push(format_args!(
                r#"<circle class="{class}" cx="{}" cy="{}" r="3.5"/>"#,
                R(x),
                R(y)
            )),
            1 => self.rect(class, (x - 3.2, y - 3.2), (6.4, 6.4)),
            2 => self.path(
                class,
                &[
                    (x, y - 4.0),
                    (x + 4.0, y + 3.2),
                    (x - 4.0, y + 3.2),
                    (x, y - 4.0),
                ],
            ),
            _ => self.path(
                class,
                &[
                    (x, y - 4.5),
                    (x + 4.5, y),
                    (x, y + 4.5),
                    (x - 4.5, y),
                    (x, y - 4.5),
                ],
            ),
        }
    }

    pub(super) fn text(&mut self, class: &str, anchor: Anchor, (x, y): (f64, f64), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.push(format_args!(
            r#"<text class="{class}" text-anchor="{anchor}" x="{}" y="{}">{}</text>"#,
            R(x),
            R(y),
            Escaped(text)
        ));
    }

    /// The pattern of protected values, and of men's bars.
    pub(super) fn hatch(&mut self, name: &str, class: &str) {
        let id = self.id.clone();
        self.push(format_args!(
            r#"<defs><pattern id="{id}-{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="{class}-ground" width="6" height="6"/><path class="{class}-line" d="M0 0V6"/></pattern></defs>"#
        ));
    }

    /// A rectangle filled with a hatch.
    pub(super) fn hatched(&mut self, name: &str, class: &str, at: (f64, f64), size: (f64, f64)) {
        let id = self.id.clone();
        self.push(format_args!(
            r#"<rect class="{class}" fill="url(#{id}-{name})" x="{}" y="{}" width="{}" height="{}"/>"#,
            R(at.0),
            R(at.1),
            R(size.0.max(0.0)),
            R(size.1.max(0.0))
        ));
    }

    /// The drawing with its title and summary.
    pub(super) fn finish(self, title: &str, summary: &str) -> String {
        let Self {
            body,
            id,
            class,
            size: (width, height),
        } = self;
        format!(
            r#"<svg class="chart {class}" role="img" aria-labelledby="{id}-t" aria-describedby="{id}-d" viewBox="0 0 {} {}" width="{}" height="{}"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{body}</svg>"#,
            R(width),
            R(height),
            R(width),
            R(height),
            Escaped(title),
            Escaped(summary),
        )
    }
}

/// A coordinate with one decimal at most.
struct R(f64);

impl Display for R {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        // No minus zero.
        write!(f, "{}", rounded + 0.0)
    }
}

/// Text made safe for XML.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
