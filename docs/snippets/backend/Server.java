import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Server {
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.createContext("/", Server::answer);
    server.start();
    System.out.println("http://localhost:" + port);
  }

  static void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      reply(exchange, "text/html", Files.readString(Path.of("index.html")));
      return;
    }
    String authCode = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String text;
    try {
      text = login(authCode);
    } catch (Exception error) {
      text = error.toString();
    }
    reply(exchange, "text/plain", text);
  }

  static String login(String authCode) throws Exception {
    String tokens = Merchant.call("/v2/authorizations/applyToken",
        "{\"grantType\":\"AUTHORIZATION_CODE\",\"authCode\":" + quoted(authCode) + "}");
    if (!"S".equals(field(tokens, "resultStatus")))
      return field(tokens, "resultMessage");
    String user = Merchant.call("/v2/users/inquiryUserInfo", "{\"accessToken\":" + quoted(field(tokens, "accessToken")) + "}");
    if (!"S".equals(field(user, "resultStatus")))
      return field(user, "resultMessage");
    String name = field(user, "fullName");
    return "Welcome, " + (name == null ? field(user, "userId") : name) + "!";
  }

  /** Reads a text of an answer, or null. It leaves escapes as they are: in your own server, use the JSON library that you have. */
  static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    return found.find() ? found.group(1) : null;
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static void reply(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=UTF-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
