import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A merchant's client in Java, with the standard library only. Start it with {@code java Client.java}.
 *
 * <p>It exchanges one authCode for tokens and checks that the platform signed the response. README.md lists the environment variables.
 */
public class Client {
  public static void main(String[] args) throws Exception {
    String path = System.getenv("API_PATH");
    String clientId = System.getenv("CLIENT_ID");
    String encoding = System.getenv("SIGNATURE_ENCODING");
    byte[] body =
        String.format(
                "{\"appId\":\"%s\",\"%s\":\"%s\",\"grantType\":\"AUTHORIZATION_CODE\",\"authCode\":\"%s\"}",
                System.getenv("APP_ID"), System.getenv("CLIENT_ID_FIELD"), clientId, System.getenv("AUTH_CODE"))
            .getBytes(StandardCharsets.UTF_8);
    String time = OffsetDateTime.now(ZoneOffset.ofHours(8)).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(privateKey(System.getenv("PRIVATE_KEY")));
    signer.update(contentToSign(path, clientId, time, body));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(System.getenv("BASE_URL") + path))
            .header("Content-Type", "application/json; charset=UTF-8")
            .header("Client-Id", clientId)
            .header("Request-Time", time)
            .header("Signature", "algorithm=RSA256, keyVersion=1, signature=" + write(signer.sign(), encoding))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());

    Map<String, String> pairs = new HashMap<>();
    for (String pair : header(response, "signature").split(",")) {
      String[] parts = pair.trim().split("=", 2);
      pairs.put(parts[0], parts[1]);
    }
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(publicKey(System.getenv("PLATFORM_KEY")));
    verifier.update(contentToSign(path, header(response, "client-id"), header(response, "response-time"), response.body()));
    if (!verifier.verify(read(pairs.get("signature"), encoding))) {
      System.err.println("the answer is not the platform's: its signature does not verify");
      System.exit(1);
    }
    String answer = new String(response.body(), StandardCharsets.UTF_8);
    System.out.printf(
        "{\"resultCode\":\"%s\",\"customerId\":\"%s\",\"verified\":true}%n", field(answer, "resultCode"), field(answer, "customerId"));
  }

  private static String write(byte[] signature, String encoding) {
    if (encoding.equals("base64url")) return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    return URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8);
  }

  /** Rejects the other encoding, as the wallets' own libraries do. */
  private static byte[] read(String value, String encoding) {
    if (encoding.equals("base64url")) return Base64.getUrlDecoder().decode(value);
    return Base64.getDecoder().decode(URLDecoder.decode(value, StandardCharsets.UTF_8));
  }

  private static byte[] contentToSign(String path, String clientId, String time, byte[] body) {
    byte[] head = ("POST " + path + "\n" + clientId + "." + time + ".").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
  }

  private static PrivateKey privateKey(String file) throws Exception {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pem(file)));
  }

  private static PublicKey publicKey(String file) throws Exception {
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(pem(file)));
  }

  private static byte[] pem(String file) throws Exception {
    return Base64.getMimeDecoder().decode(Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----", ""));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow(() -> new IllegalStateException("the answer has no header " + name));
  }

  /** The value of a string field. This is enough JSON parsing for the response. */
  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }
}
