import Type from 'typebox';
import { gatherFindings } from '../../journal/findings.js';
import { Instant } from '../../schemas/common.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const Finding = Type.Object({
  code: Type.String({ examples: ['auth-code-reused'] }),
  message: Type.String({ description: 'what it means, and what to do' }),
  count: Type.Integer(),
  firstSeen: Instant,
  lastSeen: Instant,
  entries: Type.Array(Type.String(), { description: 'ids of journal entries, newest first' }),
});
const Findings = Type.Object({ findings: Type.Array(Finding) }, { description: 'The one seen last ahead' });

export const findings: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'listFindings',
    tags: ['journal'],
    summary: "The integration's mistakes that were noticed",
    response: responses(200, Findings),
  };
  app.get('/_emulator/findings', { schema }, async ({ tenant }) => ({
    findings: gatherFindings(tenant.journal.list()).map((finding) => ({
      ...finding,
      firstSeen: formatInstant(finding.firstSeen),
      lastSeen: formatInstant(finding.lastSeen),
    })),
  }));
};
