"""A server of its own for tests from outside."""

import json
import os
import socket
import subprocess
import tempfile
import urllib.request

EMAIL, PASSWORD = "owner@example.com", "a long enough password"


class Server:
    """In a temporary directory, with more flags if they are given."""

    def __init__(self, *flags):
        self.folder = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = "127.0.0.1:%d" % free.getsockname()[1]
        self.base = "http://" + address
        self.log = open(os.path.join(self.folder.name, "log"), "w+b")
        self.process = subprocess.Popen(
            [os.environ["TENON_BINARY"], "serve", "--listen", address]
            + ["--data", os.path.join(self.folder.name, "data"), *flags],
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
