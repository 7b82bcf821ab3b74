import { writeFile } from 'node:fs/promises';
import { expect, test } from 'billetera/playwright';

test.use({ emulator: { url: process.env.BILLETERA_URL } });
test.beforeEach(async ({ wallet }) => {
  await wallet.clients.change('202016726873874774774000', { signature: 'required' });
});
test.afterEach(async ({ wallet }, info) => {
  const findings = await wallet.findings();
  if (findings.length > 0 || info.status !== info.expectedStatus) {
    await writeFile(info.outputPath('report.json'), JSON.stringify(await wallet.report()));
    await writeFile(info.outputPath('calls.har'), JSON.stringify(await wallet.journal.har()));
  }
  expect(findings).toEqual([]);
});

test('a guest logs in', async ({ page, consent }) => {
  await page.goto('http://localhost:8080');
  await page.getByRole('button', { name: 'Log in' }).click();
  await consent.allow();
  await expect(page.getByRole('status')).toHaveText('Welcome, Lucía Inés Ortuño Velarde!');
});
