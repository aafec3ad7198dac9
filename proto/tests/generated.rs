//! The generated files are those of the schema.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

#[test]
fn generated_files_are_current() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fresh = tempfile::tempdir()?;
    dateline_codegen::generate(&root.join("schema"), fresh.path())?;
    let fresh = contents(fresh.path())?;
    let kept = contents(&root.join("src/generated"))?;
    assert_eq!(fresh.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (name, bytes) in &fresh {
        assert!(
            kept[name] == *bytes,
            "{name} is not what the schema makes; run `cargo gen`"
        );
    }
    Ok(())
}

fn contents(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root)?.display().to_string(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}
