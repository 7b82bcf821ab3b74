import closeWithGrace from 'close-with-grace';
import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';
import { watchFixtures } from './watch.js';

/** Starts the emulator and says what to do next; ends cleanly on SIGINT and SIGTERM. */
export async function start(config: Config): Promise<void> {
  const log = await createLog(config.logLevel);
  const emulator = await openEmulator(config, log);
  const { url, tlsUrl, tenants } = emulator;
  const { name, source } = tenants.default.profile;
  const appId = tenants.default.apps.all().next().value?.appId;
  process.stdout.write(`billetera ready at ${url}${
    tlsUrl === undefined || tlsUrl === url
      ? ''
      : `
  HTTPS        ${tlsUrl}`
  }
  wallet       ${name} (${source.title})
  playground   ${url}/playground
  mini program <script src="${url}/my.js"${appId === undefined ? '' : ` data-app-id="${appId}"`}></script>
  OpenAPI      ${[...tenants.default.profile.operations.keys()][0]} and others at ${url}
  next         npx billetera flow --url ${url}, in another terminal, shows every step
`);
  const unwatch = config.watch && config.fixtures !== undefined ? await watchFixtures(config.fixtures, emulator, log) : undefined;
  closeWithGrace({ delay: 5000, logger: { error: (message) => log.error(message) } }, async ({ err, signal }) => {
    if (err) log.error(err);
    await unwatch?.();
    await emulator.close();
    if (signal) process.stdout.write(`billetera stopped (${signal})\n`);
  });
}
