import json, os, urllib.request

import pytest
from merchant import call  # stands for your server: the program of Your backend, which signs

client_id = os.environ["BILLETERA_CLIENT_ID"]


def control(method, path, body=None):
    url = f"{os.environ['BILLETERA_URL']}/_emulator{path}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


@pytest.fixture(autouse=True)
def clean_wallet():
    control("POST", "/reset", {})
    control("PATCH", f"/clients/{client_id}", {"signature": "required"})
    yield
    assert control("GET", "/findings")["findings"] == []


def test_an_access_token_expires():
    user = {"clientId": client_id, "userId": "1000001119398804002", "scopes": ["USER_ID"]}
    access_token = control("POST", "/tokens", user)["accessToken"]
    control("POST", "/clock/advance", {"by": "P2D"})

    answer = call("/v2/users/inquiryUserInfo", {"accessToken": access_token})

    assert answer["result"]["resultCode"] == "EXPIRED_ACCESS_TOKEN"
