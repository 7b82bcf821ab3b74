// A merchant's client in Go, with the standard library only.
//
// It exchanges one authCode for tokens and checks that the platform signed the response. README.md lists the environment variables.
package main

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

func write(signature []byte, encoding string) string {
	if encoding == "base64url" {
		return base64.RawURLEncoding.EncodeToString(signature)
	}
	return url.QueryEscape(base64.StdEncoding.EncodeToString(signature))
}

// read rejects the other encoding, as the wallets' own libraries do.
func read(value, encoding string) ([]byte, error) {
	if encoding == "base64url" {
		return base64.RawURLEncoding.DecodeString(value)
	}
	plain, err := url.PathUnescape(value)
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(plain)
}

func hashToSign(path, clientID, at string, body []byte) []byte {
	hash := sha256.New()
	fmt.Fprintf(hash, "POST %s\n%s.%s.", path, clientID, at)
	hash.Write(body)
	return hash.Sum(nil)
}

func pemBytes(file string) []byte {
	text, err := os.ReadFile(file)
	check(err)
	block, _ := pem.Decode(text)
	if block == nil {
		log.Fatalf("%s: expected PEM", file)
	}
	return block.Bytes
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	path, clientID, encoding := os.Getenv("API_PATH"), os.Getenv("CLIENT_ID"), os.Getenv("SIGNATURE_ENCODING")
	body, err := json.Marshal(map[string]string{
		"appId":                      os.Getenv("APP_ID"),
		os.Getenv("CLIENT_ID_FIELD"): clientID,
		"grantType":                  "AUTHORIZATION_CODE",
		"authCode":                   os.Getenv("AUTH_CODE"),
	})
	check(err)
	privateKey, err := x509.ParsePKCS8PrivateKey(pemBytes(os.Getenv("PRIVATE_KEY")))
	check(err)
	at := time.Now().Format(time.RFC3339)
	signature, err := rsa.SignPKCS1v15(rand.Reader, privateKey.(*rsa.PrivateKey), crypto.SHA256, hashToSign(path, clientID, at, body))
	check(err)

	request, err := http.NewRequest(http.MethodPost, os.Getenv("BASE_URL")+path, bytes.NewReader(body))
	check(err)
	request.Header.Set("Content-Type", "application/json; charset=UTF-8")
	request.Header.Set("Client-Id", clientID)
	request.Header.Set("Request-Time", at)
	request.Header.Set("Signature", "algorithm=RSA256, keyVersion=1, signature="+write(signature, encoding))
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	check(err)

	pairs := map[string]string{}
	for _, pair := range strings.Split(response.Header.Get("signature"), ",") {
		parts := strings.SplitN(strings.TrimSpace(pair), "=", 2)
		if len(parts) == 2 {
			pairs[parts[0]] = parts[1]
		}
	}
	sent, err := read(pairs["signature"], encoding)
	check(err)
	platformKey, err := x509.ParsePKIXPublicKey(pemBytes(os.Getenv("PLATFORM_KEY")))
	check(err)
	hash := hashToSign(path, response.Header.Get("client-id"), response.Header.Get("response-time"), answer)
	if err := rsa.VerifyPKCS1v15(platformKey.(*rsa.PublicKey), crypto.SHA256, hash, sent); err != nil {
		log.Fatalf("the answer is not the platform's: %v", err)
	}
	var fields struct {
		Result     struct{ ResultCode string }
		CustomerID string `json:"customerId"`
	}
	check(json.Unmarshal(answer, &fields))
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"resultCode": fields.Result.ResultCode,
		"customerId": fields.CustomerID,
		"verified":   true,
	}))
}
