import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  static final String clientId = System.getenv("BILLETERA_CLIENT_ID");

  static String control(String method, String path, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("BILLETERA_URL") + "/_emulator" + path))
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @BeforeEach
  void cleanWallet() throws Exception {
    control("POST", "/reset", "{}");
    control("PATCH", "/clients/" + clientId, "{\"signature\":\"required\"}");
  }

  @AfterEach
  void noFindings() throws Exception {
    assertEquals("{\"findings\":[]}", control("GET", "/findings", ""));
  }

  @Test
  void anAccessTokenExpires() throws Exception {
    String user = "{\"clientId\":\"" + clientId + "\",\"userId\":\"1000001119398804002\",\"scopes\":[\"USER_ID\"]}";
    String accessToken = control("POST", "/tokens", user).replaceAll(".*\"accessToken\":\"([^\"]+)\".*", "$1");
    control("POST", "/clock/advance", "{\"by\":\"P2D\"}");

    // Merchant stands for your server: it is the program of Your backend, which signs.
    String answer = Merchant.call("/v2/users/inquiryUserInfo", "{\"accessToken\":\"" + accessToken + "\"}");

    assertTrue(answer.contains("EXPIRED_ACCESS_TOKEN"), answer);
  }
}
