import { tenantBase } from '../http/address.js';
import { presentLine } from '../journal/present.js';
import { isRefusedElsewhere } from '../journal/refused-elsewhere.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { shortMilliseconds } from '../pages/duration-text.js';
import { errorInWords } from '../pages/error-text.js';
import { findingInWords } from '../pages/finding-text.js';
import { callTime } from '../pages/time-model.js';
import type { TenantEntry } from '../tenants/list-calls.js';
import { nameIds } from './name-ids.js';
import { runningModel } from './running-model.js';

/** The options of a row. */
export interface RowOptions {
  lang: string;
  showSecrets: boolean;
  /** The path below which a proxy serves the emulator, or an empty text. */
  root: string;
  /** The rows name their tenants. */
  withTenant: boolean;
}

/** A call as a row of a list. */
export function callRow({ tenant, entry }: TenantEntry, { lang, showSecrets, root, withTenant }: RowOptions) {
  const { clientId, appId, userId, authorizationId, status, resultStatus, resultCode, durationMs, findings } = entry;
  const line = presentLine({ ...entry, reason: nameIds(entry.reason, tenant, lang) }, tenant, showSecrets, lang);
  const words = catalogue(lang);
  return {
    id: entry.id,
    base: root + tenantBase(tenant.name),
    ...(withTenant && { tenant: tenant.name }),
    ...callTime(entry.at, tenant.clock.now()),
    operation: line.operation ?? `${entry.method} ${line.path}`,
    kindText: phrase(words, `journal.kind.${entry.kind}`),
    code: resultCode ?? '',
    result: resultCode ?? (status > 0 ? `HTTP ${status}` : '—'),
    resultInWords: errorInWords(tenant.profile, entry, lang),
    resultStatus: resultStatus ?? (status >= 400 ? 'F' : undefined),
    reason: line.reason,
    clientId,
    client: clientId && (tenant.clients.get(clientId)?.name ?? clientId),
    appId,
    app: appId && (tenant.apps.get(appId)?.name ?? appId),
    userId,
    user: userId && (tenant.users.get(userId)?.record.name ?? userId),
    status,
    durationMs: shortMilliseconds(durationMs),
    authorizationId,
    refusedElsewhere: isRefusedElsewhere(entry),
    findings: findings.map((code) => findingInWords(code, lang)),
    running: runningModel(tenant, entry, lang),
  };
}
