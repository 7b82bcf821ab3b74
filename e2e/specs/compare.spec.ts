import { violationsInEachScheme } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** The page that compares a recording with a wallet. */

/** A call as raw HTTP, whose answer has no signature and tokens that live one hour. */
function call(authCode: string): string {
  const result = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };
  const answer = {
    result,
    accessToken: 'a'.repeat(48),
    accessTokenExpiryTime: '2026-01-31T11:00:00-05:00',
    refreshToken: 'b'.repeat(48),
    refreshTokenExpiryTime: '2026-03-02T10:00:00-05:00',
    customerId: '2170',
    tokenType: 'Bearer',
  };
  return [
    'POST /v2/authorizations/applyToken HTTP/1.1',
    'Host: sandbox.example',
    'Client-Id: c1',
    'Request-Time: 2026-01-31T10:00:00-05:00',
    'Content-Type: application/json',
    '',
    JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode }),
    '',
    'HTTP/1.1 200 OK',
    'content-type: application/json; charset=UTF-8',
    'client-id: c1',
    'response-time: 2026-01-31T10:00:00-05:00',
    '',
    JSON.stringify(answer),
  ].join('\n');
}

test('compares files with the wallet, by the keyboard too', async ({ page, wallet }) => {
  await page.goto(`${wallet.url}/profile`);
  await page.getByRole('link', { name: 'Comparar la billetera con una grabación de la plataforma' }).click();
  expect(await violationsInEachScheme(page)).toEqual([]);

  await page.getByTestId('compare-run').press('Enter');
  await expect(page.getByTestId('problem')).toContainText('elige un archivo, o pega su contenido');

  const files = ['1', '2'].map((name) => ({
    name: `${name}.http`,
    mimeType: 'text/plain',
    buffer: Buffer.from(call(`code-${name}`)),
  }));
  const empty = page.getByText('Los archivos elegidos están vacíos.');
  await page
    .getByTestId('compare-file')
    .setInputFiles({ name: 'empty.har', mimeType: 'application/json', buffer: Buffer.alloc(0) });
  await expect(empty).toBeVisible();
  await page.getByTestId('compare-file').setInputFiles(files);
  await expect(empty).toBeHidden();
  await expect(page.getByTestId('compare-recording')).toHaveValue(/code-1[\s\S]*###[\s\S]*code-2/);
  await page.getByTestId('compare-wallet').selectOption('platform-v2');
  await page.getByTestId('compare-run').press('Enter');

  await expect(page.getByTestId('compare-result')).toHaveAttribute('data-count', '3');
  const differences = page.getByTestId('difference');
  await expect(differences.locator('visible=true')).toHaveCount(3);
  await expect(differences.filter({ hasText: 'PT1H' })).toHaveAttribute('data-code', 'lifetime');
  await expect(differences.filter({ hasText: 'PT1H' })).toContainText('y en otra llamada');

  await page.getByTestId('compare-filter').fill('bearer');
  await expect(differences.locator('visible=true')).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'Todas las operaciones' })).toBeHidden();

  const whole = page.getByTestId('whole-answers').locator('visible=true');
  await whole.locator('> summary').press('Enter');
  await expect(whole.getByRole('region', { name: 'Plataforma' })).toContainText('"tokenType": "Bearer"');
  await expect(whole.getByRole('region', { name: 'Emulador' })).not.toContainText('tokenType');
  expect(await violationsInEachScheme(page)).toEqual([]);

  await page.getByRole('link', { name: 'Comparar otra grabación' }).click();
  await expect(page.getByTestId('compare-recording')).toHaveValue('');
});
