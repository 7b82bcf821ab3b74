import Type, { type Static } from 'typebox';
import { PresentedEntry } from '../../journal/entry.js';
import { presentEntry } from '../../journal/present.js';
import { Dictionary, Instant } from '../../schemas/common.js';
import { authorizationStates } from '../../tenants/authorization-state.js';
import { Settings } from '../../tenants/settings.js';
import type { Tenant } from '../../tenants/tenant.js';
import { downloadName } from '../download-name.js';
import { hidePersonalData } from '../hide-personal-data.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';
import { Authorization, presentAuthorization } from './authorizations.js';
import { Clock, presentClock } from './clock.js';
import { Finding, presentFindings } from './findings.js';
import { presentScenario, Running } from './scenarios.js';
import { presentSettings } from './settings.js';

/** The version of the format. */
const reportVersion = 1;

export const Report = Type.Object(
  {
    report: Type.Literal(reportVersion, { description: 'the version of the format' }),
    version: Type.String({ description: "the emulator's version" }),
    node: Type.String({ description: 'the version of Node' }),
    platform: Type.String({ description: 'the operating system and the processor' }),
    takenAt: Instant,
    tenant: Type.String(),
    settings: Settings,
    clock: Clock,
    scenarios: Type.Array(Running),
    findings: Type.Array(Finding),
    authorizations: Type.Array(Authorization, { description: 'newest first' }),
    entries: Type.Array(PresentedEntry, { description: 'the journal, newest first' }),
    profile: Dictionary(Type.Unknown(), { description: "the wallet's profile" }),
  },
  { description: 'Everything that a developer needs to see what a tester saw' },
);

export const report: ControlPlugin = async (app, { version }) => {
  const schema = {
    operationId: 'takeReport',
    tags: ['emulator'],
    summary: 'A report for a developer: what a tester did, and what happened',
    description:
      'Codes, tokens and the data of users are always hidden, also with --show-secrets. User ids stay. A snapshot has whole tokens, and can be restored; a report cannot.',
    response: responses(200, Report),
  };
  app.get('/_emulator/report', { schema }, async ({ tenant }, reply) => {
    reply.header('content-disposition', downloadName(tenant, 'report.json'));
    return takeReport(tenant, version);
  });
};

async function takeReport(tenant: Tenant, version: string): Promise<Static<typeof Report>> {
  const findUser = (userId: string) => tenant.users.get(userId)?.record;
  return {
    report: reportVersion,
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    takenAt: formatInstant(tenant.clock.now()),
    tenant: tenant.name,
    settings: presentSettings(tenant),
    clock: presentClock(tenant),
    scenarios: tenant.scenarios.all().map(presentScenario),
    findings: presentFindings(tenant),
    authorizations: (await authorizationStates(tenant)).map(presentAuthorization),
    entries: tenant.journal.list().map((entry) => hidePersonalData(presentEntry(entry, tenant, false), findUser)),
    profile: { ...tenant.profile.source },
  };
}
