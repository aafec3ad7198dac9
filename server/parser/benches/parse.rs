//! Tokens a second on one core: `cargo bench -p dateline-parser`.

use std::fs;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_parser::Parser;

/// The sentences of the parity fixtures, one text each, as paragraphs come from an article.
fn texts() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sentences.txt");
    let text = fs::read_to_string(path).expect("the fixtures are part of the crate");
    text.lines().map(str::to_owned).collect()
}

fn throughput(criterion: &mut Criterion) {
    let parser = Parser::new().expect("the built-in model is intact");
    let texts = texts();
    let tokens: usize = texts.iter().map(|text| parser.tokenize(text).len()).sum();
    let mut group = criterion.benchmark_group("fixtures");
    group
        .throughput(Throughput::Elements(tokens as u64))
        .sample_size(20);
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            texts
                .iter()
                .map(|text| parser.parse(black_box(text)).tokens.len())
                .sum::<usize>()
        });
    });
    group.bench_function("tokenize", |bencher| {
        bencher.iter(|| {
            texts
                .iter()
                .map(|text| parser.tokenize(black_box(text)).len())
                .sum::<usize>()
        });
    });
    group.finish();
    criterion.bench_function("load", |bencher| bencher.iter(Parser::new));
}

criterion_group!(benches, throughput);
criterion_main!(benches);
