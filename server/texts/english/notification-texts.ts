/** Sentences about notifications to merchants. */
export const notificationTexts = {
  'try-accepted': 'try {tries}: {result}',
  'try-failed': "try {tries}: {result}; the next try is due in {minutes} min of the emulator's time",
  'try-failed-last': 'try {tries}: {result}; this was the last try',
  'notification-accepted': 'the merchant accepted it',
  'notification-signature-wrong': '{result}; its answer has a signature that does not verify (an answer need not be signed)',
  'answer-too-long': "the merchant's answer is longer than {max} KiB",
  'no-answer-in-time': 'the merchant did not answer within {seconds} s',
  unreachable: 'the merchant could not be reached: {problem}',
  'answer-status': 'the merchant answered HTTP {status}: expected 200',
  'answer-without-status': "the merchant's answer has no result.resultStatus: expected {expected}",
  'answer-other-status': "the merchant's answer says {status}: expected {expected}",
} as const;
