//! Any bytes as an article: the coder does not panic, keeps to its time, and what it gives obeys the laws.

#![no_main]

use dateline_coder::Coder;
use dateline_coder_fuzz::{Input, laws, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the built-in data load"));

fuzz_target!(|bytes: &[u8]| {
    laws::check(&CODER, &Input::read(bytes));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut rng = fastrand::Rng::with_seed(seed.into());
    // Bytes changed blindly are no English any more, but only they show how broken text can be.
    if rng.u8(..5) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let changed = mutate::mutate(&data[..size], max_size, &mut rng);
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
});
