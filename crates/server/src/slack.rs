use axum::response::Response;
pub async fn receive() -> Response { Response::default() }
