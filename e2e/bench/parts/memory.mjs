import { peerCall, runCalls } from '../load/calls.mjs';
import { exampleAnswers } from '../load/example-answers.mjs';
import { sampleCall, sampleCeiling } from '../load/sample.mjs';
import { prepare } from '../load/users.mjs';
import { hundredth, whole } from '../report/formats.mjs';
import { medianRatio, runRounds } from '../rounds.mjs';
import { startBilletera, startCeiling, startPeer, withServers } from '../servers/servers.mjs';
import { median } from '../statistics.mjs';

const limits = { rounds: 3, longestMs: 40_000 };
const connections = 20;
const names = ['authCode', 'applyToken', 'inquiryUserInfo'];
const loads = { whole: { portions: 5, size: 2000 }, quick: { portions: 1, size: 200 } };
const titles = { billetera: 'billetera', peer: 'peer', ceiling: 'ceiling: bare Fastify' };
const aim = 1.2;

/** The memory of each server after it issued as many tokens as the others. @type {import('../part.mjs').Part} */
export const memoryPart = {
  name: 'memory',

  async measure({ quick }) {
    const load = quick ? loads.quick : loads.whole;
    const rounds = await runRounds(quick ? { ...limits, rounds: 1 } : limits, () => measureRound(load));
    const values = (name, time) => rounds.map((round) => round[name][time]);
    const servers = Object.keys(titles).map((name) => [
      name,
      {
        before: median(values(name, 'before')),
        after: median(values(name, 'after')),
        ofPeer: medianRatio(values(name, 'after'), values('peer', 'after')),
      },
    ]);
    return { tokens: load.portions * load.size, servers: Object.fromEntries(servers) };
  },

  tables: ({ tokens, servers }) => [
    {
      title: `Resident memory after ${whole(tokens)} tokens`,
      head: ['', 'before the load MB', 'after the load MB', 'of peer'],
      rows: Object.entries(servers).map(([name, { before, after, ofPeer }]) => [
        titles[name],
        whole(before),
        whole(after),
        hundredth(ofPeer),
      ]),
      note: 'billetera keeps the tokens and its journal, and the peer keeps nothing. For each token, a code was issued and a user read.',
    },
  ],

  figures: ({ servers: { billetera } }) => [
    { name: 'memory after the load, of the peer', value: billetera.ofPeer, better: 'lower', aim },
  ],

  summary: ({ tokens, servers: { billetera } }) => [
    [
      `memory after ${whole(tokens)} tokens`,
      `${whole(billetera.after)} MB`,
      `${hundredth(billetera.ofPeer)} × oauth2-mock-server`,
    ],
  ],
};

/** Each round has new servers. */
function measureRound(load) {
  return withServers({ billetera: startBilletera, peer: startPeer }, async ({ billetera, peer }) => {
    await prepare(billetera.url);
    const expected = await exampleAnswers(billetera, names);
    return withServers({ ceiling: () => startCeiling(expected) }, async ({ ceiling }) => {
      const servers = { billetera, peer, ceiling };
      const before = memoryOf(servers);
      for (let portion = 0; portion < load.portions; portion++) await loadAll(servers, expected, load.size);
      const after = memoryOf(servers);
      return Object.fromEntries(Object.keys(servers).map((name) => [name, { before: before[name], after: after[name] }]));
    });
  });
}

async function loadAll({ billetera, peer, ceiling }, expected, count) {
  await runCalls(names, count, async (_name, call, requests) => {
    const { answers } = await sampleCall(billetera, call, requests, connections);
    await sampleCeiling(ceiling, call, requests, connections, expected);
    return answers;
  });
  await sampleCall(peer, peerCall, peerCall.requests(count), connections);
}

function memoryOf(servers) {
  return Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, server.memory()]));
}
