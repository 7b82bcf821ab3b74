import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  static final String url = System.getenv("BILLETERA_URL");
  static final String clientId = "202016726873874774774000";

  static String post(String path, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
        .header("Content-Type", "application/json")
        .header("Client-Id", clientId)
        .header("Request-Time", Instant.now().toString())
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @BeforeEach
  void cleanWallet() throws Exception {
    post("/_emulator/reset", "{}");
  }

  @Test
  void aCodeExpires() throws Exception {
    String user = "{\"clientId\":\"" + clientId + "\",\"userId\":\"1000001119398804002\",\"scopes\":[\"USER_ID\"]}";
    String authCode = post("/_emulator/auth-codes", user).replaceAll(".*\"authCode\":\"([^\"]+)\".*", "$1");
    post("/_emulator/clock/advance", "{\"by\":\"P2D\"}");

    String answer = post("/v2/authorizations/applyToken", "{\"grantType\":\"AUTHORIZATION_CODE\",\"authCode\":\"" + authCode + "\"}");

    assertTrue(answer.contains("EXPIRED_AUTHCODE"), answer);
  }
}
