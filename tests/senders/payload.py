"""What programs send to a webhook by themselves, each with its default templates."""

# Alertmanager's Slack receiver.
ALERTMANAGER = {
    "channel": "#alerts",
    "username": "Alertmanager",
    "attachments": [
        {
            "title": "[FIRING:1] DiskFull (db-1 critical)",
            "title_link": "http://alertmanager.example/#/alerts?receiver=team",
            "text": "",
            "fallback": "[FIRING:1] DiskFull db-1 | http://alertmanager.example/",
            "callback_id": "",
            "footer": "",
            "color": "danger",
            "mrkdwn_in": ["fallback", "pretext", "text"],
        }
    ],
}

# Grafana's webhook contact point.
GRAFANA = {
    "receiver": "tenon",
    "status": "firing",
    "orgId": 1,
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "HighMemory", "grafana_folder": "infra"},
            "annotations": {"summary": "Memory of db-1 is above 90 %"},
            "startsAt": "2026-11-22T18:00:05+08:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://grafana.example/alerting/grafana/abc/view",
            "fingerprint": "c6eadffa33fcdf37",
            "silenceURL": "http://grafana.example/alerting/silence/new?matcher=alertname",
            "dashboardURL": "http://grafana.example/d/db",
            "panelURL": "http://grafana.example/d/db?viewPanel=2",
            "values": {"B": 92.5},
            "valueString": "[ var='B' labels={instance=db-1} value=92.5 ]",
        }
    ],
    "groupLabels": {"alertname": "HighMemory"},
    "commonLabels": {"alertname": "HighMemory", "grafana_folder": "infra"},
    "commonAnnotations": {"summary": "Memory of db-1 is above 90 %"},
    "externalURL": "http://grafana.example/",
    "version": "1",
    "groupKey": '{}/{}:{alertname="HighMemory"}',
    "truncatedAlerts": 0,
    "title": "[FIRING:1] HighMemory (infra)",
    "state": "alerting",
    "message": "**Firing**\n\nValue: B=92.5\nLabels:\n - alertname = HighMemory\n",
}
