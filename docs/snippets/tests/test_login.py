import json, os, urllib.request
from datetime import datetime, timezone

import pytest

url = os.environ["BILLETERA_URL"]
client_id = "202016726873874774774000"


def post(path, body, **headers):
    request = urllib.request.Request(url + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


@pytest.fixture(autouse=True)
def clean_wallet():
    post("/_emulator/reset", {})


def exchange(auth_code):
    """Stands for your server."""
    headers = {"Client-Id": client_id, "Request-Time": datetime.now(timezone.utc).isoformat(timespec="seconds")}
    answer = post("/v2/authorizations/applyToken", {"grantType": "AUTHORIZATION_CODE", "authCode": auth_code}, **headers)
    return answer["result"]["resultCode"]


def test_a_code_expires():
    user = {"clientId": client_id, "userId": "1000001119398804002", "scopes": ["USER_ID"]}
    auth_code = post("/_emulator/auth-codes", user)["authCode"]
    post("/_emulator/clock/advance", {"by": "P2D"})
    assert exchange(auth_code) == "EXPIRED_AUTHCODE"
