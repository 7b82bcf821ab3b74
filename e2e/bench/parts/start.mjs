import { hundredth, whole } from '../report/formats.mjs';
import { inTurn, medianRatio, runRounds } from '../rounds.mjs';
import { startBilletera, startCeiling, startPeer, startPeerWithNewKey } from '../servers/servers.mjs';
import { median } from '../statistics.mjs';

const limits = { rounds: 11, longestMs: 30_000 };
const starts = { billetera: startBilletera, ceiling: startCeiling, peer: startPeer, peerWithNewKey: startPeerWithNewKey };
const titles = {
  billetera: 'billetera',
  ceiling: 'ceiling: bare Fastify',
  peer: 'peer, with a given key',
  peerWithNewKey: 'peer, generating a key',
};
const aim = 1.15;

/** The time from the start of a process to its first answer. @type {import('../part.mjs').Part} */
export const startPart = {
  name: 'start',

  async measure({ quick }) {
    const rounds = await runRounds(quick ? { ...limits, rounds: 1 } : limits, (turn) => inTurn(turn, timers));
    const times = (name) => rounds.map((round) => round[name]);
    return Object.fromEntries(
      Object.keys(starts).map((name) => [
        name,
        {
          milliseconds: median(times(name)),
          ofCeiling: medianRatio(times(name), times('ceiling')),
          ofPeer: medianRatio(times(name), times('peer')),
        },
      ]),
    );
  },

  tables: (measured) => [
    {
      title: 'Start: from the start of the process to its first answer',
      head: ['', 'ms', 'of ceiling', 'of peer'],
      rows: Object.entries(measured).map(([name, { milliseconds, ofCeiling, ofPeer }]) => [
        titles[name],
        whole(milliseconds),
        hundredth(ofCeiling),
        hundredth(ofPeer),
      ]),
    },
  ],

  figures: ({ billetera }) => [
    { name: 'start, of the ceiling', value: billetera.ofCeiling, better: 'lower', aim },
    { name: 'start, of the peer', value: billetera.ofPeer, better: 'lower' },
  ],

  summary: ({ billetera }) => [
    [
      'start, until the first answer',
      `${whole(billetera.milliseconds)} ms`,
      `${hundredth(billetera.ofCeiling)} × a bare Fastify`,
    ],
  ],
};

/** Each one starts a server, stops it, and returns the milliseconds until its first answer. */
const timers = Object.fromEntries(
  Object.entries(starts).map(([name, start]) => [
    name,
    async () => {
      const server = await start();
      await server.stop();
      return server.readyIn;
    },
  ]),
);
