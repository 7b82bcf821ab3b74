import Type from 'typebox';
import { parseDuration } from '../../clock/duration.js';
import { latestInstant } from '../../clock/time.js';
import { closed, Duration, Instant, Time } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { invalid } from '../control-error.js';
import { formatInstant, parseInstant } from '../instant.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

export const Clock = Type.Object(
  { now: Instant, frozen: Type.Boolean({ description: 'true if the clock is stopped' }) },
  { description: "The emulator's clock" },
);
const ClockChanges = Type.Object({ now: Type.Optional(Time), frozen: Type.Optional(Type.Boolean()) }, closed);
const Advance = Type.Object({ by: Duration }, { ...closed, examples: [{ by: 'PT2H' }] });

const tags = ['clock'];

export const clock: ControlPlugin = async (app) => {
  const read = {
    operationId: 'readClock',
    tags,
    summary: "Reads the emulator's clock",
    response: responses(200, Clock),
  };
  app.get('/_emulator/clock', { schema: read }, async ({ tenant }) => presentClock(tenant));

  const change = {
    operationId: 'changeClock',
    tags,
    summary: 'Sets, stops or starts the clock',
    description: 'A frozen clock that is set stays frozen. A running clock continues from the new time.',
    body: ClockChanges,
    response: responses(200, Clock, 400),
  };
  app.put('/_emulator/clock', { schema: change }, async (request) => {
    const { tenant, body } = request;
    const now = body.now === undefined ? undefined : parseInstant('now', body.now);
    if (now !== undefined && (now < 0 || now > latestInstant))
      throw invalid(text('time-out-of-range', { latest: formatInstant(latestInstant), value: String(body.now) }));
    if (body.frozen === true) tenant.clock.freeze();
    if (body.frozen === false) tenant.clock.run();
    if (now !== undefined) tenant.clock.set(now);
    tenant.clockChanged();
    const after = presentClock(tenant);
    noteChange(request, text(after.frozen ? 'clock-frozen' : 'clock-running', { now: after.now }));
    return after;
  });

  const advance = {
    operationId: 'advanceClock',
    tags,
    summary: 'Moves the clock forward',
    body: Advance,
    response: responses(200, Clock, 400),
  };
  app.post('/_emulator/clock/advance', { schema: advance }, async (request) => {
    const { tenant, body } = request;
    const by = parseDuration(body.by);
    if (by === undefined) throw invalid(text('duration-wrong', { field: 'by', value: String(body.by).slice(0, 60) }));
    tenant.clock.advance(by);
    tenant.clockChanged();
    noteChange(request, text('clock-advanced', { by: typeof body.by === 'number' ? `${body.by} s` : body.by }));
    return presentClock(tenant);
  });
};

export function presentClock({ clock }: Tenant): { now: string; frozen: boolean } {
  return { now: formatInstant(clock.now()), frozen: clock.frozen };
}
