/** Sentences about calls that are recorded, and why one got no answer. */
export const recorderTexts = {
  'platform-unreachable': '{origin} gave no answer: {problem}. {whatToDo}',
  'platform-unreachable-by-proxy': '{origin} gave no answer through the proxy {proxy}: {problem}. {whatToDo}',
  'unreachable-refused': 'Nothing listens there: check the address and the port',
  'unreachable-name': 'Check the address, and set HTTPS_PROXY if this network needs a proxy',
  'unreachable-closed': 'Send the call again',
  'unreachable-other-host': 'Check the address',
  'unreachable-expired': 'Check the clock of this machine',
  'unreachable-protocol': 'Check the port, or write the address with http://',
  'unreachable-authority': "Name the authority's certificate with --ca",
  'unreachable-network': 'Check the address, the network and the proxy (HTTPS_PROXY, NO_PROXY)',
  'proxy-refuses': 'the proxy answered HTTP {status} instead of opening a connection: check HTTPS_PROXY and NO_PROXY',
  'platform-silent': 'the platform sent nothing for {seconds} s: send the call again later',
  'platform-answer-too-long': "the platform's answer is longer than {max} MB",
  'recorded-answer': 'the platform answered {code}',
  'recorded-answer-status': 'the platform answered HTTP {status}',
  'recorded-notification': "the platform's notification was passed on to {url}, which answered HTTP {status}",
  'recording-not-kept': '{reason}; this call is not in the recording: {problem}',
  'recording-exists': 'the file exists, and a recording never replaces one; choose another name with --out',
  'recording-full': 'the recording has {max} MB, and a larger one cannot be read: start another one',
  'signature-both-accept': 'The platform accepted the signature of the request, and it verifies here too.',
  'signature-both-refuse': 'The platform refused the signature of the request, and it does not verify here either.',
  'signature-only-platform-accepts': 'The platform accepted the signature of the request, but it does not verify here.',
  'signature-only-platform-refuses':
    'The platform refused the signature of the request, but it verifies here: the platform may have another key of the client.',
  'signature-accepted-unchecked':
    'The platform accepted the request. Its signature was not checked here: register the client with its publicKey in clients.json.',
  'signature-refused-unchecked':
    'The platform refused the signature of the request. It was not checked here: register the client with its publicKey in clients.json.',
  'signature-verdict-unknown': 'The answer does not tell if the platform accepted the signature of the request.',
  'answer-verifies':
    "The signature of the answer verifies with the platform's public key: algorithm {algorithm}, encoding {encoding}.",
  'answer-verifies-otherwise':
    "The signature of the answer verifies with the platform's public key: algorithm {algorithm}, encoding {encoding}. It covers {content}, but the profile says {expected}.",
  'answer-does-not-verify':
    'The signature of the answer does not verify with the given public key over any known content: algorithm {algorithm}, encoding {encoding}.',
  'answer-unchecked':
    'The signature of the answer was not checked: start with --platform-public-key. Its algorithm is {algorithm}, its encoding {encoding}.',
  'answer-unsigned': 'The answer has no signature.',
  'emulator-answers-same': 'The emulator would have answered {code} too.',
  'emulator-answers-otherwise': 'The emulator would have answered {code}: {reason}',
  'unsigned-accepted': 'The request has no signature, and the platform accepted it.',
  'unsigned-not-accepted': 'The request has no signature.',
} as const;
