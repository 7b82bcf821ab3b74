<?php

/**
 * A merchant's client in PHP, with the openssl extension.
 *
 * It exchanges one authCode for tokens and checks that the platform signed the response. README.md lists the environment variables.
 */

declare(strict_types=1);

function write(string $signature, string $encoding): string
{
    $plain = base64_encode($signature);
    return $encoding === 'base64url' ? rtrim(strtr($plain, '+/', '-_'), '=') : rawurlencode($plain);
}

/** Rejects the other encoding, as the wallets' own libraries do. */
function read(string $value, string $encoding): string
{
    if ($encoding === 'base64url') {
        if (strpbrk($value, '%=+/') !== false) {
            throw new RuntimeException("not base64url without padding: $value");
        }
        $signature = base64_decode(strtr($value, '-_', '+/'), true);
    } else {
        $signature = base64_decode(rawurldecode($value), true);
    }
    if ($signature === false) {
        throw new RuntimeException("not Base64: $value");
    }
    return $signature;
}

function contentToSign(string $path, string $clientId, string $time, string $body): string
{
    return "POST $path\n$clientId.$time.$body";
}

/** @param string[] $lines header lines in PHP's form, `name: value` */
function header_of(array $lines, string $name): string
{
    foreach ($lines as $line) {
        if (stripos($line, "$name:") === 0) {
            return trim(substr($line, strlen($name) + 1));
        }
    }
    throw new RuntimeException("the answer has no header $name");
}

$path = getenv('API_PATH');
$clientId = getenv('CLIENT_ID');
$encoding = getenv('SIGNATURE_ENCODING');
$body = json_encode([
    'appId' => getenv('APP_ID'),
    getenv('CLIENT_ID_FIELD') => $clientId,
    'grantType' => 'AUTHORIZATION_CODE',
    'authCode' => getenv('AUTH_CODE'),
]);
$time = date(DATE_ATOM);
openssl_sign(contentToSign($path, $clientId, $time, $body), $signature, file_get_contents(getenv('PRIVATE_KEY')), OPENSSL_ALGO_SHA256);

$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => [
        'Content-Type: application/json; charset=UTF-8',
        "Client-Id: $clientId",
        "Request-Time: $time",
        'Signature: algorithm=RSA256, keyVersion=1, signature=' . write($signature, $encoding),
    ],
    'content' => $body,
]]);
$answer = file_get_contents(getenv('BASE_URL') . $path, false, $context);

$pairs = [];
foreach (explode(',', header_of($http_response_header, 'signature')) as $pair) {
    [$name, $value] = explode('=', trim($pair), 2);
    $pairs[$name] = $value;
}
$content = contentToSign($path, header_of($http_response_header, 'client-id'), header_of($http_response_header, 'response-time'), $answer);
$platformKey = file_get_contents(getenv('PLATFORM_KEY'));
if (openssl_verify($content, read($pairs['signature'], $encoding), $platformKey, OPENSSL_ALGO_SHA256) !== 1) {
    fwrite(STDERR, "the answer is not the platform's: its signature does not verify\n");
    exit(1);
}
$fields = json_decode($answer, true);
echo json_encode(['resultCode' => $fields['result']['resultCode'], 'customerId' => $fields['customerId'] ?? null, 'verified' => true]), "\n";
