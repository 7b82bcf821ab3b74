import { similarity } from '../profiles/suggest-name.js';
import type { Answers } from './answers.js';
import { isBetweenUsers } from './between-users.js';
import { byForm, type CompareStrings, compareValues, type ValueFinding } from './compare-values.js';
import type { Finding } from './finding.js';
import { formOf } from './forms.js';
import { isAlike } from './is-alike.js';
import { parentOf } from './leaves.js';
import { type ResponsePlaces, responsePlaces } from './response-tree.js';

const tokenVariables = new Set(['authCode', 'accessToken', 'refreshToken']);
/** The result has differences of its own. */
const resultFields = new Set(['resultCode', 'resultStatus', 'resultMessage'].map((name) => `response.result.${name}`));

/** Compares the bodies of two answers by their fields, and not by their values. */
export function compareBodies(answers: Answers): Finding[] {
  const { platform, emulator, profile, operation } = answers;
  const places = responsePlaces(profile.source, operation.name);
  const findings = compareValues('response', platform, emulator, stringsOf(places));
  return findings
    .filter((finding) => !(resultFields.has(finding.place) && finding.kind !== 'type'))
    .filter((finding) => answers.answer.isSameUser || hasNewName(finding, findings) || !isBetweenUsers(finding, answers))
    .map((finding) => asFinding(finding, answers, places));
}

/** Names that are less alike are those of different fields. From 0 to 1. */
const leastSimilarity = 0.5;

/** Returns true for a missing field if a field beside it, which only the platform sends, has a similar name and a value of the same kind. */
function hasNewName(missing: ValueFinding, findings: readonly ValueFinding[]): boolean {
  if (missing.kind !== 'missing') return false;
  const { parent, key } = parentOf(missing.place);
  return findings.some(({ kind, place, platform }) => {
    const other = parentOf(place);
    const isBeside = kind === 'extra' && other.parent === parent && isAlike(platform, missing.emulator);
    return isBeside && similarity(key, other.key) >= leastSimilarity;
  });
}

/** A code or token is compared by its length, unless it is a JWT. */
function stringsOf({ variables }: ResponsePlaces): CompareStrings {
  return (place, platform, emulator) => {
    if (!tokenVariables.has(variables.get(place) ?? '')) return byForm(place, platform, emulator);
    const kinds = [formOf(platform).kind, formOf(emulator).kind];
    if (kinds.includes('jwt')) return kinds[0] === kinds[1] ? undefined : 'form';
    return platform.length === emulator.length ? undefined : 'length';
  };
}

function asFinding(finding: ValueFinding, { operation, answer }: Answers, { isOfUser }: ResponsePlaces): Finding {
  const isUsers = isOfUser(finding.place);
  const shown = { operation: operation.name, place: finding.place, ...(isUsers && { scopes: answer.scopes }) };
  const { platform, emulator } = finding;
  switch (finding.kind) {
    case 'missing':
      return { code: isUsers ? 'scope-reads' : 'response-field-missing', ...shown, platform: undefined, emulator };
    case 'extra':
      return { code: isUsers ? 'scope-reads' : 'response-field-extra', ...shown, platform, emulator: undefined };
    case 'type':
      return { code: 'response-field-type', ...shown, platform, emulator };
    case 'form':
    case 'length':
      return { code: `response-field-${finding.kind}`, ...shown, platform: finding.platform, emulator: finding.emulator };
    case 'order':
      return { code: 'array-order', ...shown, platform: finding.platform, emulator: finding.emulator };
  }
}
