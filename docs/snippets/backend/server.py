import os
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from merchant import call


def login(auth_code):
    tokens = call("/v2/authorizations/applyToken", {"grantType": "AUTHORIZATION_CODE", "authCode": auth_code})
    if tokens["result"]["resultStatus"] != "S":
        return tokens["result"]["resultMessage"]
    user = call("/v2/users/inquiryUserInfo", {"accessToken": tokens["accessToken"]})
    if user["result"]["resultStatus"] != "S":
        return user["result"]["resultMessage"]
    info = user["userInfo"]
    return f"Welcome, {info.get('userName', {}).get('fullName') or info['userId']}!"


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        with open("index.html", "rb") as page:
            self.reply("text/html; charset=UTF-8", page.read())

    def do_POST(self):
        auth_code = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            text = login(auth_code)
        except (OSError, HTTPException, RuntimeError) as error:
            text = str(error)
        self.reply("text/plain; charset=UTF-8", text.encode())

    def reply(self, content_type, body):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("localhost", int(os.environ.get("PORT", "8080"))), Shop)
print(f"http://localhost:{server.server_port}", flush=True)
server.serve_forever()
