/** The reasons why no data can close a difference. */
export const learningTexts = {
  'learned-file-name':
    'the name of the file is the wallet’s name, and expected is a .json file with lower-case letters, digits and hyphens, such as {example}',
  'learned-name-taken':
    'a wallet is named {name} already, and a profile cannot extend itself; choose another name, such as {example}',
  'unlearned-path':
    'the path {path} looks like no operation of the profile, so nothing says what it does: add an operation for it',
  'unlearned-path-taken': 'the profile has the path {path} already, for {operation}',
  'unlearned-no-result': 'the answer has no result that a profile could have',
  'unlearned-outcome': 'the emulator has no reason to answer with {code}: only a scenario can send it',
  'unlearned-after-request': 'the profile refuses a field of the request, so nothing tells what {code} is for',
  'unlearned-other-outcome':
    'the profile has {code} for {outcomes}; if the platform means that, the reason is in the request, and if not, change the code of {outcome} by hand',
  'unlearned-second-code': 'the profile has one code for {outcome}, which is {usual} now: only a scenario can send {code}',
  'unlearned-status': 'a result status is S, F, U or A, and not {status}',
  'unlearned-encoding': 'a profile cannot have the encoding {encoding}',
  'unlearned-answer-encoding': 'the emulator answers in the encoding of the request, and the platform always in {encoding}',
  'unlearned-algorithm': 'a profile cannot have {algorithm} as the name of an algorithm',
  'unlearned-hash': 'the emulator signs and verifies with SHA-256, whatever the profile says, and the platform uses {hash}',
  'unlearned-lifetime': 'a profile has no such lifetime: {platform}',
  'unlearned-old-refresh-token': 'a refresh token works once in the emulator, whatever the profile says',
  'unlearned-place': 'no field of the profile fills {place}',
  'unlearned-items': 'the whole items of {place} come from the user',
  'unlearned-literal': 'a profile cannot have the value of {place}',
  'unlearned-form':
    'a profile changes the form of a value with converters, such as time, epoch-ms, mask and text, and none of them writes {place} as the platform does',
  'unlearned-other-name':
    '{place} may be data of the user under another name, which is never a constant of a profile: name the scopes that the user agreed to with --scopes, and it is recognized',
  'unlearned-of-user':
    '{place} has data of the user, which is never a constant of a profile: add the field by hand, with a variable such as $user.nickName',
  'unlearned-one-user':
    'the recording has {place} of one user only, and data of a user is never a constant of a profile: record a second user, or add the field by hand',
  'unlearned-varies': 'the answers have different values of {place}, and a constant would be wrong: add the field by hand',
  'unlearned-order': 'the profile does not build the list of {place} from its members, so it cannot order them',
  'unlearned-length':
    'the length of {place} ({length} characters) is not in a profile: it is that of a code or token between 22 and 128 characters, or comes from the users',
  'unlearned-limit': 'the recording does not show which values of {place} the platform accepts',
  'unlearned-grant-type': '{place} decides what an exchange does, and the emulator knows no {sent}',
  'unlearned-header': 'the header {place} is not in a profile',
  'unlearned-not-in-profile': 'a profile does not have the headers of an answer: they belong to the server that sends them',
  'unlearned-unsigned': 'the emulator signs every answer; a scenario with the fault no-signature leaves the signature out',
  'unlearned-content': 'the content that is signed is unknown, so no template can be written',
  'unlearned-http-status': 'the emulator answers every OpenAPI call with HTTP 200; a scenario can send another status',
  'unlearned-invalid': 'the profile would not be valid: {problem}',
  'unlearned-again': 'what was learned did not close it',
} as const;
