import { median } from './statistics.mjs';

/** The targets of billetera: share of the ceiling's rate, and share of the peer's start time. */
const targets = { ofCeiling: 0.85, ready: 0.75 };

/** The targets of the sheet: the longest median time in milliseconds. */
const sheetTargets = { cold: 120, warm: 60 };

/** The targets of an open dashboard: share of the throughput without it, and the longest task of the page in milliseconds. */
const dashboardTargets = { throughput: 0.9, longestTaskMs: 50 };

/** The ratio of each round compares runs that followed each other. The result is the median of these ratios. */
export function ratios(samples, ready, memory) {
  const rate = (name, other) => median(samples[name].map((sample, round) => sample.rate / samples[other][round].rate));
  const call = (name, operation) => ({ ofPeer: rate(name, 'peer'), ofCeiling: rate(name, `${operation}Ceiling`) });
  return {
    applyToken: call('applyToken', 'applyToken'),
    applyTokenSilent: call('applyTokenSilent', 'applyToken'),
    inquiryUserInfo: call('inquiryUserInfo', 'inquiryUserInfo'),
    inquiryUserInfoSilent: call('inquiryUserInfoSilent', 'inquiryUserInfo'),
    applyTokenCeiling: { ofPeer: rate('applyTokenCeiling', 'peer') },
    inquiryUserInfoCeiling: { ofPeer: rate('inquiryUserInfoCeiling', 'peer') },
    ready: median(ready.billetera) / median(ready.peer),
    readyWithNewKey: median(ready.billetera) / median(ready.peerWithNewKey),
    memory: memory.billetera / memory.peer,
  };
}

/** Formats the measurements as text tables. */
export function report({ versions, machine, load, calls, ratios, ready, memory, sheet, dashboard }) {
  const peer = `oauth2-mock-server ${versions.peer}`;
  const callRow = (title, name) => {
    const { ofPeer, ofCeiling } = ratios[name] ?? {};
    return [
      title,
      whole(calls[name].rate),
      tenth(calls[name].p50),
      tenth(calls[name].p99),
      cpu(calls[name].cpu),
      ratio(ofPeer),
      ratio(ofCeiling),
    ];
  };
  const readyRow = (title, name, of) => [title, whole(ready[name]), ratio(of)];
  const memoryRow = (title, name) => [title, whole(memory[name]), ratio(memory[name] / memory.peer)];
  return [
    `billetera ${versions.billetera} and ${peer}, node ${versions.node}, ${machine.cores} cores`,
    `${load.connections} connections, ${load.rounds} rounds of ${load.requestsARound} requests each, in turn; medians, CPU time per request. Every response was SUCCESS.`,
    '',
    ...table(
      ['signed calls', 'req/s', 'p50 ms', 'p99 ms', 'cpu ms', 'of peer', 'of ceiling'],
      [
        callRow('applyToken', 'applyToken'),
        callRow('applyToken, --log-level silent', 'applyTokenSilent'),
        callRow('  ceiling: verify and sign', 'applyTokenCeiling'),
        callRow('inquiryUserInfo', 'inquiryUserInfo'),
        callRow('inquiryUserInfo, --log-level silent', 'inquiryUserInfoSilent'),
        callRow('  ceiling: verify and sign', 'inquiryUserInfoCeiling'),
        callRow('  peer: /token, client_credentials', 'peer'),
      ],
    ),
    '',
    ...table(
      ['ready (process start to first answer)', 'ms', 'of peer'],
      [
        readyRow('billetera', 'billetera', ratios.ready),
        readyRow('  peer, with a given key', 'peer'),
        readyRow('  peer, generating a key', 'peerWithNewKey', ready.peerWithNewKey / ready.peer),
        readyRow('  ceiling', 'ceiling', ready.ceiling / ready.peer),
      ],
    ),
    '',
    ...(memory.billetera === undefined
      ? []
      : table(
          ['resident after the load', 'MB', 'of peer'],
          [memoryRow('billetera', 'billetera'), memoryRow('  peer', 'peer'), memoryRow('  ceiling', 'ceiling')],
        )),
    '',
    `targets: at least ${targets.ofCeiling} of the ceiling, ready in at most ${targets.ready} of the peer's time; logs go to /dev/null`,
    '',
    sheetReport(sheet),
    dashboardReport(dashboard),
  ].join('\n');
}

/** Formats the measurements of the consent sheet as a table. */
export function sheetReport(sheet) {
  const row = (title, { median, p95, requests, roundTrips, layoutShift }) =>
    [title, whole(median), whole(p95), requests, roundTrips, layoutShift.toFixed(2)].map(String);
  return [
    ...table(
      ['sheet (my.getAuthCode to its script)', 'p50 ms', 'p95 ms', 'requests', 'round trips', 'layout shift'],
      [row('cold: empty cache', sheet.cold), row('warm', sheet.warm)],
    ),
    '',
    `targets: p50 of at most ${sheetTargets.cold} ms cold and ${sheetTargets.warm} ms warm, layout shift 0; counts and shift are those of the worst opening`,
    '',
  ].join('\n');
}

/** Formats what an open dashboard costs as a table. */
export function dashboardReport({ throughput, processor, longestTaskMs, tasksOver50Ms }) {
  return [
    ...table(
      ['dashboard open', 'throughput', 'by cpu', 'longest task ms', 'tasks over 50 ms'],
      [
        [
          'applyToken; page with 2,000 entries, 20 calls/s',
          ratio(throughput),
          processorRatio(processor),
          whole(longestTaskMs),
          String(tasksOver50Ms),
        ],
      ],
    ),
    '',
    `targets: at least ${dashboardTargets.throughput} of the throughput without it (by cpu: if only the emulator's processor time counted), no task over ${dashboardTargets.longestTaskMs} ms`,
    '',
  ].join('\n');
}

function table(head, rows) {
  return [head, ...rows].map(
    ([first, ...rest], index) =>
      first.padEnd(40) +
      rest.map((cell, column) => cell.padStart(head[column + 1].length + 3)).join('') +
      (index === 0 ? `\n${'─'.repeat(90)}` : ''),
  );
}

function whole(value) {
  return Math.round(value).toLocaleString('en');
}

function tenth(value) {
  return value.toFixed(1);
}

function cpu(value) {
  return Number.isNaN(value) ? '–' : value.toFixed(2);
}

function processorRatio(value) {
  return Number.isNaN(value) ? '–' : ratio(value);
}

function ratio(value) {
  return value === undefined ? '' : value.toFixed(2);
}
