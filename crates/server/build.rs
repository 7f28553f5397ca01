//! Makes cargo notice a new build of the web UI, which `assets.rs` embeds.

use std::{fs, path::Path};

fn main() {
    let dist = Path::new("../../web/dist");
    // A folder that does not exist would count as changed on every build.
    if let Err(error) = fs::create_dir_all(dist) {
        println!("cargo:warning=web/dist cannot be made: {error}");
    }
    println!("cargo:rerun-if-changed=../../web/dist");
}
