package main

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

var clientID = os.Getenv("BILLETERA_CLIENT_ID")
var resultCode = regexp.MustCompile(`"resultCode":\s*"(\w+)"`)

// call sends a signed call and checks that the platform signed its answer.
func call(path string, fields any) ([]byte, error) {
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	at := time.Now().UTC().Format(time.RFC3339)
	signature, err := rsa.SignPKCS1v15(nil, privateKey(), crypto.SHA256, digest(path, at, body))
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest("POST", os.Getenv("BILLETERA_URL")+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json; charset=UTF-8")
	request.Header.Set("Client-Id", clientID)
	request.Header.Set("Request-Time", at)
	request.Header.Set("Signature", "algorithm=RSA256, keyVersion=1, signature="+
		url.QueryEscape(base64.StdEncoding.EncodeToString(signature)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}

	// An error has no body: a body has tokens, and the browser may show the error.
	result := "HTTP " + response.Status
	if code := resultCode.FindSubmatch(answer); code != nil {
		result += " " + string(code[1])
	}
	_, escaped, signed := strings.Cut(response.Header.Get("Signature"), "signature=")
	if !signed {
		return nil, errors.New(result + ": the answer has no signature")
	}
	plain, err := url.QueryUnescape(escaped)
	if err != nil {
		return nil, err
	}
	sent, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		return nil, err
	}
	if rsa.VerifyPKCS1v15(platformKey(), crypto.SHA256, digest(path, response.Header.Get("Response-Time"), answer), sent) != nil {
		return nil, errors.New(result + ": the platform did not sign this answer")
	}
	return answer, nil
}

func digest(path, at string, body []byte) []byte {
	sum := sha256.Sum256(append([]byte("POST "+path+"\n"+clientID+"."+at+"."), body...))
	return sum[:]
}

func privateKey() *rsa.PrivateKey {
	text, err := os.ReadFile(os.Getenv("BILLETERA_PRIVATE_KEY_FILE"))
	check(err)
	block, _ := pem.Decode(text)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	check(err)
	return key.(*rsa.PrivateKey)
}

func platformKey() *rsa.PublicKey {
	der, err := base64.StdEncoding.DecodeString(os.Getenv("BILLETERA_PLATFORM_PUBLIC_KEY"))
	check(err)
	key, err := x509.ParsePKIXPublicKey(der)
	check(err)
	return key.(*rsa.PublicKey)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	answer, err := call("/v2/authorizations/applyToken", map[string]string{"grantType": "AUTHORIZATION_CODE", "authCode": os.Args[1]})
	check(err)
	fmt.Println(string(answer))
}
