/**
 * Says on standard error that a report or a HAR file has no calls. It names the usual cause: the calls are in another tenant.
 * @param url of the wallet that was read, with its tenant
 */
export function noteNoCalls(entries: readonly unknown[], url: string): void {
  if (entries.length > 0) return;
  process.stderr.write(
    `billetera: 0 calls at ${url}; each test of billetera/playwright has its own tenant: pass its wallet.url as --url\n`,
  );
}
