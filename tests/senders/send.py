"""Sends one message to a webhook as a program of that name would: `send.py NAME URL [TEXT]`.

The stories in the browser call it; NAME is slack_sdk, alertmanager or grafana.
"""

import json
import sys
import urllib.request

from slack_sdk.webhook import WebhookClient

from payload import ALERTMANAGER, GRAFANA


def send_json(url, payload):
    """Posts as Go's http client does; answers with the status and the body."""
    data = json.dumps(payload).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, answer.read().decode()


def send(name, url, text):
    if name == "slack_sdk":
        answer = WebhookClient(url).send(text=text)
        return answer.status_code, answer.body
    return send_json(url, {"alertmanager": ALERTMANAGER, "grafana": GRAFANA}[name])


if __name__ == "__main__":
    name, url, *text = sys.argv[1:]
    status, body = send(name, url, " ".join(text))
    print(body)
    sys.exit(0 if status == 200 else 1)
