import Type from 'typebox';
import { closed } from '../../schemas/common.js';
import { downloadName } from '../download-name.js';
import type { ControlPlugin } from '../options.js';
import { Report } from '../report/report-schema.js';
import { takeReport } from '../report/take-report.js';
import { responses } from '../response-schemas.js';

const ReportQuery = Type.Object(
  { comment: Type.Optional(Type.String({ maxLength: 2000, description: 'what the tester expected; it is kept in the report' })) },
  closed,
);

export const report: ControlPlugin = async (app, { version }) => {
  const schema = {
    operationId: 'takeReport',
    tags: ['emulator'],
    summary: 'A report for a developer: what a tester did, and what happened',
    description:
      'Codes, tokens and the data of users are always hidden, also with --show-secrets. User ids stay. `billetera report open <file>` shows it. A snapshot has whole tokens, and can be restored; a report cannot.',
    querystring: ReportQuery,
    response: responses(200, Report, 400),
  };
  app.get('/_emulator/report', { schema }, async ({ tenant, base, query, openedReport }, reply) => {
    reply.header('content-disposition', downloadName(tenant, 'report.json'));
    return takeReport(tenant, base, version, query.comment?.trim() || openedReport?.comment);
  });
};
