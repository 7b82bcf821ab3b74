import { callTexts } from './call-texts.js';
import { changeTexts } from './change-texts.js';
import { comparisonTexts } from './comparison-texts.js';
import { fieldTexts } from './field-texts.js';
import { fileTexts } from './file-texts.js';
import { jsapiTexts } from './jsapi-texts.js';
import { jsonFormTexts } from './json-form-texts.js';
import { learningTexts } from './learning-texts.js';
import { notificationTexts } from './notification-texts.js';
import { playgroundTexts } from './playground-texts.js';
import { profileTexts } from './profile-texts.js';
import { recordTexts } from './record-texts.js';
import { recorderTexts } from './recorder-texts.js';
import { recordingTexts } from './recording-texts.js';
import { requestTexts } from './request-texts.js';
import { ruledOutTexts } from './ruled-out-texts.js';
import { scenarioTexts } from './scenario-texts.js';
import { schemaTexts } from './schema-texts.js';
import { signatureTexts } from './signature-texts.js';
import { storageTexts } from './storage-texts.js';
import { systemTexts } from './system-texts.js';
import { tokenTexts } from './token-texts.js';

/** The English text of each sentence, by its code. `{name}` stands for a value. */
export const english = {
  quoted: '{words}',
  ...tokenTexts,
  ...callTexts,
  ...comparisonTexts,
  ...learningTexts,
  ...fieldTexts,
  ...jsapiTexts,
  ...changeTexts,
  ...notificationTexts,
  ...jsonFormTexts,
  ...signatureTexts,
  ...ruledOutTexts,
  ...scenarioTexts,
  ...recordTexts,
  ...playgroundTexts,
  ...recordingTexts,
  ...recorderTexts,
  ...requestTexts,
  ...storageTexts,
  ...schemaTexts,
  ...profileTexts,
  ...fileTexts,
  ...systemTexts,
} as const;
