//! Tail of the chi-square distribution.

/// P(chi-square with `freedom` degrees of freedom > x).
///
/// By the regularised incomplete gamma function: series below its mode, continued fraction
/// (Lentz) above; relative error about 1e-14.
#[must_use]
pub fn chi_square_tail(x: f64, freedom: usize) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 1.0;
    }
    let (a, x) = (freedom as f64 / 2.0, x / 2.0);
    let scale = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        1.0 - scale * series(a, x)
    } else {
        scale * fraction(a, x)
    }
}

/// Σ xⁿ / (a (a + 1) … (a + n)).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut n = a;
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..1000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / away(an * d + b, TINY);
        c = away(b + an / c, TINY);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

fn away(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

/// ln Γ(half an integer) by recursion from Γ(½) = √π and Γ(1) = 1.
fn ln_gamma(a: f64) -> f64 {
    let whole = a.fract() == 0.0;
    let mut at = if whole { 1.0 } else { 0.5 };
    let mut sum = if whole {
        0.0
    } else {
        std::f64::consts::PI.sqrt().ln()
    };
    while at < a {
        sum += f64::ln(at);
        at += 1.0;
    }
    sum
}
