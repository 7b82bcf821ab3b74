import { connect } from 'billetera';

const emulator = connect(process.env.BILLETERA_URL ?? 'http://127.0.0.1:4010');
const monday = emulator.tenant('monday');
const sunday = emulator.tenant('sunday');

await monday.clock.set('2030-01-07T09:00:00Z');
await sunday.clock.set('2030-01-06T09:00:00Z');
console.log((await monday.clock.read()).now, (await sunday.clock.read()).now);

await monday.reset();
await sunday.reset();
