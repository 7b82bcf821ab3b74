import base64, json, os, re, sys, urllib.error, urllib.parse, urllib.request
from datetime import datetime, timezone
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

url = os.environ.get("BILLETERA_URL", "http://127.0.0.1:4010")
client_id = os.environ["BILLETERA_CLIENT_ID"]
with open(os.environ["BILLETERA_PRIVATE_KEY_FILE"], "rb") as file:
    private_key = serialization.load_pem_private_key(file.read(), None)
platform_key = serialization.load_der_public_key(base64.b64decode(os.environ["BILLETERA_PLATFORM_PUBLIC_KEY"]))


def call(path, fields):
    """Sends a signed call and checks that the platform signed its answer."""
    time = datetime.now(timezone.utc).isoformat(timespec="seconds")
    body = json.dumps(fields).encode()
    content = f"POST {path}\n{client_id}.{time}.".encode() + body
    signature = base64.b64encode(private_key.sign(content, PKCS1v15(), hashes.SHA256())).decode()
    request = urllib.request.Request(url + path, body, {
        "Content-Type": "application/json; charset=UTF-8",
        "Client-Id": client_id,
        "Request-Time": time,
        "Signature": "algorithm=RSA256, keyVersion=1, signature=" + urllib.parse.quote(signature, safe=""),
    })
    try:
        response = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        answer, headers = response.read(), response.headers
    # An error has no body: a body has tokens, and the browser may show the error.
    result = " ".join([f"HTTP {response.status}", *re.findall(r'"resultCode":\s*"(\w+)"', answer.decode(errors="replace"))])
    if "Signature" not in headers:
        raise RuntimeError(f"{result}: the answer has no signature")
    sent = base64.b64decode(urllib.parse.unquote(headers["Signature"].split("signature=")[1]))
    content = f"POST {path}\n{client_id}.{headers['Response-Time']}.".encode() + answer
    try:
        platform_key.verify(sent, content, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise RuntimeError(f"{result}: the platform did not sign this answer")
    return json.loads(answer)


if __name__ == "__main__":
    tokens = call("/v2/authorizations/applyToken", {"grantType": "AUTHORIZATION_CODE", "authCode": sys.argv[1]})
    print(tokens["result"]["resultCode"], tokens.get("customerId"))
