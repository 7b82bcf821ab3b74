/** The differences between a platform and a profile. */
export const comparisonTexts = {
  'difference-path-unknown': 'the platform answers the path {place}, which the profile does not have',
  'difference-http-status': 'the platform answers with HTTP {platform}, and the emulator with HTTP {emulator}',
  'difference-result-code-unknown':
    'the platform answers with {platform}, a result code that the profile does not have; the emulator answers with {emulator}',
  'difference-result-code': 'the platform answers with {platform}, and the emulator with {emulator}',
  'difference-result-status': '{code} has the status {platform} on the platform, and {emulator} in the profile',
  'difference-result-message': 'the message of a success is {platform} on the platform, and {emulator} in the profile',
  'difference-response-field-missing': 'the platform does not send {place}; the emulator sends {emulator}',
  'difference-response-field-extra': 'the platform sends {place}, which the profile does not have: {platform}',
  'difference-response-field-type':
    '{place} is {platformKind} on the platform ({platform}), and {emulatorKind} in the profile ({emulator})',
  'difference-response-field-form':
    '{place} has another form: {platformForm} on the platform ({platform}), {emulatorForm} in the profile ({emulator})',
  'difference-response-field-length': '{place} has {platform} characters on the platform, and {emulator} in the profile',
  'difference-array-order': '{place} has the order {platform} on the platform, and {emulator} in the profile',
  'difference-scope-reads-extra': 'the platform sends {place} for {scopes}, and the profile reads no such field: {platform}',
  'difference-scope-reads-missing': 'the platform does not send {place} for {scopes}, which the profile reads: {emulator}',
  'difference-lifetime': 'the lifetime of the {place} is {platform} on the platform, and {emulator} in the profile',
  'difference-old-works': 'after a refresh, the old {place} still works on the platform, and not in the profile',
  'difference-old-ended': 'after a refresh, the old {place} no longer works on the platform, and still works in the profile',
  'difference-request-field-refused':
    'the platform accepts {place} as it is here ({platform}), and the profile refuses it: {emulator}',
  'difference-request-field-accepted':
    'the platform refuses {place} as it is here ({emulator}), and the profile accepts it: {platform}',
  'difference-header-missing': 'the platform does not send the header {place}; the emulator sends {emulator}',
  'difference-header-extra': 'the platform sends the header {place}, which the emulator does not send: {platform}',
  'difference-header-case': 'the platform writes the header as {platform}, and the emulator as {emulator}',
  'difference-header-value': 'the header {place} is {platform} on the platform, and {emulator} in the emulator',
  'difference-signature-missing': 'the {side} has no signature on the platform; the emulator signs it with {emulator}',
  'difference-signature-encoding':
    'the signature of the {side} is encoded as {platform} on the platform, and as {emulator} in the profile',
  'difference-signature-algorithm':
    'the algorithm in the signature of the {side} is called {platform} on the platform, and {emulator} in the profile',
  'difference-signature-content': 'the signature of the {side} covers {platform} on the platform, and {emulator} in the profile',
  'difference-signature-unverified':
    'the signature of the {side} does not verify with the given key: neither over {emulator}, as in the profile, nor over a content that others sign',
  'no-wallet-call':
    'no call of this recording looks like a call to {wallet}, such as POST {path}: calls in it: {count}, such as {seen}',
  'no-answered-call':
    'the platform answered none of the {count} calls to a wallet in this recording: record again when it can be reached',
  'recording-not-given': 'no recording: choose a file, or paste its content',
  'recording-too-long': 'the recording has {count} calls, and this page compares at most {max}: use npx billetera compare',
  'recording-masked':
    'the recorder replaced values in this file, so its bytes are not those that were signed: its own findings about the signatures count, and not the given key',
  'recording-masked-without-key':
    'the recorder replaced values in this file, and had no key that verified a signature, so what the signatures cover is not compared: record again with --platform-public-key',
  'side-request': 'request',
  'side-response': 'response',
  'nothing-sent': 'nothing',

  'form-time': 'a time {offset}',
  'form-time-fraction': 'a time {offset}, and with a fraction of {digits} digits',
  'form-offset': 'with the offset {offset}',
  'form-no-offset': 'without an offset',
  'form-epoch-ms': 'milliseconds since the epoch',
  'form-epoch-s': 'seconds since the epoch',
  'form-date': 'a date as {pattern}',
  'form-masked': 'masked',
  'form-hash-lower': 'a hash of {digits} digits in lower case',
  'form-hash-upper': 'a hash of {digits} digits in capitals',
  'form-jwt': 'a JWT',
  'form-address': 'a web address',
  'form-mail': 'a mail address',
  'form-phone': 'a number with +',
  'form-digits': 'digits',
  'form-json': 'JSON as text',
  'form-letter': 'a capital letter',
  'form-two-letters': 'two capital letters',
  'form-word': 'a word',
  'form-word-upper': 'a word in capitals',
  'form-word-lower': 'a word in lower case',
  'form-text': 'a text of no special form',
} as const;
