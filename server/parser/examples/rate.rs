//! Processor time of loading and of parsing a file line by line, for comparing two builds:
//! `rate FILE [ROUNDS [BATCH]]` prints the load in ms, then tokens a second of the first round and of the fastest one;
//! BATCH lines are handed over at once.
//! (Linux only: the clock is the thread's own processor time, which other work on the machine disturbs least.)

use std::{env, fs, io};

use dateline_parser::Parser;

/// Seconds that this thread has run.
fn seconds() -> io::Result<f64> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = stat
        .split(' ')
        .next()
        .and_then(|field| field.parse().ok())
        .unwrap_or(0.0);
    Ok(nanoseconds / 1e9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().ok_or("usage: rate FILE [ROUNDS]")?;
    let rounds: usize = arguments.next().map_or(Ok(1), |rounds| rounds.parse())?;
    let batch: usize = arguments.next().map_or(Ok(1), |batch| batch.parse())?;
    let text = fs::read_to_string(path)?;
    let lines: Vec<&str> = text.lines().collect();
    let start = seconds()?;
    let parser = Parser::new()?;
    print!("load {:.1} ms", (seconds()? - start) * 1e3);
    let (mut first, mut fastest) = (None, 0.0f64);
    for _ in 0..rounds {
        let start = seconds()?;
        let docs = lines
            .chunks(batch.max(1))
            .flat_map(|lines| parser.parse_all(lines));
        let tokens: usize = docs.map(|doc| doc.tokens.len()).sum();
        let rate = tokens as f64 / (seconds()? - start);
        first.get_or_insert(rate);
        fastest = fastest.max(rate);
    }
    println!(
        ", first {:.0}, fastest {fastest:.0} tokens/s",
        first.unwrap_or(0.0)
    );
    Ok(())
}
