"""A merchant's client in Python, with the standard library and the openssl command for RSA.

It exchanges one authCode for tokens and checks that the platform signed the response. README.md lists the environment variables.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from datetime import datetime, timezone


def write(signature: bytes, encoding: str) -> str:
    if encoding == "base64url":
        return base64.urlsafe_b64encode(signature).decode().rstrip("=")
    return urllib.parse.quote(base64.b64encode(signature).decode(), safe="")


def read(value: str, encoding: str) -> bytes:
    """Rejects the other encoding, as the wallets' own libraries do."""
    if encoding == "base64url":
        if set(value) & set("%=+/"):
            raise ValueError(f"not base64url without padding: {value}")
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    return base64.b64decode(urllib.parse.unquote(value), validate=True)


def sign(content: bytes, key_file: str) -> bytes:
    return subprocess.run(["openssl", "dgst", "-sha256", "-sign", key_file], input=content, capture_output=True, check=True).stdout


def verifies(content: bytes, signature: bytes, key_file: str) -> bool:
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        command = ["openssl", "dgst", "-sha256", "-verify", key_file, "-signature", file.name]
        return subprocess.run(command, input=content, capture_output=True).returncode == 0


def content_to_sign(path: str, client_id: str, time: str, body: bytes) -> bytes:
    return f"POST {path}\n{client_id}.{time}.".encode() + body


def main() -> int:
    env = os.environ
    path, client_id, encoding = env["API_PATH"], env["CLIENT_ID"], env["SIGNATURE_ENCODING"]
    body = json.dumps(
        {
            "appId": env["APP_ID"],
            env["CLIENT_ID_FIELD"]: client_id,
            "grantType": "AUTHORIZATION_CODE",
            "authCode": env["AUTH_CODE"],
        }
    ).encode()
    time = datetime.now(timezone.utc).isoformat(timespec="seconds")
    signature = write(sign(content_to_sign(path, client_id, time, body), env["PRIVATE_KEY"]), encoding)
    request = urllib.request.Request(
        env["BASE_URL"] + path,
        data=body,
        headers={
            "Content-Type": "application/json; charset=UTF-8",
            "Client-Id": client_id,
            "Request-Time": time,
            "Signature": f"algorithm=RSA256, keyVersion=1, signature={signature}",
        },
    )
    with urllib.request.urlopen(request) as response:
        answer = response.read()
        headers = response.headers
    pairs = dict(pair.strip().split("=", 1) for pair in headers["signature"].split(","))
    content = content_to_sign(path, headers["client-id"], headers["response-time"], answer)
    if not verifies(content, read(pairs["signature"], encoding), env["PLATFORM_KEY"]):
        print("the answer is not the platform's: its signature does not verify", file=sys.stderr)
        return 1
    fields = json.loads(answer)
    print(json.dumps({"resultCode": fields["result"]["resultCode"], "customerId": fields.get("customerId"), "verified": True}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
