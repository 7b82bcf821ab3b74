import type { FastifyInstance } from 'fastify';
import { parseDuration } from '../clock/duration.js';
import { latestInstant } from '../clock/time.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { formOf, goBack, noteAction } from './after-action.js';

/** The clock in the header: a form that stops it, lets it run, or moves it. */
export async function clockForm(app: FastifyInstance): Promise<void> {
  app.post('/clock', async (request, reply) => {
    const { tenant } = request;
    const change = readChange(tenant, formOf(request));
    if (change === undefined) return goBack(request, reply, 'nothing');
    change.apply();
    tenant.clockChanged();
    await noteAction(request, reply, change.operation, change.reason);
    return goBack(request, reply, change.done);
  });
}

interface ClockChange {
  operation: 'changeClock' | 'advanceClock';
  done: string;
  reason: Text;
  apply(): void;
}

/** @returns undefined if the form has no valid change */
function readChange({ clock }: Tenant, { frozen, advance, to }: Record<string, unknown>): ClockChange | undefined {
  const by = typeof advance === 'string' ? parseDuration(advance) : undefined;
  if (by !== undefined)
    return {
      operation: 'advanceClock',
      done: 'clock-advanced',
      reason: text('clock-advanced', { by: String(advance) }),
      apply: () => clock.advance(by),
    };
  if (frozen === 'true')
    return { operation: 'changeClock', done: 'clock-frozen', reason: text('clock-stopped'), apply: () => clock.freeze() };
  if (frozen === 'false')
    return { operation: 'changeClock', done: 'clock-runs', reason: text('clock-started'), apply: () => clock.run() };
  const at = typeof to === 'string' ? Date.parse(to) : Number.NaN;
  if (!(at >= 0 && at <= latestInstant)) return undefined;
  return {
    operation: 'changeClock',
    done: 'clock-set',
    reason: text('clock-set-to', { at: String(to) }),
    apply: () => clock.set(at),
  };
}
