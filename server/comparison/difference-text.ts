import { kindText } from '../texts/kind-text.js';
import { quote, type Text, text } from '../texts/text.js';
import type { Difference, ResultExample } from './difference.js';
import { formOf, formText } from './forms.js';
import { resultWords } from './side-words.js';

/** A sentence names at most this many scopes. */
const maxScopes = 4;
/** Longer examples are cut, in characters. */
const maxExample = 100;

/** A value as a sentence shows it: JSON, cut if it is long. Strings that need no quotes have none. */
export function exampleText(value: unknown): string {
  const isPlain = typeof value === 'string' && /^[^\s"]+$/.test(value);
  const written = isPlain ? value : (JSON.stringify(value) ?? '');
  return written.length > maxExample ? `${written.slice(0, maxExample - 1)}…` : written;
}

/** A difference as a sentence, with its example. */
export function differenceText(difference: Difference): Text {
  const place = difference.place ?? '';
  const platform = exampleText(difference.platform);
  const emulator = exampleText(difference.emulator);
  switch (difference.code) {
    case 'path-unknown':
      return text('difference-path-unknown', { place });
    case 'result-code-unknown':
    case 'result-code':
      return text(`difference-${difference.code}`, {
        platform: resultText(difference.platform),
        emulator: resultText(difference.emulator),
      });
    case 'result-status':
      return text('difference-result-status', {
        code: difference.platform.resultCode ?? '',
        platform: difference.platform.resultStatus ?? text('nothing-sent'),
        emulator: difference.emulator.resultStatus ?? text('nothing-sent'),
      });
    case 'result-message':
      return text('difference-result-message', {
        platform: exampleText(difference.platform.resultMessage),
        emulator: exampleText(difference.emulator.resultMessage),
      });
    case 'response-field-missing':
    case 'header-missing':
      return text(`difference-${difference.code}`, { place, emulator });
    case 'response-field-extra':
    case 'header-extra':
      return text(`difference-${difference.code}`, { place, platform });
    case 'response-field-type':
      return text('difference-response-field-type', {
        place,
        platform,
        emulator,
        platformKind: kindText(difference.platform),
        emulatorKind: kindText(difference.emulator),
      });
    case 'response-field-form':
      return text('difference-response-field-form', {
        place,
        platform,
        emulator,
        platformForm: formText(formOf(difference.platform)),
        emulatorForm: formText(formOf(difference.emulator)),
      });
    case 'response-field-length':
      return text('difference-response-field-length', {
        place,
        platform: difference.platform.length,
        emulator: difference.emulator.length,
      });
    case 'array-order':
      return text('difference-array-order', { place, platform: difference.platform, emulator: difference.emulator });
    case 'scope-reads':
      return readsText(difference, place);
    case 'refresh-old-pair':
      return text(difference.platform ? 'difference-old-works' : 'difference-old-ended', { place });
    case 'request-field-refused':
      return text('difference-request-field-refused', {
        place,
        platform: sentText(difference.platform),
        emulator: difference.reason,
      });
    case 'request-field-accepted':
      return text('difference-request-field-accepted', {
        place,
        platform: difference.platform ?? text('nothing-sent'),
        emulator: sentText(difference.emulator),
      });
    case 'header-value':
    case 'lifetime':
      return text(`difference-${difference.code}`, { place, platform, emulator });
    case 'http-status':
    case 'header-case':
      return text(`difference-${difference.code}`, { platform, emulator });
    case 'signature-missing':
      return text('difference-signature-missing', { side: sideText(place), emulator });
    case 'signature-unverified':
      return text('difference-signature-unverified', { side: sideText(place), emulator: templateText(difference.emulator) });
    case 'signature-encoding':
    case 'signature-algorithm':
      return text(`difference-${difference.code}`, { side: sideText(place), platform, emulator });
    case 'signature-content':
      return text('difference-signature-content', {
        side: sideText(place),
        platform: templateText(difference.platform),
        emulator: templateText(difference.emulator),
      });
  }
}

function resultText(result: ResultExample): Text {
  return result.resultCode === undefined ? text('nothing-sent') : quote(resultWords(result));
}

function readsText({ platform, emulator, scopes: all = [] }: Difference, place: string): Text {
  const scopes = all.length > maxScopes ? [...all.slice(0, maxScopes), '…'] : all;
  return emulator === undefined
    ? text('difference-scope-reads-extra', { place, scopes, platform: exampleText(platform) })
    : text('difference-scope-reads-missing', { place, scopes, emulator: exampleText(emulator) });
}

/** A value of a request, which may be absent. */
function sentText(value: unknown): Text {
  return value === undefined ? text('nothing-sent') : quote(exampleText(value));
}

/** A template in one line: line feeds are written as `\\n`. */
function templateText(template: string): string {
  return JSON.stringify(template).slice(1, -1);
}

function sideText(place: string): Text {
  return text(place === 'request' ? 'side-request' : 'side-response');
}
