"""Uploaded files in a bucket of moto, which answers as S3 does, read back with AWS's own boto3."""

import json
import logging
import unittest
import urllib.request
import uuid

import boto3
from moto.server import ThreadedMotoServer

from server import Server

#: More than one part of an upload.
LARGE = bytes(range(256)) * 40_000


class Bucket(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        moto.start()
        cls.addClassCleanup(moto.stop)
        endpoint = "http://%s:%d" % moto.get_host_and_port()
        keys = {"aws_access_key_id": "access", "aws_secret_access_key": "secret"}
        cls.s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
        cls.s3.create_bucket(Bucket="company")
        cls.server = Server(
            "--files=s3://company/tenon",
            "--s3-endpoint=" + endpoint,
            "--s3-access-key=access",
            "--s3-secret-key=secret",
        )
        cls.addClassCleanup(cls.server.stop)

    def request(self, method, path, data=None, **headers):
        headers["Authorization"] = "Bearer " + self.server.token
        url = self.server.base + "/api/v1" + path
        request = urllib.request.Request(url, data, headers, method=method)
        return urllib.request.urlopen(request, timeout=60)

    def upload(self, data):
        mark = uuid.uuid4().hex
        part = 'Content-Disposition: form-data; name="file"; filename="data.bin"'
        head = "--%s\r\n%s\r\nContent-Type: application/octet-stream\r\n\r\n" % (mark, part)
        body = head.encode() + data + ("\r\n--%s--\r\n" % mark).encode()
        kind = {"Content-Type": "multipart/form-data; boundary=" + mark}
        with self.request("POST", "/files", body, **kind) as answer:
            return "/files/" + json.load(answer)["id"]

    def objects(self):
        listed = self.s3.list_objects_v2(Bucket="company").get("Contents", [])
        return {one["Key"]: one["Size"] for one in listed}

    def test_files_go_there_and_come_back(self):
        small, large = self.upload("一些字".encode()), self.upload(LARGE)
        self.assertEqual(sorted(self.objects().values()), [9, len(LARGE)])
        self.assertTrue(all(key.startswith("tenon/") for key in self.objects()))
        with self.request("GET", small) as answer:
            self.assertEqual(answer.read().decode(), "一些字")
        with self.request("GET", large) as answer:
            self.assertEqual(answer.read(), LARGE)
        with self.request("GET", large, Range="bytes=9000000-9000009") as answer:
            self.assertEqual((answer.status, answer.read()), (206, LARGE[9_000_000:9_000_010]))


if __name__ == "__main__":
    unittest.main()
