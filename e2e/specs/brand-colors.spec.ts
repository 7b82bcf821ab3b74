import { readdirSync, readFileSync } from 'node:fs';
import { ask } from '../stage/ask.ts';
import { frameOf } from '../stage/audit.ts';
import { expect, test } from '../stage/test.ts';

/** Text on and in the brand colour of every built-in wallet is readable (WCAG 2.2, 1.4.3), and the colour keeps its hue. */

interface Brand {
  color: string;
  colorDark: string;
}

const folder = new URL('../../fixtures/wallets/', import.meta.url);
const brands = new Map<string, Brand>();
for (const file of readdirSync(folder)) {
  const { name, brand } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  if (brand !== undefined) brands.set(name, brand);
}

/** Runs in the sheet. @returns pairs of text and background, and the fill, as sRGB bytes */
function colorsOf({ color, colorDark }: Brand) {
  const root = document.documentElement;
  root.style.setProperty('--wallet-color', color);
  root.style.setProperty('--wallet-color-dark', colorDark);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const probe = document.body.appendChild(document.createElement('i'));
  const bytes = (variable: string) => {
    probe.style.color = `var(${variable})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const pairs = [
    ['--on-fill', '--fill'],
    ['--accent', '--surface'],
    ['--accent', '--raised'],
    ['--accent', '--accent-soft'],
    ['--text', '--accent-soft'],
    ['--muted', '--accent-soft'],
    ['--warn', '--warn-soft'],
    ['--text', '--warn-soft'],
  ];
  const colors = pairs.map(([text = '', on = '']) => ({ pair: `${text} on ${on}`, text: bytes(text), on: bytes(on) }));
  const fill = bytes('--fill');
  probe.remove();
  return { colors, fill };
}

const linear = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);

function luminance([r = 0, g = 0, b = 0]: number[]): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(one: number[], other: number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The hue in OKLCH, in degrees. */
function hue(bytes: number[]): number {
  const [r = 0, g = 0, b = 0] = bytes.map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const [a, c] = [1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
  return (Math.atan2(c, a) * 180) / Math.PI;
}

const bytesOf = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

test('text is readable in the colours of every wallet, light and dark, and the colours keep their hue', async ({
  page,
  open,
  consent,
}) => {
  await open();
  const ended = ask(page, 'USER_NAME');
  await expect(consent.heading).toBeFocused();
  const sheet = await frameOf(consent.sheet);
  expect([...brands.keys()].length).toBeGreaterThanOrEqual(11);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, brand] of brands) {
      const { colors, fill } = await sheet.evaluate(colorsOf, brand);
      for (const { pair, text, on } of colors)
        expect.soft(contrast(text, on), `${name}, ${colorScheme}: ${pair}`).toBeGreaterThanOrEqual(4.5);
      const turn = Math.abs(hue(fill) - hue(bytesOf(colorScheme === 'light' ? brand.color : brand.colorDark)));
      expect.soft(Math.min(turn, 360 - turn), `${name}, ${colorScheme}: the hue of the button`).toBeLessThan(6);
    }
  }
  await consent.close.click();
  await ended;
});
