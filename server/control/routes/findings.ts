import Type, { type Static } from 'typebox';
import { findingCodes } from '../../engine/finding-codes.js';
import { gatherFindings } from '../../journal/findings.js';
import { Instant } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const Finding = Type.Object({
  code: Type.Enum(findingCodes, { examples: ['auth-code-reused'] }),
  message: Type.String({ description: 'what it means and what to do; for a signature, what was wrong in the newest call' }),
  title: Type.String(),
  explanation: Type.String({ description: 'what it means, and why it matters' }),
  whatToDo: Type.String(),
  rule: Type.String({ description: 'where the rule comes from' }),
  count: Type.Integer(),
  firstSeen: Instant,
  lastSeen: Instant,
  entries: Type.Array(Type.String(), { description: 'ids of journal entries, newest first' }),
});
const Findings = Type.Object({ findings: Type.Array(Finding) }, { description: 'The most recently seen comes first' });

export const findings: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'listFindings',
    tags: ['journal'],
    summary: 'The mistakes of the integration',
    response: responses(200, Findings),
  };
  app.get('/_emulator/findings', { schema }, async ({ tenant }) => ({
    findings: presentFindings(tenant),
  }));
};

export function presentFindings({ journal }: Tenant): Static<typeof Finding>[] {
  return gatherFindings(journal.list()).map((finding) => ({
    ...finding,
    firstSeen: formatInstant(finding.firstSeen),
    lastSeen: formatInstant(finding.lastSeen),
  }));
}
