//! Fused multiply-add for processors that have no instruction for it.

/// `a * b + c`, rounded once, as IEEE 754 defines the fused operation.
///
/// The product is exact in double precision. The sum is rounded to odd there (Boldo and Melquiond 2008): if it is not
/// exact, the neighbour with an odd last bit is taken, so that rounding to single precision sees on which side the true
/// sum lies. Without branches, so that the compiler can work on several at once.
#[inline(always)]
pub(crate) fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    let part = sum - product;
    let error = (product - (sum - part)) + (c - part);
    let bits = sum.to_bits();
    let even = !bits & 1;
    let outwards = (error > 0.0) == (sum > 0.0);
    let step = if outwards { even } else { even.wrapping_neg() };
    let inexact = error.abs() > 0.0;
    f64::from_bits(bits.wrapping_add(if inexact { step } else { 0 })) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers whose products and sums end halfway between two others, besides all others.
    fn numbers() -> impl Strategy<Value = f32> {
        let any = any::<u32>().prop_map(f32::from_bits);
        let near_powers = (-8i32..8, -149i32..127).prop_map(|(off, power)| {
            let power = (2.0f64.powi(power)) as f32;
            f32::from_bits(power.to_bits().wrapping_add_signed(off))
        });
        let near_one = (0u32..1 << 24, -4i32..4)
            .prop_map(|(bits, power)| (1.0 + bits as f32 / 16_777_216.0) * 2.0f32.powi(power));
        prop_oneof![any, near_powers, near_one]
    }

    fn same(a: f32, b: f32) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        #[test]
        fn it_is_the_fused_operation(a in numbers(), b in numbers(), c in numbers()) {
            let (ours, expected) = (multiply_add(a, b, c), a.mul_add(b, c));
            prop_assert!(same(ours, expected), "{a:e} * {b:e} + {c:e}: {ours:e}, not {expected:e}");
        }

        #[test]
        fn it_is_fused_where_the_product_nearly_cancels(a in numbers(), b in numbers(), off in -3i32..3) {
            let c = f32::from_bits((-(a * b)).to_bits().wrapping_add_signed(off));
            prop_assert!(same(multiply_add(a, b, c), a.mul_add(b, c)));
        }
    }

    #[test]
    fn rounding_twice_would_differ() {
        // The sum is a little less than halfway to the next number, by less than double precision can show.
        let (a, b) = (
            2.0f32.powi(-12) * (1.0 + f32::EPSILON),
            2.0f32.powi(-12) * (1.0 - f32::EPSILON),
        );
        let c = 1.0 + f32::EPSILON;
        let twice = (f64::from(a) * f64::from(b) + f64::from(c)) as f32;
        assert_eq!(multiply_add(a, b, c), a.mul_add(b, c));
        assert_ne!(multiply_add(a, b, c), twice);
    }
}
