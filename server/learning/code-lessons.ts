import type { Static } from 'typebox';
import type { Difference, DifferenceOf } from '../comparison/difference.js';
import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Code, ProfileSource } from '../profiles/schema.js';
import { type Text, text } from '../texts/text.js';
import type { Lesson } from './lesson.js';

type Status = Static<typeof Code>['status'];
const statuses: readonly string[] = ['S', 'F', 'U', 'A'];

export const learnResultCode: Lesson<'result-code-unknown' | 'result-code'> = (source, difference, all) => {
  const { resultCode, resultStatus } = difference.platform;
  if (resultCode === undefined) return text('unlearned-no-result');
  const outcome = outcomeOf(difference);
  if (outcome === 'parameter-illegal' && all.some((other) => isRefusedField(other, difference)))
    return text('unlearned-after-request', { code: resultCode });
  if (outcome === undefined || succeeds(difference.platform) !== (outcome === 'done')) {
    addScenarioCode(source, resultCode, resultStatus);
    return text('unlearned-outcome', { code: resultCode });
  }
  const others = otherOutcomes(source, resultCode, outcome);
  if (others.length > 0) return text('unlearned-other-outcome', { code: resultCode, outcomes: others, outcome });
  const [usual] = sameOutcome(difference, all);
  if (usual !== undefined && usual.platform.resultCode !== resultCode) {
    addScenarioCode(source, resultCode, resultStatus);
    return text('unlearned-second-code', { code: resultCode, usual: usual.platform.resultCode ?? '', outcome });
  }
  return setCode(source, outcome, { code: resultCode, status: resultStatus });
};

export const learnResultStatus: Lesson<'result-status'> = (source, difference) => {
  const outcome = outcomeOf(difference);
  const { resultStatus } = difference.platform;
  if (outcome === undefined || resultStatus === undefined) return text('unlearned-no-result');
  return setCode(source, outcome, { status: resultStatus });
};

export const learnResultMessage: Lesson<'result-message'> = (source, { platform: { resultMessage } }) => {
  if (resultMessage === undefined) return text('unlearned-no-result');
  source.codes.done = { ...codeOf(source, 'done'), message: resultMessage };
  return undefined;
};

/** A request that the profile cannot read shows nothing of its answer. Once it can, the next comparison does. */
function isRefusedField({ code, operation }: Difference, { operation: own }: CodeDifference): boolean {
  return code === 'request-field-refused' && operation === own;
}

function outcomeOf({ emulator }: { emulator: { outcome?: string } }): OutcomeName | undefined {
  return outcomeNames.find((name) => name === emulator.outcome);
}

function succeeds({ resultStatus }: { resultStatus?: string }): boolean {
  return resultStatus === 'S';
}

/** The outcomes that have a code already, and are not about the same kind of code or token. The call has probably another reason then. */
function otherOutcomes({ codes }: ProfileSource, code: string, outcome: OutcomeName): OutcomeName[] {
  const kind = outcome.replace(/-(unknown|used|expired)$/, '');
  const owners = outcomeNames.filter((name) => codes[name]?.code === code);
  return owners.some((name) => name.startsWith(`${kind}-`) || name === outcome) ? [] : owners;
}

type CodeDifference = DifferenceOf<'result-code-unknown' | 'result-code'>;

/** The differences of the same outcome, the one that occurs most often first. A profile has one code for an outcome. */
function sameOutcome(difference: CodeDifference, all: readonly { code: string }[]): CodeDifference[] {
  return (all as readonly CodeDifference[])
    .filter(({ code }) => code === 'result-code-unknown' || code === 'result-code')
    .filter(({ platform, emulator }) => emulator.outcome === difference.emulator.outcome && platform.resultCode !== undefined)
    .filter(({ platform }) => succeeds(platform) === succeeds(difference.platform))
    .sort((one, other) => other.exchanges.length - one.exchanges.length);
}

function setCode(
  source: ProfileSource,
  outcome: OutcomeName,
  changes: { code?: string; status?: string | undefined },
): Text | undefined {
  const { code = codeOf(source, outcome).code, status = codeOf(source, outcome).status } = changes;
  if (!statuses.includes(status)) return text('unlearned-status', { status });
  source.codes[outcome] = { ...codeOf(source, outcome), code, status: status as Status };
  // A code of `codes` is not a code of scenarios only.
  if (source.scenarioCodes !== undefined) delete source.scenarioCodes[code];
  return undefined;
}

/** A code that no outcome has can still be sent by a scenario. */
function addScenarioCode(source: ProfileSource, code: string, status = 'F'): void {
  const isKnown = outcomeNames.some((name) => name === code || codeOf(source, name).code === code);
  if (!isKnown && statuses.includes(status))
    source.scenarioCodes = { ...source.scenarioCodes, [code]: { status: status as Status } };
}

function codeOf({ codes }: ProfileSource, outcome: OutcomeName): Static<typeof Code> {
  return codes[outcome] as Static<typeof Code>;
}
