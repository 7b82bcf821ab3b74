import closeWithGrace from 'close-with-grace';
import { type Config, readConfig } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';
import { readReport } from '../emulator/read-report.js';
import { oneLine } from '../texts/one-line.js';
import { count } from './count.js';
import { networkUrl, shutdownTimeoutMs } from './start.js';

/** The flags of `report open` besides `--port`. The other options are about fixtures and state, which the report replaces. */
export const viewerFlags = ['host', 'allowHost', 'controlToken', 'logLevel'] as const;

/**
 * Starts an emulator that shows a report, read-only. It stops on SIGINT and SIGTERM.
 * @param flags by option name, as `readConfig` takes them
 * @throws FileError that names the file, the field and what was expected
 */
export async function openReport(file: string, flags: Record<string, unknown>, env: NodeJS.ProcessEnv): Promise<void> {
  const config = viewerConfig(flags, env);
  const report = readReport(file);
  const log = await createLog(config.logLevel);
  const emulator = await openEmulator(config, log, { file, report });
  const { takenAt, tenant, version, entries, authorizations } = report;
  const openUrl = networkUrl(config.host, emulator.url);
  const rows = [
    ['report', `of ${takenAt}, tenant ${tenant}, billetera ${version}: read-only`],
    ['has', `${count(entries.length, 'call')}, ${count(authorizations.length, 'authorization')}`],
    ...(openUrl === undefined ? [] : [['network', networkWarning(openUrl)]]),
    ['next', `open ${emulator.url} in a browser; Ctrl+C stops it`],
  ];
  const lines = rows.map(([label = '', text = '']) => `  ${label.padEnd(12)} ${oneLine(text)}\n`);
  process.stdout.write(`billetera ready at ${emulator.url}\n${lines.join('')}`);
  const logger = { error: (message: unknown) => log.error(message) };
  closeWithGrace({ delay: shutdownTimeoutMs, logger }, async ({ err, signal }) => {
    if (err) log.error(err);
    await emulator.close();
    if (signal) process.stdout.write(`billetera stopped (${signal})\n`);
  });
}

function networkWarning(url: string): string {
  return `${url} is open to the network: others there can read the report`;
}

/** The free port leaves the usual one to an emulator. */
function viewerConfig(flags: Record<string, unknown>, env: NodeJS.ProcessEnv): Config {
  const { data: _, import: __, exportOnExit: ___, ...config } = readConfig({ port: '0', ...flags }, env);
  return config;
}
