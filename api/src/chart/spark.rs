use super::scale::Scale;

/// A line without axes, for beside a figure. The figure says it all, so readers of the page are spared it.
pub(crate) fn spark(values: &[Option<f64>]) -> String {
    let (width, height) = (220.0, 40.0);
    let most = values.iter().flatten().copied().fold(0.0, f64::max);
    let y = Scale::new(most, height - 2.0, 3.0);
    let last = values.len().saturating_sub(1).max(1);
    let mut d = String::new();
    let mut joined = false;
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            joined = false;
            continue;
        };
        let x = width * place as f64 / last as f64;
        let letter = if joined { 'L' } else { 'M' };
        d.push_str(&format!("{letter}{x:.1} {:.1}", y.at(*value)));
        joined = true;
    }
    format!(
        r#"<svg class="spark" aria-hidden="true" focusable="false" viewBox="0 0 {width} {height}" preserveAspectRatio="none"><path class="line total" d="{d}"/></svg>"#
    )
}
