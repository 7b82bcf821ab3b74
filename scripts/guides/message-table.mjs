/**
 * The messages of an area as a Markdown table. The sentences are those of the emulator, with "…" in place of a value.
 *
 * @param {Record<string, [cause: string, cure: string]>} entries code → its cause and its cure. A message that has no code stands
 *   itself in place of it.
 * @param {Record<string, string>} texts code → sentence, in the same language
 * @param {string[]} headings
 */
export function messageTable(entries, texts, headings) {
  const rows = Object.entries(entries).map(([code, [cause, cure]]) => {
    const hasNoCode = code.includes(' ');
    if (texts[code] === undefined && !hasNoCode) throw new Error(`docs/guides/messages: no message has the code ${code}`);
    return [sentence(texts[code] ?? code), cause, cure];
  });
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function sentence(text) {
  return text
    .replace(/\{\w+\}(?: \{\w+\})*/g, '…')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('*', '\\*')
    .replaceAll('_', '\\_');
}
