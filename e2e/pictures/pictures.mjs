// Makes the pictures of the guides from the real pages, in each language: `npm run pictures`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { startEmulator } from '../../dist/bin/index.js';
import { launchOptions } from '../stage/launch-options.mjs';
import { Film } from './film.mjs';

const images = fileURLToPath(new URL('../../docs/images', import.meta.url));
const clientId = '202016726873874774774000';
const scopes = ['USER_NAME', 'USER_AVATAR', 'USER_CONTACTINFO'];

const wallet = await startEmulator({ port: 0 });
const browser = await chromium.launch(launchOptions);
try {
  for (const language of ['en', 'es']) await takePictures(language);
} finally {
  await browser.close();
  await wallet.close();
}

async function takePictures(language) {
  const folder = join(images, language);
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({
    locale: language === 'es' ? 'es-MX' : 'en-US',
    viewport: { width: 1200, height: 880 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const save = async (target, name) =>
    sharp(await target.screenshot())
      .resize({ width: 900, withoutEnlargement: true })
      .webp({ quality: 60, effort: 6 })
      .toFile(join(folder, name));
  for (const picture of [playground, refuseOne, scenarioOnce, wrongSignature, authorization, film]) {
    await wallet.reset();
    await picture(page, save, folder);
  }
  await context.close();
}

/** Opens the playground, and presses the button on the phone. */
async function openSheet(page) {
  const query = scopes.map((scope) => `scope=${scope}`).join('&');
  await page.goto(`${wallet.url}/playground?${query}`);
  const phone = page.frameLocator('.phone iframe');
  await phone.getByTestId('ask').click();
  const sheet = phone.frameLocator('iframe');
  await picturesLoaded(sheet);
  return { phone, sheet };
}

async function picturesLoaded(sheet) {
  await sheet.getByTestId('consent-allow').waitFor();
  await sheet.locator('img').evaluateAll((images) => {
    const loading = images.filter((image) => image.checkVisibility() && !image.complete);
    return Promise.all(loading.map((image) => new Promise((resolve) => image.addEventListener('load', resolve))));
  });
}

async function playground(page, save) {
  await openSheet(page);
  await save(page, 'consent.webp');
}

async function refuseOne(page, save) {
  const { sheet } = await openSheet(page);
  await sheet.getByTestId('scope-USER_CONTACTINFO').uncheck({ force: true });
  await save(page.locator('.phone'), 'refuse-one.webp');
}

async function scenarioOnce(page, save) {
  await page.goto(`${wallet.url}/scenarios`);
  const card = page.locator('#card-platform-down');
  await card.locator('summary').first().click();
  await card.locator('input[value=once]').check();
  await card.getByTestId('scenario-switch').click();
  await card.getByTestId('scenario-state').filter({ hasText: '1' }).waitFor();
  await save(card, 'scenario-once.webp');
}

/** A call whose server signed a body and sent another one. */
async function wrongSignature(page, save) {
  await page.goto(`${wallet.url}/signatures`);
  await page.getByTestId('doctor-example').click();
  await page.getByTestId('doctor-result').waitFor();
  await save(page.getByTestId('doctor-result'), 'signature.webp');
}

async function authorization(page, save) {
  const userId = '1000001119398804002';
  await wallet.clients.change(clientId, { signature: 'optional' });
  const { authCode } = await wallet.authCodes.issue({ clientId, userId, scopes });
  const { accessToken, refreshToken } = await exchange({ grantType: 'AUTHORIZATION_CODE', authCode });
  await call('/v2/users/inquiryUserInfo', { accessToken });
  await exchange({ grantType: 'REFRESH_TOKEN', refreshToken });
  await exchange({ grantType: 'REFRESH_TOKEN', refreshToken });
  const [{ authorizationId }] = await wallet.authorizations.list();
  await page.goto(`${wallet.url}/authorizations/${authorizationId}`);
  await save(page, 'authorization.webp');
}

function exchange(fields) {
  return call('/v2/authorizations/applyToken', fields);
}

async function call(path, fields) {
  const { now } = await wallet.clock.read();
  const headers = { 'Content-Type': 'application/json', 'Client-Id': clientId, 'Request-Time': now };
  return (await fetch(wallet.url + path, { method: 'POST', headers, body: JSON.stringify(fields) })).json();
}

/** The recording: a login in which the user refuses one scope, then an access token that expires. */
async function film(page, _save, folder) {
  const recording = new Film(page);
  const query = scopes.map((scope) => `scope=${scope}`).join('&');
  await page.goto(`${wallet.url}/playground?${query}`);
  const phone = page.frameLocator('.phone iframe');
  const sheet = phone.frameLocator('iframe');
  await recording.hold(2);
  await recording.click(phone.getByTestId('ask'));
  await picturesLoaded(sheet);
  await recording.hold(2.5);
  await recording.click(sheet.getByTestId('scope-USER_CONTACTINFO'));
  await recording.hold(1);
  await recording.click(sheet.getByTestId('consent-allow'));
  await page.locator('[data-testid=step][data-number="2.4"][data-state=done]').waitFor();
  await recording.hold(4);
  await recording.click(page.getByTestId('wait-until-expiry'));
  await page.locator('[data-testid=step]').nth(4).waitFor();
  await recording.hold(1.5);
  await recording.click(page.getByTestId('read-again'));
  await page.locator('[data-testid=step][data-state=failed]').waitFor();
  await recording.hold(3);
  await recording.click(page.getByTestId('refresh'));
  await page.locator('[data-testid=step]').nth(6).waitFor();
  await recording.hold(3.5);
  await recording.save(join(folder, 'playground.webp'));
}
