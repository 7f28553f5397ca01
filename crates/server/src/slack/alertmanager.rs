//! What Alertmanager and Grafana send to a webhook by themselves, as a readable message. Knows
//! three shapes: Alertmanager's version 4, Grafana's extension of it, Grafana's older one.

use super::mrkdwn::{escape, link};
use crate::limits::ALERTS_LISTED_MAX;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The message, if this is such a notification.
pub fn read(value: &Value) -> Option<String> {
    if value["alerts"].is_array() && (value["version"].is_string() || value["status"].is_string()) {
        return Some(print(&Notification::deserialize(value).ok()?));
    }
    if value["ruleName"].is_string() && value["state"].is_string() {
        return Some(print_older(value));
    }
    None
}

type Labels = BTreeMap<String, Value>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Notification {
    status: String,
    group_labels: Labels,
    common_labels: Labels,
    common_annotations: Labels,
    #[serde(rename = "externalURL")]
    external_url: String,
    alerts: Vec<Alert>,
    truncated_alerts: usize,
    /// Grafana's own words, from its template.
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Alert {
    status: String,
    labels: Labels,
    annotations: Labels,
    starts_at: String,
    #[serde(rename = "generatorURL")]
    generator_url: String,
    #[serde(rename = "dashboardURL")]
    dashboard_url: String,
    #[serde(rename = "panelURL")]
    panel_url: String,
    #[serde(rename = "silenceURL")]
    silence_url: String,
    #[serde(rename = "valueString")]
    value_string: String,
}

fn print(notification: &Notification) -> String {
    let mut lines = vec![print_title(notification)];
    let shared = annotation(
        &notification.common_annotations,
        &["summary", "description"],
    );
    // Said once, not once per alert.
    if notification.alerts.len() > 1
        && let Some(text) = &shared
    {
        lines.push(escape(text));
    }
    let listed = notification.alerts.iter().take(ALERTS_LISTED_MAX);
    lines.extend(listed.map(|alert| print_alert(alert, notification, shared.as_deref())));
    let more =
        notification.alerts.len().saturating_sub(ALERTS_LISTED_MAX) + notification.truncated_alerts;
    if more > 0 {
        lines.push(format!("- … +{more}"));
    }
    lines.join("\n")
}

/// `🔥 **[FIRING:2] HighLatency** (cluster=eu)`
fn print_title(notification: &Notification) -> String {
    let firing = notification
        .alerts
        .iter()
        .filter(|alert| alert.status == "firing")
        .count();
    let is_resolved = notification.status == "resolved";
    let mark = if is_resolved { "✅" } else { "🔥" };
    let title = if notification.title.is_empty() {
        let name = label(&notification.common_labels, "alertname")
            .or_else(|| label(&notification.group_labels, "alertname"));
        let state = if is_resolved {
            "RESOLVED".into()
        } else {
            format!("FIRING:{firing}")
        };
        format!("[{state}] {}", name.unwrap_or_default())
    } else {
        notification.title.clone()
    };
    let title = title.trim();
    let title = match notification.external_url.as_str() {
        "" => escape(title),
        url => link(url, title),
    };
    let group = print_labels(&notification.group_labels, |name| name != "alertname");
    let group = if notification.title.is_empty() {
        group
    } else {
        String::new()
    };
    let group = if group.is_empty() {
        group
    } else {
        format!(" ({group})")
    };
    format!("{mark} **{title}**{group}")
}

fn print_alert(alert: &Alert, notification: &Notification, shared: Option<&str>) -> String {
    let mark = if alert.status == "resolved" {
        "🟢"
    } else {
        "🔴"
    };
    let mut parts = Vec::new();
    if label(&notification.common_labels, "alertname").is_none() {
        parts
            .extend(label(&alert.labels, "alertname").map(|name| format!("**{}**", escape(&name))));
    }
    let said = annotation(&alert.annotations, &["summary", "message", "description"]);
    let is_news = notification.alerts.len() == 1 || said.as_deref() != shared;
    parts.extend(said.filter(|_| is_news).map(|text| escape(&text)));
    let is_single = notification.alerts.len() == 1;
    let own = print_labels(&alert.labels, |name| {
        let is_shared = notification.common_labels.contains_key(name) && !is_single;
        name != "alertname" && !is_shared && !notification.group_labels.contains_key(name)
    });
    parts.extend(Some(own).filter(|own| !own.is_empty()));
    if !alert.value_string.is_empty() {
        parts.push(format!("`{}`", alert.value_string.replace('`', "'")));
    }
    parts.extend(Some(print_since(alert)).filter(|since| !since.is_empty()));
    parts.extend(Some(print_links(alert)).filter(|links| !links.is_empty()));
    format!("- {mark} {}", parts.join(" · ").replace('\n', " "))
}

/// `2026-11-22 18:00 UTC`: when it began.
fn print_since(alert: &Alert) -> String {
    // Go's zero time is "unknown".
    match (alert.starts_at.get(..10), alert.starts_at.get(11..16)) {
        (Some(day), Some(time)) if !day.starts_with("0001") && alert.starts_at.ends_with('Z') => {
            format!("{day} {time} UTC")
        }
        _ => escape(
            alert
                .starts_at
                .get(..19)
                .filter(|t| !t.starts_with("0001"))
                .unwrap_or(""),
        ),
    }
}

fn print_links(alert: &Alert) -> String {
    let runbook = label(&alert.annotations, "runbook_url").unwrap_or_default();
    let named = [
        (alert.generator_url.as_str(), "source"),
        (runbook.as_str(), "runbook"),
        (alert.dashboard_url.as_str(), "dashboard"),
        (alert.panel_url.as_str(), "panel"),
        (alert.silence_url.as_str(), "silence"),
    ];
    let links = named.into_iter().filter(|(url, _)| url.starts_with("http"));
    links
        .map(|(url, name)| link(url, name))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `cluster=eu service=api`
fn print_labels(labels: &Labels, wanted: impl Fn(&str) -> bool) -> String {
    let shown = labels.iter().filter(|(name, _)| wanted(name));
    let pairs = shown.map(|(name, value)| escape(&format!("{name}={}", words(value))));
    pairs.collect::<Vec<_>>().join(" ")
}

fn annotation(annotations: &Labels, names: &[&str]) -> Option<String> {
    let said: Vec<String> = names
        .iter()
        .filter_map(|name| label(annotations, name))
        .collect();
    (!said.is_empty()).then(|| said.join(" — "))
}

fn label(labels: &Labels, name: &str) -> Option<String> {
    labels
        .get(name)
        .map(words)
        .filter(|text| !text.trim().is_empty())
}

fn words(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

/// Grafana before unified alerting: one rule, its state, what matched.
fn print_older(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let mark = match text("state") {
        "ok" => "✅",
        "alerting" => "🔥",
        _ => "⚠️",
    };
    let title = [text("title"), text("ruleName")]
        .into_iter()
        .find(|t| !t.is_empty());
    let title = title.unwrap_or_default();
    let title = match text("ruleUrl") {
        "" => escape(title),
        url => link(url, title),
    };
    let mut lines = vec![format!("{mark} **{title}**"), escape(text("message"))];
    let matches = value["evalMatches"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    lines.extend(matches.iter().take(ALERTS_LISTED_MAX).map(|one| {
        format!(
            "- {}: {}",
            escape(&words(&one["metric"])),
            words(&one["value"])
        )
    }));
    if text("imageUrl").starts_with("http") {
        lines.push(link(text("imageUrl"), "image"));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn alert(instance: &str, status: &str) -> Value {
        json!({
            "status": status,
            "labels": {"alertname": "HighLatency", "instance": instance, "severity": "page"},
            "annotations": {"summary": format!("p99 of {instance} is high")},
            "startsAt": "2026-11-22T18:00:05.123Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus:9090/graph?g0.expr=up",
            "fingerprint": "c1"
        })
    }

    fn notification(status: &str, alerts: Vec<Value>) -> Value {
        json!({
            "version": "4",
            "groupKey": "{}:{alertname=\"HighLatency\"}",
            "truncatedAlerts": 0,
            "status": status,
            "receiver": "tenon",
            "groupLabels": {"alertname": "HighLatency", "cluster": "eu"},
            "commonLabels": {"alertname": "HighLatency", "cluster": "eu", "severity": "page"},
            "commonAnnotations": {},
            "externalURL": "http://alertmanager:9093",
            "alerts": alerts
        })
    }

    #[test]
    fn alertmanager_fires() {
        let value = notification(
            "firing",
            vec![alert("api-1", "firing"), alert("api-2", "firing")],
        );
        assert_eq!(
            read(&value).unwrap(),
            "🔥 **[\\[FIRING:2\\] HighLatency](http://alertmanager:9093)** (cluster=eu)\n\
             - 🔴 p99 of api-1 is high · instance=api-1 · 2026-11-22 18:00 UTC · \
             [source](http://prometheus:9090/graph?g0.expr=up)\n\
             - 🔴 p99 of api-2 is high · instance=api-2 · 2026-11-22 18:00 UTC · \
             [source](http://prometheus:9090/graph?g0.expr=up)"
        );
    }

    #[test]
    fn alertmanager_resolves() {
        let text = read(&notification("resolved", vec![alert("api-1", "resolved")])).unwrap();
        assert!(
            text.starts_with("✅ **[\\[RESOLVED\\] HighLatency]"),
            "{text}"
        );
        assert!(
            text.contains("🟢 p99 of api-1 is high · instance=api-1 severity=page"),
            "{text}"
        );
    }

    #[test]
    fn a_storm_is_counted() {
        let alerts = (0..ALERTS_LISTED_MAX + 5).map(|n| alert(&format!("n{n}"), "firing"));
        let mut value = notification("firing", alerts.collect());
        value["truncatedAlerts"] = json!(3);
        let text = read(&value).unwrap();
        assert!(text.ends_with("- … +8"), "{text}");
        assert_eq!(text.lines().count(), ALERTS_LISTED_MAX + 2);
    }

    #[test]
    fn grafana_says_it_in_its_own_words() {
        let value = json!({
            "receiver": "tenon", "status": "firing", "orgId": 1, "version": "1",
            "alerts": [{
                "status": "firing",
                "labels": {"alertname": "CPU", "grafana_folder": "infra"},
                "annotations": {"summary": "CPU is *hot*"},
                "startsAt": "2026-11-22T18:00:05+08:00",
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "http://grafana/alerting/1/edit",
                "fingerprint": "f",
                "silenceURL": "http://grafana/silence",
                "dashboardURL": "http://grafana/d/x", "panelURL": "",
                "values": {"B": 92.5}, "valueString": "[ var='B' value=92.5 ]"
            }],
            "groupLabels": {"alertname": "CPU"}, "commonLabels": {"alertname": "CPU"},
            "commonAnnotations": {}, "externalURL": "http://grafana/",
            "groupKey": "{}", "truncatedAlerts": 0,
            "title": "[FIRING:1] CPU (infra)", "state": "alerting", "message": "**Firing** …"
        });
        assert_eq!(
            read(&value).unwrap(),
            "🔥 **[\\[FIRING:1\\] CPU (infra)](http://grafana/)**\n\
             - 🔴 CPU is \\*hot\\* · grafana_folder=infra · `[ var='B' value=92.5 ]` · \
             2026-11-22T18:00:05 · [source](http://grafana/alerting/1/edit) \
             [dashboard](http://grafana/d/x) [silence](http://grafana/silence)"
        );
    }

    #[test]
    fn older_grafana() {
        let value = json!({
            "title": "[Alerting] Load", "ruleId": 1, "ruleName": "Load", "state": "alerting",
            "ruleUrl": "http://grafana/d/1", "message": "too much",
            "evalMatches": [{"value": 12.5, "metric": "host-1", "tags": {}}],
        });
        assert_eq!(
            read(&value).unwrap(),
            "🔥 **[\\[Alerting\\] Load](http://grafana/d/1)**\ntoo much\n- host-1: 12.5"
        );
    }

    #[test]
    fn slacks_payload_is_none_of_these() {
        assert_eq!(read(&json!({"text": "hi", "attachments": []})), None);
    }
}
