/**
 * The messages of an area as a Markdown table. The sentences are those of the emulator, with "…" in place of a value. Each row has its
 * code as id, so that a link leads to it.
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
    const sentence = hasNoCode ? asCode(code) : escapeMarkdown(withoutNames(texts[code]));
    return [`${anchor(hasNoCode ? idOf(code) : code)}${sentence}`, cause, cure];
  });
  return table(headings, rows);
}

/**
 * Findings as a Markdown table: the title with the code, the explanation, and what to do.
 *
 * @param {Record<string, { title: string, explanation: string, whatToDo: string }>} findings by code, in one language
 * @param {string[]} headings
 */
export function findingTable(findings, headings) {
  const rows = Object.entries(findings).map(([code, { title, explanation, whatToDo }]) => [
    `${anchor(`finding-${code}`)}${escapeMarkdown(title)} (\`${code}\`)`,
    escapeMarkdown(explanation),
    escapeMarkdown(whatToDo),
  ]);
  return table(headings, rows);
}

function table(headings, rows) {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function anchor(id) {
  return `<a id="${id}"></a>`;
}

/** A message that is English in every language, because a program prints it. */
function asCode(message) {
  const text = message.replaceAll('|', '\\|');
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** The id of a message that has no code. */
function idOf(message) {
  return message
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '');
}

/** `…` in place of the names of values. */
function withoutNames(sentence) {
  return sentence.replace(/\{\w+\}(?: \{\w+\})*/g, '…');
}

/** An address with an asterisk becomes code: Markdown links a bare address, and shows an escape in it as it is. */
function escapeMarkdown(text) {
  return text
    .split(/(https?:\/\/[^\s,]*\*)/)
    .map((part, index) => (index % 2 === 1 ? asCode(part) : escapeMarks(part)))
    .join('');
}

function escapeMarks(text) {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('*', '\\*')
    .replaceAll('_', '\\_');
}
