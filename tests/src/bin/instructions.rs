//! Does one hot thing a given number of times, for a tool that counts instructions: `instructions append 1000`. See `.ci/instructions`.

use anyhow::Context;
use dateline_tests::instructions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || format!("usage: instructions {} NUMBER", instructions::WHATS.join("|"));
    let what = arguments.next().with_context(usage)?;
    let count = arguments
        .next()
        .with_context(usage)?
        .parse()
        .with_context(usage)?;
    instructions::run(&what, count).await
}
