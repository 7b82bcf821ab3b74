import assert from 'node:assert/strict';
import test from 'node:test';
import { callFacts } from '../testing/call-facts.js';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { english } from '../texts/english/english.js';
import { spanish } from '../texts/spanish/spanish.js';
import { quote, type Text, type TextCode } from '../texts/text.js';

const emulator = await emulatorForFile();

/** A sentence whose values are their own names, so that only its words matter. */
function sample(code: TextCode): Text {
  const names = Array.from(english[code].matchAll(/\{(\w+)\}/g), ([, name]) => name as string);
  return { code, values: Object.fromEntries(names.map((name) => [name, quote(`<${name}>`)])) };
}

/** The parts of a sentence between its values that are long enough to be recognized. */
function phrasesOf(template: string): string[] {
  return template
    .split(/\{\w+\}/)
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/).length >= 3);
}

test('a page in Spanish shows each sentence in Spanish: the reason of a call, and its mistake in signing', async () => {
  const { tenant } = newWorld(emulator);
  for (const code of Object.keys(english) as TextCode[]) {
    const { id } = tenant.journal.add(
      callFacts({
        reason: sample(code),
        findings: ['separator'],
        signature: { mode: 'required', verified: false, mistakes: [{ code: 'separator', message: sample(code) }] },
      }),
    );
    const { payload } = await emulator.app.inject(`/t/${tenant.name}/journal/${id}?lang=es`);
    const shown = plainText(payload);
    for (const phrase of phrasesOf(english[code])) assert.ok(!shown.includes(phrase), `${code}: ${phrase}`);
    for (const phrase of phrasesOf(spanish[code])) assert.ok(shown.split(phrase).length >= 3, `${code}: ${phrase}`);
  }
});

function plainText(html: string): string {
  return html
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&#x3D;/g, '=')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
