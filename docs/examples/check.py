#!/usr/bin/env python3
"""Asks Touchstone about a picture or a video over its private socket, with Python's own library alone.

export TOUCHSTONE_TOKEN="$(npm run -s touchstone tokens create -- --name example --scope read check)"
export TOUCHSTONE_SOCKET="$(jq -r .socket ~/.local/share/touchstone/control.json)"
python3 docs/examples/check.py photo.jpg
"""

import hashlib
import http.client
import json
import os
import socket
import sys
import time


class SocketConnection(http.client.HTTPConnection):
    """A connection to a Unix domain socket."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def ask(method, address, body=None, headers=None):
    """The answer as JSON; waits where Touchstone asks to."""
    while True:
        connection = SocketConnection(os.environ["TOUCHSTONE_SOCKET"])
        token = os.environ["TOUCHSTONE_TOKEN"]
        try:
            connection.request(method, address, body, {"Authorization": f"Bearer {token}", **(headers or {})})
        except BrokenPipeError:
            pass  # A refusal comes before the body is read; its answer is there all the same.
        response = connection.getresponse()
        answer = json.load(response)
        connection.close()
        if response.status in (429, 503):
            time.sleep(int(response.headers["Retry-After"]))
        elif response.status >= 400:
            sys.exit(f"{answer['code']}: {answer['title']} {answer['nextStep']}")
        else:
            return answer


with open(sys.argv[1], "rb") as file:
    content = file.read()

# Under a key the same request may be sent again after a broken connection: it is done once.
key = hashlib.sha256(content).hexdigest()
check = ask("POST", "/v1/checks?wait=30", content, {"Idempotency-Key": key})["checks"][0]
while check["state"] in ("pending", "processing"):
    time.sleep(1)
    check = ask("GET", check["url"])

if check["state"] == "completed":
    verdict = check["record"]["verdict"]
    print(f"{verdict['value']} {verdict['probability']:.3f}")
else:
    print(check["state"], check["error"] and check["error"]["code"])

for record in ask("GET", "/v1/records?sort=-probability&limit=5&fields=verdict")["records"]:
    print(record["id"], record["verdict"]["value"])
