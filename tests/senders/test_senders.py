"""Programs that people run already, unchanged, post into a channel: slack_sdk, Alertmanager,
Grafana.

`cargo xtask test senders` calls this, with the program to test in TENON_BINARY.
"""

import json
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

from slack_sdk.webhook import WebhookClient

from payload import ALERTMANAGER, GRAFANA
from send import send_json
from server import Server


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
