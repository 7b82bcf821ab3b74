<?php

require 'merchant.php';

function login(string $authCode): string
{
    $tokens = call('/v2/authorizations/applyToken', ['grantType' => 'AUTHORIZATION_CODE', 'authCode' => $authCode]);
    if ($tokens['result']['resultStatus'] !== 'S') {
        return $tokens['result']['resultMessage'];
    }
    $user = call('/v2/users/inquiryUserInfo', ['accessToken' => $tokens['accessToken']]);
    if ($user['result']['resultStatus'] !== 'S') {
        return $user['result']['resultMessage'];
    }
    return 'Welcome, ' . ($user['userInfo']['userName']['fullName'] ?? $user['userInfo']['userId']) . '!';
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    readfile('index.html');
    return;
}
header('Content-Type: text/plain; charset=UTF-8');
try {
    echo login(file_get_contents('php://input'));
} catch (RuntimeException $error) {
    echo $error->getMessage();
}
