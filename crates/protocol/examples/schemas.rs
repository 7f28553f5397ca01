//! Prints the wire types as OpenAPI JSON.
use utoipa::OpenApi;
fn main() {
    println!(
        "{}",
        tenon_protocol::schema::Wire::openapi()
            .to_pretty_json()
            .unwrap_or_default()
    );
}
