import type { RendererObject, Tokens } from 'marked';
import { createHeadingIds } from './heading-id.js';

/** A document as HTML, without its first heading. */
export interface RenderedDocument {
  html: string;
  /** The headings of the second level. */
  contents: { id: string; title: string }[];
}

interface Options {
  /** The address of a linked file or a picture, or undefined if it is not served. */
  addressOf(link: string): string | undefined;
  /** The word for a table. Each table gets it as its name, with a number. */
  tableLabel: string;
}

/**
 * Renders Markdown from the package. HTML in it stays as it is, so never give it text from elsewhere. The library is loaded at the
 * first use.
 */
export async function renderMarkdown(text: string, options: Options): Promise<RenderedDocument> {
  const { Marked } = await import('marked');
  const contents: RenderedDocument['contents'] = [];
  const marked = new Marked({ renderer: rendererOf(options, contents) });
  return { html: marked.parse(withoutContents(text), { async: false }), contents };
}

/** A document without its list of sections, because the page has its own. */
function withoutContents(text: string): string {
  const [before = '', rest = ''] = text.split('<!-- contents -->', 2);
  const [, after = ''] = rest.split('<!-- end of contents -->', 2);
  return before + after;
}

function rendererOf({ addressOf, tableLabel }: Options, contents: RenderedDocument['contents']): RendererObject {
  const idOf = createHeadingIds();
  let tables = 0;
  return {
    heading({ tokens, depth, text }) {
      const id = idOf(plainText(text));
      if (depth === 1) return '';
      const html = this.parser.parseInline(tokens);
      if (depth === 2) contents.push({ id, title: plainText(text) });
      return `<h${depth} id="${id}">${html}</h${depth}>\n`;
    },
    link(token) {
      const address = addressOf(token.href);
      const isBare = token.text === token.href && address !== undefined && address.startsWith('../');
      const html = isBare ? escapeHtml(address.slice('..'.length)) : this.parser.parseInline(token.tokens);
      return address === undefined ? html : `<a href="${escapeHtml(address)}">${html}</a>`;
    },
    image({ href, text }) {
      const address = addressOf(href);
      const alt = escapeHtml(text);
      return address === undefined ? alt : `<img src="${escapeHtml(address)}" alt="${alt}" loading="lazy">`;
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
    },
    table(token) {
      const htmlOf = ({ tokens }: Tokens.TableCell) => this.parser.parseInline(tokens);
      const head = token.header.map((cell) => `<th scope="col" role="columnheader">${htmlOf(cell)}</th>`).join('');
      // On a narrow page, each row is a block with the headings as labels (document.css), and the roles keep the table.
      const labels = token.header.map(({ text }) => text && ` data-label="${escapeHtml(plainText(text))}"`);
      const cellOf = (cell: Tokens.TableCell, index: number) => `<td role="cell"${labels[index]}>${htmlOf(cell)}</td>`;
      const rows = token.rows.map((cells) => `<tr role="row">${cells.map(cellOf).join('')}</tr>`).join('\n');
      tables += 1;
      const table = `<table role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${rows}</tbody></table>`;
      return `<div class="document-table" role="region" tabindex="0" aria-label="${escapeHtml(tableLabel)} ${tables}">${table}</div>\n`;
    },
  };
}

/** The text of a heading, without the marks of code and emphasis. */
function plainText(markdown: string): string {
  return markdown.replace(/[`*]/g, '');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
