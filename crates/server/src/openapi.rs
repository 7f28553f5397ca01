//! The OpenAPI document: the wire types of `protocol` and the routes of `router.rs`. The program
//! prints it (`tenon openapi`); the web UI's TypeScript types are generated from it.

use crate::{request::json_response, router};
use axum::response::Response;
use bytes::Bytes;
use std::sync::LazyLock;
use tenon_protocol::{ErrorCode, error::ErrorBody, schema::Wire};
use utoipa::{
    OpenApi as _,
    openapi::{
        self, Content, HttpMethod, ObjectBuilder, OpenApi, Ref, Required, ResponseBuilder, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        security::{
            ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
        },
    },
};
use utoipa_axum::router::OpenApiRouter;

/// The statuses with which a read can be refused; see [`ErrorCode::status`].
const READ_REFUSALS: &[u16] = &[400, 401, 403, 404, 422, 429, 503];
/// The same of whatever changes something.
const WRITE_REFUSALS: &[u16] = &[400, 401, 403, 404, 409, 413, 422, 429, 503];
/// Besides of what is asked of one task, which may lie in the trash.
const TASK_REFUSALS: &[u16] = &[410];

/// Those of few operations, which name them themselves.
const RARE_REFUSALS: &[u16] = &[502];

/// The whole document.
pub fn document() -> OpenApi {
    let wire = OpenApiRouter::with_openapi(Wire::openapi());
    let wire = wire.nest(router::BASE, router::api());
    let mut document = wire.merge(router::outside()).into_openapi();
    document.info.version = env!("CARGO_PKG_VERSION").into();
    for (path, item) in &mut document.paths.paths {
        let names = path_parameters(path);
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete(operation, &method, path, &names);
            }
        }
    }
    declare_identity(&mut document);
    declare_refusals(&mut document);
    document
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1.", body = serde_json::Value)))]
pub async fn show() -> Response {
    static TEXT: LazyLock<Bytes> =
        LazyLock::new(|| document().to_json().unwrap_or_default().into());
    json_response(TEXT.clone())
}

fn path_parameters(path: &str) -> Vec<String> {
    let segments = path.split('/');
    let inner = |segment: &str| Some(segment.strip_prefix('{')?.strip_suffix('}')?.to_owned());
    segments.filter_map(inner).collect()
}

/// What all operations have in common and none declares itself.
fn complete(operation: &mut Operation, method: &HttpMethod, path: &str, names: &[String]) {
    operation.operation_id = Some(operation_id(method, path));
    let parameters = operation.parameters.get_or_insert_default();
    parameters.extend(names.iter().map(|name| path_parameter(name).into()));
    if *method != HttpMethod::Get {
        parameters.push(idempotency_key().into());
    }
    // What lies outside the interface answers in words of its own.
    if !path.starts_with(router::BASE) {
        return;
    }
    let statuses = refusals_of(*method == HttpMethod::Get, path);
    let responses = &mut operation.responses.responses;
    for status in statuses {
        let place = format!("#/components/responses/{}", refusal_name(*status));
        let refusal = openapi::RefOr::Ref(Ref::new(place));
        responses.entry(status.to_string()).or_insert(refusal);
    }
    responses.insert(
        "default".into(),
        refusal("Refused; `error.code` says why.").into(),
    );
}

/// The statuses with which an operation can be refused.
fn refusals_of(is_read: bool, path: &str) -> impl Iterator<Item = &'static u16> {
    let is_of_task = path.contains("/tasks/{key}") || path.ends_with("/task");
    let all = if is_read {
        READ_REFUSALS
    } else {
        WRITE_REFUSALS
    };
    let more = if is_of_task { TASK_REFUSALS } else { &[] };
    all.iter().chain(more)
}

fn refusal_name(status: u16) -> String {
    format!("Refused{status}")
}

fn refusal(description: &str) -> openapi::Response {
    let body = Content::new(Some(Ref::from_schema_name("ErrorBody")));
    ResponseBuilder::new()
        .description(description)
        .content("application/json", body)
        .build()
}

