using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

var clientId = Environment.GetEnvironmentVariable("BILLETERA_CLIENT_ID")!;
using var privateKey = RSA.Create();
privateKey.ImportFromPem(File.ReadAllText(Environment.GetEnvironmentVariable("BILLETERA_PRIVATE_KEY_FILE")!));
using var platformKey = RSA.Create();
platformKey.ImportSubjectPublicKeyInfo(
    Convert.FromBase64String(Environment.GetEnvironmentVariable("BILLETERA_PLATFORM_PUBLIC_KEY")!), out _);
using var http = new HttpClient();

Console.WriteLine(await Call("/v2/authorizations/applyToken", new { grantType = "AUTHORIZATION_CODE", authCode = args[0] }));

// Sends a signed call and checks that the platform signed its answer.
async Task<string> Call(string path, object fields)
{
    var time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ");
    var body = JsonSerializer.SerializeToUtf8Bytes(fields);
    var signature = privateKey.SignData(Content(path, time, body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    var url = Environment.GetEnvironmentVariable("BILLETERA_URL") ?? "http://127.0.0.1:4010";
    using var request = new HttpRequestMessage(HttpMethod.Post, url + path) { Content = new ByteArrayContent(body) };
    request.Content.Headers.Add("Content-Type", "application/json; charset=UTF-8");
    request.Headers.Add("Client-Id", clientId);
    request.Headers.Add("Request-Time", time);
    request.Headers.Add("Signature",
        "algorithm=RSA256, keyVersion=1, signature=" + Uri.EscapeDataString(Convert.ToBase64String(signature)));
    using var response = await http.SendAsync(request);
    var answer = await response.Content.ReadAsByteArrayAsync();

    // An error has no body: a body has tokens, and the browser may show the error.
    var code = Regex.Match(Encoding.UTF8.GetString(answer), "\"resultCode\":\\s*\"(\\w+)\"").Groups[1].Value;
    var result = $"HTTP {(int)response.StatusCode} {code}".Trim();
    if (!response.Headers.TryGetValues("Signature", out var signed))
        throw new HttpRequestException(result + ": the answer has no signature");
    var sent = signed.Single().Split("signature=")[1];
    var responseTime = response.Headers.GetValues("Response-Time").Single();
    if (!platformKey.VerifyData(Content(path, responseTime, answer), Convert.FromBase64String(Uri.UnescapeDataString(sent)),
        HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        throw new CryptographicException(result + ": the platform did not sign this answer");
    return Encoding.UTF8.GetString(answer);
}

byte[] Content(string path, string time, byte[] body) =>
    [.. Encoding.UTF8.GetBytes($"POST {path}\n{clientId}.{time}."), .. body];
