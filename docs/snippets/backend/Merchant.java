import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Merchant {
  static final String url = System.getenv().getOrDefault("BILLETERA_URL", "http://127.0.0.1:4010");
  static final String clientId = System.getenv("BILLETERA_CLIENT_ID");

  public static void main(String[] args) throws Exception {
    System.out.println(call("/v2/authorizations/applyToken", "{\"grantType\":\"AUTHORIZATION_CODE\",\"authCode\":\"" + args[0] + "\"}"));
  }

  /** Sends a signed call and checks that the platform signed its answer. */
  static String call(String path, String body) throws Exception {
    String time = Instant.now().toString();
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(privateKey());
    signer.update(("POST " + path + "\n" + clientId + "." + time + "." + body).getBytes(UTF_8));
    String signature = URLEncoder.encode(Base64.getEncoder().encodeToString(signer.sign()), UTF_8);

    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
        .header("Content-Type", "application/json; charset=UTF-8")
        .header("Client-Id", clientId)
        .header("Request-Time", time)
        .header("Signature", "algorithm=RSA256, keyVersion=1, signature=" + signature)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    // An error has no body: a body has tokens, and the browser may show the error.
    Matcher code = Pattern.compile("\"resultCode\":\\s*\"(\\w+)\"").matcher(response.body());
    String result = "HTTP " + response.statusCode() + (code.find() ? " " + code.group(1) : "");
    Optional<String> signed = response.headers().firstValue("Signature");
    if (signed.isEmpty())
      throw new IOException(result + ": the answer has no signature");
    String sent = signed.get().split("signature=")[1];
    String responseTime = response.headers().firstValue("Response-Time").orElseThrow();
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(platformKey());
    verifier.update(("POST " + path + "\n" + clientId + "." + responseTime + "." + response.body()).getBytes(UTF_8));
    if (!verifier.verify(Base64.getDecoder().decode(URLDecoder.decode(sent, UTF_8))))
      throw new SecurityException(result + ": the platform did not sign this answer");
    return response.body();
  }

  static PrivateKey privateKey() throws Exception {
    String pem = Files.readString(Path.of(System.getenv("BILLETERA_PRIVATE_KEY_FILE")));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  static PublicKey platformKey() throws Exception {
    byte[] der = Base64.getDecoder().decode(System.getenv("BILLETERA_PLATFORM_PUBLIC_KEY"));
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
  }
}
