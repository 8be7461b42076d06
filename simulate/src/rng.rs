use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// What a random stream is for: streams of one person never share numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Person = 1,
    History = 2,
    Documents = 3,
    Care = 4,
    Observation = 5,
}

/// A random stream of its own for one subject, so that the order of work never changes the world.
#[derive(Debug)]
pub(crate) struct Stream(Xoshiro256PlusPlus);

impl Stream {
    pub(crate) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let key = mix(seed ^ mix(index ^ mix(purpose as u64)));
        Self(Xoshiro256PlusPlus::seed_from_u64(key))
    }

    /// Uniform on [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        self.0.r#gen::<f64>()
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A whole number from `low` to `high`, both inclusive.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.gen_range(low..=high)
    }

    /// One of `items` with equal chance.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.0.gen_range(0..items.len())]
    }

    /// Index drawn with the given weights (which need not sum to one).
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len() - 1
    }

    /// Exponential waiting time with the given rate.
    pub(crate) fn wait(&mut self, rate: f64) -> f64 {
        -(1.0 - self.unit()).ln() / rate
    }
}

/// The finaliser of splitmix64: a bijection of 64 bits that scatters neighbouring inputs.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::mix;

    #[test]
    fn mix_gives_the_published_splitmix64_sequence() {
        // First outputs of the reference generator (Vigna, splitmix64.c) from state 1234567:
        // 6457827717110365317, 3203168211198807973.
        assert_eq!(mix(1_234_567), 6_457_827_717_110_365_317);
        let second = 1_234_567_u64.wrapping_add(0x9E37_79B9_7F4A_7C15);
        assert_eq!(mix(second), 3_203_168_211_198_807_973);
    }
}
