/**
 * The messages of an area as a Markdown table. The sentences are those of the emulator, with "…" in place of a value.
 *
 * @param {Record<string, [cause: string, cure: string]>} entries code → its cause and its cure
 * @param {Record<string, string>} texts code → sentence, in the same language
 * @param {string[]} headings
 */
export function messageTable(entries, texts, headings) {
  const rows = Object.entries(entries).map(([code, [cause, cure]]) => {
    if (texts[code] === undefined) throw new Error(`docs/guides/messages.json: no message has the code ${code}`);
    return [sentence(texts[code]), cause, cure];
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