/// What a status says, with the codes that have it.
fn declare_refusals(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let rare = TASK_REFUSALS.iter().chain(RARE_REFUSALS);
    for status in WRITE_REFUSALS.iter().chain(rare) {
        let codes = ErrorCode::ALL
            .iter()
            .filter(|code| code.status() == *status);
        let codes: Vec<String> = codes.map(|code| format!("`{code}`")).collect();
        let described = refusal(&format!("Refused: {}.", codes.join(", ")));
        let name = refusal_name(*status);
        components.responses.insert(name, described.into());
    }
}

/// `post_channels_id_messages`: derived from the address, so that it is unique and stays.
fn operation_id(method: &HttpMethod, path: &str) -> String {
    let method = match method {
        HttpMethod::Get => "get",
        HttpMethod::Put => "put",
        HttpMethod::Post => "post",
        HttpMethod::Patch => "patch",
        _ => "delete",
    };
    let path = path.strip_prefix(router::BASE).unwrap_or(path);
    let words = path
        .split(['/', '{', '}', '-', '.'])
        .filter(|word| !word.is_empty());
    words.fold(method.to_owned(), |id, word| id + "_" + word)
}

fn path_parameter(name: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(text))
        .build()
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .description(Some(
            "Names this attempt: repeated with the same key, it has one effect.",
        ))
        .schema(Some(text))
        .build()
}

fn declare_identity(document: &mut OpenApi) {
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        crate::identity::SESSION_COOKIE,
        "Set by signing in; writes also need the header X-Tenon-Csrf.",
    ));
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    let none: [&str; 0] = [];
    document.security = Some(vec![
        SecurityRequirement::new("token", none),
        SecurityRequirement::new("session", none),
    ]);
    debug_assert!(components_has::<ErrorBody>(document));
}

fn components_has<T: utoipa::ToSchema>(document: &OpenApi) -> bool {
    let components = document.components.as_ref();
    components.is_some_and(|components| components.schemas.contains_key(T::name().as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let document = serde_json::to_value(document()).unwrap();
        let text = document.to_string();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name} is missing");
        }
    }

    #[test]
    fn every_operation_can_be_refused_and_has_its_own_id() {
        let document = serde_json::to_value(document()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let operations: Vec<_> = paths
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .collect();
        let ids: std::collections::HashSet<_> = operations
            .iter()
            .map(|o| o["operationId"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), operations.len());
        assert!(paths.contains_key("/api/v1/channels/{id}/messages"));
        for (path, item) in paths
            .iter()
            .filter(|(path, _)| path.starts_with(router::BASE))
        {
            for (method, operation) in item.as_object().unwrap() {
                let responses = &operation["responses"];
                let statuses = refusals_of(method == "get", path);
                assert!(responses["default"].is_object(), "{method} {path}");
                for status in statuses {
                    let refused = &responses[status.to_string()];
                    assert!(refused.is_object(), "{method} {path} {status}");
                }
            }
        }
    }

    #[test]
    fn every_refusal_is_described_where_its_status_is() {
        let document = serde_json::to_value(document()).unwrap();
        let described = &document["components"]["responses"];
        // What a router or a fault answers is no refusal of one operation.
        let common = |code: &&ErrorCode| !matches!(code.status(), 405 | 500);
        for code in ErrorCode::ALL.iter().filter(common) {
            let refused = &described[refusal_name(code.status())];
            let text = refused["description"].as_str().unwrap();
            assert!(text.contains(&format!("`{code}`")), "{code}");
            let body = &refused["content"]["application/json"]["schema"]["$ref"];
            assert_eq!(body, "#/components/schemas/ErrorBody", "{code}");
        }
    }

    #[test]
    fn what_lies_outside_the_interface_is_described_too() {
        let document = serde_json::to_value(document()).unwrap();
        for (method, path) in [
            ("post", "/hooks/{secret}"),
            ("get", "/healthz"),
            ("get", "/readyz"),
            ("get", "/metrics"),
            ("get", "/api/v1/openapi.json"),
        ] {
            let operation = &document["paths"][path][method];
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert!(operation["responses"]["200"].is_object(), "{method} {path}");
            assert_eq!(operation["security"], serde_json::json!([{}]), "{path}");
        }
    }
}
