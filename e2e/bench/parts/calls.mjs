import { calls, peerCall, runCalls } from '../load/calls.mjs';
import { exampleAnswers } from '../load/example-answers.mjs';
import { medianSample, sampleCall, sampleCeiling, sampleRatio } from '../load/sample.mjs';
import { prepare } from '../load/users.mjs';
import { counted, hundredth, tenth, whole } from '../report/formats.mjs';
import { inTurn, runRounds } from '../rounds.mjs';
import { startBilletera, startCeiling, startPeer, withServers } from '../servers/servers.mjs';

/** @typedef {import('../load/sample.mjs').Sample} Sample */

const limits = { rounds: 3, longestMs: 150_000 };
/** Connections, and the number of requests for each call. */
const levels = [
  { connections: 1, count: 500 },
  { connections: 20, count: 2000 },
  { connections: 100, count: 2000 },
];
const warmUp = { connections: 20, count: 600 };
const quickLevels = levels.map(({ connections }) => ({ connections, count: 200 }));
const names = Object.keys(calls);
/** The peer runs next to the call that is most like its own. */
const likePeer = 'applyToken';
const aims = { calls: ['applyToken', 'inquiryUserInfo'], connections: 20, ofCeiling: 0.85, p99OfPeer: 1 };

/** The speed of calls, next to the peer and the ceiling. @type {import('../part.mjs').Part} */
export const callsPart = {
  name: 'calls',

  async measure({ quick }) {
    const rounds = await withServers({ billetera: startBilletera, peer: startPeer }, async ({ billetera, peer }) => {
      await prepare(billetera.url);
      const expected = await exampleAnswers(billetera, names);
      return withServers({ ceiling: () => startCeiling(expected) }, async ({ ceiling }) => {
        const servers = { billetera, peer, ceiling };
        await runLevel(servers, warmUp, expected, 0);
        return runRounds(quick ? { ...limits, rounds: 1 } : limits, async (turn) => {
          const results = [];
          for (const level of quick ? quickLevels : levels) results.push(await runLevel(servers, level, expected, turn));
          return results;
        });
      });
    });
    return {
      rounds: rounds.length,
      levels: levels.map(({ connections }, index) => ({ connections, ...summaryOf(rounds.map((results) => results[index])) })),
    };
  },

  tables: ({ rounds, levels }) =>
    levels.map(({ connections, calls, peer }) => ({
      title: `Calls, ${counted(connections, 'connection')}, median of ${counted(rounds, 'round')}`,
      head: ['', 'calls/s', 'of ceiling', 'of peer', 'p50 ms', 'p99 ms', 'p99 of ceiling ms', 'CPU ms', 'CPU of ceiling ms'],
      rows: [...Object.entries(calls).map(callRow), peerRow(peer)],
    })),

  figures: ({ levels }) =>
    levels.flatMap(({ connections, calls }) =>
      Object.entries(calls).flatMap(([name, call]) => {
        const hasAims = aims.calls.includes(name) && connections === aims.connections;
        return figuresOf(`${name} × ${connections}`, call, hasAims);
      }),
    ),

  summary({ levels }) {
    const { calls } = levels.find(({ connections }) => connections === aims.connections);
    return Object.entries(calls).map(summaryRow);
  },
};

/** Runs each call once. All requests are signed beforehand. The ceiling gets the same requests as billetera. */
async function runLevel({ billetera, peer, ceiling }, { connections, count }, expected, turn) {
  const results = {};
  await runCalls(names, count, async (name, call, requests) => {
    const {
      billetera: { answers, ...sample },
      ...others
    } = await inTurn(turn, {
      billetera: () => sampleCall(billetera, call, requests, connections),
      ceiling: () => sampleCeiling(ceiling, call, requests, connections, expected),
      ...(name === likePeer && { peer: () => sampleCall(peer, peerCall, peerCall.requests(count), connections) }),
    });
    results[name] = { billetera: sample, ...others };
    return answers;
  });
  return results;
}

/** @param {Record<string, { billetera: Sample, ceiling: Sample, peer?: Sample }>[]} rounds the same level in each round, by call */
function summaryOf(rounds) {
  const samples = (name, server) => rounds.map((calls) => calls[name][server]);
  const peer = samples(likePeer, 'peer');
  const summaries = names.map((name) => [name, summaryOfCall(samples(name, 'billetera'), samples(name, 'ceiling'), peer)]);
  return { calls: Object.fromEntries(summaries), peer: medianSample(peer) };
}

function summaryOfCall(own, ceiling, peer) {
  return {
    ...medianSample(own),
    ceiling: medianSample(ceiling),
    ofCeiling: { rate: sampleRatio(own, ceiling, 'rate'), cpu: sampleRatio(own, ceiling, 'cpu') },
    ofPeer: { rate: sampleRatio(own, peer, 'rate'), p99: sampleRatio(own, peer, 'p99') },
  };
}

function callRow([name, { rate, ofCeiling, ofPeer, p50, p99, cpu, ceiling }]) {
  return [
    calls[name].title,
    whole(rate),
    hundredth(ofCeiling.rate),
    // The peer signs its answers too.
    calls[name].isSigned ? hundredth(ofPeer.rate) : '',
    tenth(p50),
    tenth(p99),
    tenth(ceiling.p99),
    hundredth(cpu),
    hundredth(ceiling.cpu),
  ];
}

function peerRow({ rate, p50, p99, cpu }) {
  return [peerCall.title, whole(rate), '', '', tenth(p50), tenth(p99), '', hundredth(cpu), ''];
}

function figuresOf(name, { ofCeiling, ofPeer }, hasAims) {
  const rate = { name: `${name}: rate, of the ceiling`, value: ofCeiling.rate, better: 'higher' };
  const cpu = { name: `${name}: CPU, of the ceiling`, value: ofCeiling.cpu, better: 'lower' };
  if (!hasAims) return [rate, cpu];
  return [
    { ...rate, aim: aims.ofCeiling },
    cpu,
    { name: `${name}: p99, of the peer`, value: ofPeer.p99, better: 'lower', aim: aims.p99OfPeer },
  ];
}

function summaryRow([name, { rate, p99, ofCeiling }]) {
  const ceiling = calls[name].isSigned ? 'a bare Fastify that verifies and signs' : 'a bare Fastify';
  return [calls[name].title, `${whole(rate)} calls/s, p99 ${tenth(p99)} ms`, `${hundredth(ofCeiling.rate)} of ${ceiling}`];
}
