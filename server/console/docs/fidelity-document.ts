import { sayIn } from '../../pages/catalogues.js';
import { fidelityOf, type KnownPart, knowledgeKinds, sourceAddress } from '../../profiles/fidelity.js';
import type { ProfileSource } from '../../profiles/schema.js';
import type { Source } from '../../profiles/sources-schema.js';
import { headingId } from './heading-id.js';

/**
 * Writes docs/fidelity.md, or the same in another language: how each wallet is known.
 * @param profiles in the order of the document
 */
export function fidelityDocument(profiles: readonly ProfileSource[], lang: string): string {
  const say = (key: string, values?: Record<string, unknown>) => sayIn(lang, `fidelity.${key}`, values);
  const kinds = knowledgeKinds.map((kind) => `- **${say(`kinds.${kind}`)}**: ${say(`about.${kind}`)}`);
  const parts = profiles.map((profile) => ({ profile, parts: fidelityOf(profile) }));
  return `${[
    `# ${say('title')}`,
    say('intro'),
    kinds.join('\n'),
    say('summary'),
    table(
      [say('wallet'), ...knowledgeKinds.map((kind) => say(`kinds.${kind}`))],
      parts.map(({ profile, parts }) => [
        `[${profile.title}](#${headingId(profile.title)})`,
        ...knowledgeKinds.map((kind) => String(parts.filter(isCounted).filter(({ knowledge }) => knowledge === kind).length)),
      ]),
    ),
    ...parts.flatMap(({ profile, parts }) => [
      `## ${profile.title}`,
      say('profile', { name: profile.name }),
      table(
        [say('what'), say('how'), say('sources')],
        parts.map((part) => [
          partName(part, lang),
          say(`kinds.${part.knowledge}`),
          part.sources.map((source) => sourceText(source, lang)).join('<br>'),
        ]),
      ),
    ]),
  ].join('\n\n')}\n`;
}

/** The summary counts what merchants and mini programs call. */
function isCounted({ topic }: KnownPart): boolean {
  return topic === 'operations' || topic === 'jsapis' || topic === 'notEmulated';
}

function partName({ topic, names }: KnownPart, lang: string): string {
  const codes = names.map((name) => `\`${topic === 'jsapis' ? `my.${name}` : name}\``).join(', ');
  if (topic === 'operations' || topic === 'jsapis' || topic === 'notEmulated') return codes;
  const words = sayIn(lang, `fidelity.topics.${topic}`);
  return codes === '' ? words : `${words}: ${codes}`;
}

function sourceText(source: Source, lang: string): string {
  const { page, client, wallet } = source;
  if (wallet !== undefined) return sayIn(lang, 'fidelity.inferredFrom', { wallet: `\`${wallet}\`` });
  if (page === undefined && client === undefined) return '';
  const address = sourceAddress(source);
  if (address === undefined) return page ?? '';
  return client === undefined ? `<${address}>` : `[${client}](${address})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace(/ +/g, ' ');
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
