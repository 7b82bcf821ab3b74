/** Problems of a recording: a HAR file, or a folder of raw HTTP. */
export const recordingTexts = {
  'har-not-json': 'expected a HAR file, which is JSON: {problem}',
  'har-without-entries': 'expected a HAR file: the JSON has no list log.entries',
  'recording-empty': 'the recording has no HTTP call',
  'exchange-without-request': 'expected a request line such as "POST /v2/… HTTP/1.1", found {found}',
  'exchange-without-host': 'the request line has a path, and no header Host says which server it was sent to',
  'exchange-line-wrong': 'line {line} is no header: expected "Name: value", and a blank line before the body; found {found}',
  'recording-folder-empty': 'expected files that end in .http, but the folder has none',
  'recording-folder-full': 'expected at most {max} files that end in .http, but the folder has {count}',
  'recording-folder-large': 'expected at most {max} MB in all files, but they have {size} MB',
} as const;
