"""Programs that people run already, unchanged, post into a channel: slack_sdk, Alertmanager,
Grafana.

`cargo xtask test senders` calls this, with the program to test in TENON_BINARY.
"""

import json
import os
import socket
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

from slack_sdk.webhook import WebhookClient

from payload import ALERTMANAGER, GRAFANA
from send import send_json

EMAIL, PASSWORD = "owner@example.com", "a long enough password"


class Server:
    """A server of its own, in a temporary directory."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = "127.0.0.1:%d" % free.getsockname()[1]
        self.base = "http://" + address
        self.log = open(os.path.join(self.folder.name, "log"), "w+b")
        self.process = subprocess.Popen(
            [os.environ["TENON_BINARY"], "serve", "--listen", address]
            + ["--data", os.path.join(self.folder.name, "data")],
            env={**os.environ, "TENON_OWNER_EMAIL": EMAIL, "TENON_OWNER_PASSWORD": PASSWORD},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.token = None
        self.wait_until_ready()
        signed_in = self.call("POST", "/sessions", {"email": EMAIL, "password": PASSWORD})
        self.token = signed_in["token"]

    def wait_until_ready(self):
        while True:
            try:
                urllib.request.urlopen(self.base + "/readyz", timeout=5).close()
                return
            except OSError:
                self.fail_if_ended()

    def fail_if_ended(self):
        try:
            self.process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            return
        self.log.seek(0)
        raise RuntimeError("the server ended: " + self.log.read().decode())

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        data = None if body is None else json.dumps(body).encode()
        url = self.base + "/api/v1" + path
        request = urllib.request.Request(url, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()
        self.folder.cleanup()


class Senders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        name = "alerts-" + uuid.uuid4().hex[:8]
        channel = self.server.call("POST", "/channels", {"name": name, "kind": "public"})
        hook = {"channel": channel["id"], "name": "Alerts"}
        self.channel = channel["id"]
        self.url = self.server.call("POST", "/hooks", hook)["url"]

    def messages(self):
        return self.server.call("GET", "/channels/%s/messages" % self.channel)["items"]

    def test_slack_sdk_sends_text(self):
        answer = WebhookClient(self.url).send(text="*Deploy* of <https://example.com|1.4> 完成")
        self.assertEqual((answer.status_code, answer.body), (200, "ok"))
        [message] = self.messages()
        self.assertIn("**Deploy**", message["text"])
        self.assertIn("[1.4](https://example.com)", message["text"])
        self.assertIn("完成", message["text"])

    def test_slack_sdk_sends_blocks(self):
        section = {"type": "section", "text": {"type": "mrkdwn", "text": "Build *failed*"}}
        header = {"type": "header", "text": {"type": "plain_text", "text": "Pipeline 42"}}
        answer = WebhookClient(self.url).send(text="fallback", blocks=[header, section])
        self.assertEqual((answer.status_code, answer.body), (200, "ok"))
        [message] = self.messages()
        self.assertIn("Pipeline 42", message["text"])
        self.assertIn("**failed**", message["text"])

    def test_alertmanager_sends_an_alert(self):
        self.assertEqual(send_json(self.url, ALERTMANAGER), (200, "ok"))
        [message] = self.messages()
        self.assertIn("DiskFull", message["text"])
        self.assertIn("http://alertmanager.example/", message["text"])
        self.assertEqual(message["alias"]["name"], "Alertmanager")

    def test_grafana_sends_an_alert(self):
        self.assertEqual(send_json(self.url, GRAFANA), (200, "ok"))
        [message] = self.messages()
        self.assertIn("HighMemory (infra)", message["text"])
        self.assertIn("Memory of db-1 is above 90 %", message["text"])
        for place in ["d/db", "alerting/grafana/abc/view", "alerting/silence/new"]:
            self.assertIn("http://grafana.example/" + place, message["text"])

    def test_a_form_carries_the_same_payload(self):
        form = urllib.parse.urlencode({"payload": json.dumps({"text": "from a form"})})
        with urllib.request.urlopen(self.url, form.encode(), timeout=30) as answer:
            self.assertEqual(answer.read(), b"ok")
        self.assertEqual([message["text"] for message in self.messages()], ["from a form"])

    def test_an_alert_becomes_a_task(self):
        WebhookClient(self.url).send(text="Disk of db-1 is full")
        project = {"key": "OPS", "name": "Operations"}
        project = self.server.call("POST", "/projects", project)
        [message] = self.messages()
        path = "/messages/%s/task" % message["id"]
        task = self.server.call("POST", path, {"project": project["id"]})
        self.assertEqual(task["title"], "Disk of db-1 is full")
        [message] = self.messages()
        self.assertEqual(message["link"]["key"], task["key"])

    def test_an_unknown_address_takes_nothing(self):
        answer = WebhookClient(self.url + "x").send(text="lost")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.messages(), [])


if __name__ == "__main__":
    unittest.main()
