<?php

$privateKey = openssl_pkey_get_private(file_get_contents(getenv('BILLETERA_PRIVATE_KEY_FILE')));
$platformKey = "-----BEGIN PUBLIC KEY-----\n" . chunk_split(getenv('BILLETERA_PLATFORM_PUBLIC_KEY'), 64) . "-----END PUBLIC KEY-----\n";

/** Sends a signed call and checks that the platform signed its answer. */
function call(string $path, array $fields): array
{
    global $privateKey, $platformKey;
    $clientId = getenv('BILLETERA_CLIENT_ID');
    $time = gmdate('Y-m-d\TH:i:s\Z');
    $body = json_encode($fields);
    openssl_sign("POST $path\n$clientId.$time.$body", $signature, $privateKey, OPENSSL_ALGO_SHA256);

    $url = (getenv('BILLETERA_URL') ?: 'http://127.0.0.1:4010') . $path;
    $answer = file_get_contents($url, false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Content-Type: application/json; charset=UTF-8',
            "Client-Id: $clientId",
            "Request-Time: $time",
            'Signature: algorithm=RSA256, keyVersion=1, signature=' . rawurlencode(base64_encode($signature)),
        ],
        'content' => $body,
        'ignore_errors' => true, // an answer with another status than 2xx is read too
    ]]));
    if ($answer === false) {
        throw new RuntimeException("no answer from $url");
    }

    $headers = [];
    foreach ($http_response_header as $line) {
        [$name, $value] = explode(':', $line, 2) + [1 => ''];
        $headers[strtolower($name)] = trim($value);
    }
    // An error has no body: a body has tokens, and the browser may show the error.
    preg_match('/"resultCode":\s*"(\w+)"/', $answer, $found);
    $result = trim($http_response_header[0] . ' ' . ($found[1] ?? ''));
    if (!isset($headers['signature'])) {
        throw new RuntimeException("$result: the answer has no signature");
    }
    $sent = base64_decode(rawurldecode(explode('signature=', $headers['signature'])[1]));
    $content = "POST $path\n$clientId.{$headers['response-time']}.$answer";
    if (openssl_verify($content, $sent, $platformKey, OPENSSL_ALGO_SHA256) !== 1) {
        throw new RuntimeException("$result: the platform did not sign this answer");
    }
    return json_decode($answer, true);
}

if (PHP_SAPI === 'cli') {
    $tokens = call('/v2/authorizations/applyToken', ['grantType' => 'AUTHORIZATION_CODE', 'authCode' => $argv[1]]);
    echo $tokens['result']['resultCode'], ' ', $tokens['customerId'] ?? '', "\n";
}
