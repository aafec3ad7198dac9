//! Writes the contract's generated files (`cargo gen`).

use std::{error::Error, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("the generator lies in the contract's folder")?;
    dateline_codegen::generate(&contract.join("schema"), &contract.join("src/generated"))
}
