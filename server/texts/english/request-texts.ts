/** Problems of a request that somebody pastes to have its signature checked. */
export const requestTexts = {
  'request-empty': 'the text is empty: paste a curl command, a raw HTTP request, headers with the body, or a HAR file',
  'shell-value-unknown': 'line {line}: the text does not have the value of {what}: put the value in its place',
  'shell-quote-open': 'line {line}: the quote {quote} is not closed',
  'curl-for-cmd': 'the command is written for cmd.exe: copy the request as curl for bash',
  'curl-file': '{option} reads a file, which is not in the text: put its content in its place',
  'curl-value-missing': 'the option {option} has no value',
  'curl-option-refused': 'the option {option} is not supported: use -X, -H, --data-raw and the address',
  'curl-without-address': 'the command has no address',
  'header-line-wrong': 'line {line} is no header: expected "Name: value", and a blank line before the body; found {found}',
  'request-json-broken': 'the text begins with a brace, so it should be a HAR file, and it is not valid JSON: {problem}',
  'request-json-not-har':
    'the JSON is not a HAR file: expected log.entries, or one of its entries. To check a body, paste its headers before it',
  'har-without-signature': 'none of the {count} requests has a Signature header',
  'har-too-long': '{count} requests have a signature: expected at most {max}',
  'request-of-other-wallet':
    'no operation of {wallet} has this signature: the text has no path, so write the request line first, such as "POST /v2/…"',
  'shortened-in-text':
    'the body has a code or token that was shortened (…): if your server signed the whole one, paste the request as your server sent it',
  'request-form-unknown':
    'the text is no HTTP request: paste a curl command, a raw HTTP request, headers with the body, or a HAR file',
} as const;
