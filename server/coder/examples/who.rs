//! Says whom each noun phrase and pronoun stands for. Articles come from standard input, one paragraph each.
//!
//! `--published 2023-09-13` decides who holds an office; `--why` tells how each party was found; `--tree` shows the
//! parse; `--all` also lists phrases that stand for nobody; `--roles FILE` takes another `roles.txt`.

use dateline_coder::actor::{ActorFiles, DocumentMemory, Gazetteer};
use dateline_parser::{Dep, Parser, Tag};
use std::error::Error;
use std::io::Read;

fn main() -> Result<(), Box<dyn Error>> {
    let flags: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = flags.iter().position(|flag| flag == name)?;
        flags.get(at + 1)
    };
    let published = value("--published").map(|day| day.parse()).transpose()?;
    let parser = Parser::new()?;
    let mut roles = String::from(ActorFiles::BUILT_IN.roles);
    if let Some(path) = value("--roles") {
        roles = std::fs::read_to_string(path)?;
    }
    let gazetteer = Gazetteer::load(&ActorFiles {
        roles: &roles,
        ..ActorFiles::BUILT_IN
    })?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for article in text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        println!("# {article}");
        let doc = parser.parse(article);
        let mut memory = DocumentMemory::new(&gazetteer, published);
        for sentence in &doc.sentences {
            memory.observe(article, &doc, sentence.clone());
            if flags.iter().any(|flag| flag == "--tree") {
                for token in &doc.tokens[sentence.clone()] {
                    let above = &doc.tokens[token.head];
                    println!(
                        "    {:<18} {:?} {:?} < {}",
                        &article[token.start..token.end],
                        token.tag,
                        token.dep,
                        &article[above.start..above.end]
                    );
                }
            }
            for head in sentence.clone() {
                let token = &doc.tokens[head];
                let noun = matches!(
                    token.tag,
                    Tag::NN
                        | Tag::NNS
                        | Tag::NNP
                        | Tag::NNPS
                        | Tag::PRP
                        | Tag::PRPS
                        | Tag::DT
                        | Tag::CD
                        | Tag::JJ
                );
                if !noun || matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Det | Dep::Nummod) {
                    continue;
                }
                let resolved = memory.resolve(article, &doc, head);
                if resolved.parties.is_empty() && !flags.iter().any(|flag| flag == "--all") {
                    continue;
                }
                let parties: Vec<String> = resolved
                    .parties
                    .iter()
                    .map(|party| {
                        let sectors: Vec<&str> = party.sectors.iter().map(|sector| sector.as_str()).collect();
                        format!("{} {}:{}", party.name, party.country, sectors.join("+"))
                    })
                    .collect();
                println!(
                    "    {:<18} {}",
                    &article[token.start..token.end],
                    parties.join("; ")
                );
                if flags.iter().any(|flag| flag == "--why") {
                    for line in &resolved.why {
                        println!("        {line}");
                    }
                }
            }
        }
    }
    Ok(())
}
