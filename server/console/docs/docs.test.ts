import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../../package-root.js';
import { languages } from '../../pages/catalogues.js';
import { library } from '../../scenarios/library.js';
import { emulatorForFile } from '../../testing/emulator.js';
import { documentNames, documentPath } from './documents.js';
import { fidelityFiles } from './fidelity-files.js';
import { createHeadingIds } from './heading-id.js';
import { llmsIndex } from './llms-text.js';
import { renderMarkdown } from './render-markdown.js';

const emulator = await emulatorForFile();

async function get(url: string, lang = 'en') {
  const { statusCode, payload, headers } = await emulator.app.inject({
    url,
    headers: { 'accept-language': lang, accept: 'text/html' },
  });
  return { status: statusCode, html: payload, type: headers['content-type'] };
}

for (const [file, text] of Object.entries(fidelityFiles())) {
  test(`${file} is as \`npm run generate\` writes it`, () => {
    assert.equal(readFileSync(join(packageRoot, file), 'utf8'), text);
  });
}

describe('every document has a page', () => {
  for (const name of documentNames) {
    for (const lang of languages) {
      test(`/docs/${name} in ${lang}: headings have ids, and links lead somewhere`, async () => {
        const { status, html } = await get(`/docs/${name}`, lang);
        assert.equal(status, 200);
        const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
        assert.deepEqual(
          ids.filter((id, index) => ids.indexOf(id) !== index),
          [],
        );
        for (const [, id] of html.matchAll(/<a href="#([^"]+)"/g)) assert.ok(ids.includes(id), id);
        const [, article = ''] = /<article([\s\S]*?)<\/article>/.exec(html) ?? [];
        assert.doesNotMatch(article, /<(?:script|style|iframe)\b| on\w+="/);
        for (const [, attribute, address] of article.matchAll(/<(?:a href|img (src))="([^"]+)"/g)) {
          const { host, pathname } = new URL(address as string, `http://emulator.test/t/mine/docs/${name}`);
          if (host !== 'emulator.test') continue;
          const isPicture = attribute === 'src';
          assert.ok(pathname.startsWith(isPicture ? '/t/mine/docs/images/' : '/t/mine/'), pathname);
          const answer = await get(pathname);
          assert.deepEqual([answer.status, answer.type], [200, isPicture ? 'image/webp' : 'text/html; charset=utf-8'], pathname);
        }
      });
    }
  }
});

test('llms.txt of the package is as `npm run generate` writes it', () => {
  assert.equal(readFileSync(join(packageRoot, 'llms.txt'), 'utf8'), llmsIndex(documentPath));
});

test('/llms.txt lists the documents as Markdown, and /llms-full.txt has them all', async () => {
  const { html: index, type } = await get('/t/mine/llms.txt');
  assert.equal(type, 'text/plain; charset=utf-8');
  assert.match(index, /^# billetera\n\n> .*wallet.*\n\nbilletera stands in for/);
  const links = Array.from(index.matchAll(/\]\((http:\/\/[^)]+\.md)\)/g), ([, href = '']) => new URL(href).pathname);
  assert.deepEqual(links.map((path) => path.replace('/t/mine/docs/', '').replace('.md', '')).sort(), [...documentNames].sort());
  const { html: full } = await get('/llms-full.txt');
  assert.doesNotMatch(full, /docs.snippets/);
  for (const path of links) {
    const { status, html, type } = await get(path);
    assert.deepEqual([status, type], [200, 'text/markdown; charset=utf-8'], path);
    assert.ok(full.includes(html.trim()), path);
  }
  assert.equal((await get('/docs/nothing.md')).status, 404);
});

test('the skill has the name of its folder and a description, and its library scenario exists', () => {
  const skill = readFileSync(join(packageRoot, 'skills', 'billetera', 'SKILL.md'), 'utf8');
  assert.match(skill, /^---\nname: billetera\ndescription: .{50,1000}\n---\n/);
  const [, name] = /library: '([\w-]+)'/.exec(skill) ?? [];
  assert.ok(
    library.some((scenario) => scenario.name === name),
    name,
  );
});

test('/docs lists the documents in the language of the console, below a tenant too', async () => {
  const english = await get('/t/mine/docs');
  assert.match(english.html, /<a href="\/t\/mine\/docs\/fidelity">How faithful the wallets are<\/a>/);
  assert.match((await get('/docs', 'es')).html, /<a href="\/docs\/fidelity">Qué tan fieles son las billeteras<\/a>/);
  assert.match((await get('/docs?lang=es')).html, /<html lang="es"/);
});

describe('the search', () => {
  const find = async (query: string, lang = 'en') => {
    const { html } = await get(`/docs?q=${encodeURIComponent(query)}`, lang);
    const [, found = ''] = /data-testid="documents-found">([\s\S]*?)<\/ul>/.exec(html) ?? [];
    return { html, links: Array.from(found.matchAll(/<a href="([^"]+)"/g), ([, href]) => href) };
  };

  test('finds parts that have all words, and leads to their headings', async () => {
    const { links } = await find('toka pay openAppByUrl');
    assert.deepEqual(links, ['/docs/fidelity#toka']);
    assert.ok((await find('compose')).links.some((link) => link?.startsWith('/docs/containers')));
  });

  test('leads to the row of a message, and shows it without marks of Markdown', async () => {
    const { links, html } = await find('authCode exchanged again USED_AUTHCODE');
    assert.deepEqual(links, ['/docs/messages#finding-auth-code-reused']);
    assert.match((await get('/docs/messages')).html, / id="finding-auth-code-reused"/);
    assert.match(
      html,
      /authCode used twice \(<code>auth-code-reused<\/code>\) · An authCode was exchanged again\. .*gets USED_AUTHCODE/,
    );
  });

  test('shows the first paragraph or item that has all the words, whole, without marks of Markdown', async () => {
    const { html } = await find('token expires moves the clock');
    assert.match(
      html,
      /4\. The access token expires<\/a><p class="quiet">In the card Then below the steps, press Wait until the access token expires\. It moves the .*\.<\/p>/,
    );
    assert.match(
      (await find('verifies your signature with')).html,
      /, and compares what you signed with what you should have signed\.<\/p>/,
    );
  });

  test('does not mind capitals and accents, and searches in the language of the page', async () => {
    assert.deepEqual((await find('QUE TAN FIELES', 'es')).links, ['/docs/fidelity']);
    assert.deepEqual((await find('qué tan fieles')).links, []);
  });

  test('leads from a message that somebody pastes to its row, with cause and cure, in the language of the page', async () => {
    const pasted = 'the header Content-Type is text/plain: expected application/json; charset=UTF-8';
    for (const [lang, cause] of [
      ['en', 'the HTTP library sets its own Content-Type, such as that of a form'],
      ['es', 'la biblioteca HTTP pone su propio Content-Type, como el de un formulario'],
    ] as const) {
      const { html } = await find(pasted, lang);
      const [, found = ''] = /data-testid="messages-found">([\s\S]*?)<\/ul>/.exec(html) ?? [];
      const [, href = ''] = /<a href="([^"]+)"/.exec(found) ?? [];
      assert.equal(href, '/docs/messages#media-type-wrong');
      assert.ok(found.includes(`<p>${cause} → `), found);
      assert.match((await get('/docs/messages', lang)).html, /<tr role="row"><td [^>]*><a id="media-type-wrong"><\/a>/);
      // The reader must see both backslashes.
      assert.match((await get('/docs/messages', lang)).html, /<a id="json-escape-unknown"><\/a>[^<]* \\\\<\/td>/);
      assert.doesNotMatch(html, /data-testid="documents-found"|No guide has/);
    }
  });

  test('leads from words that are all in one row to that row', async () => {
    assert.ok((await find('exchanged twice retry')).links.includes('/docs/messages#code-used'));
  });

  test('says so if nothing is found, and shows what was sought as text', async () => {
    const { html, links } = await find('<b>nothing</b>');
    assert.deepEqual(links, []);
    assert.match(html, /No guide has all of these words/);
    assert.match(html, /Results for “&lt;b&gt;nothing/);
    assert.doesNotMatch((await find('  ')).html, /Results for/);
  });
});

test('a link to the emulator leads to the one that shows the document, whatever its address and tenant', async () => {
  const { html } = await get('/t/mine/docs/get-started');
  assert.match(html, /<a href="\.\.\/playground">\/playground<\/a>/);
  assert.match(html, /<a href="\.\.\/">the dashboard<\/a>/);
  assert.doesNotMatch(html, /href="http:\/\/127\.0\.0\.1:4010/);
});

test('a document that does not exist is a page that says so', async () => {
  const names = [
    'nothing',
    'fidelity.es',
    '..%2f..%2fpackage',
    '__proto__',
    'images',
    'images/en/none.webp',
    'images/en/..%2f..%2fa.md',
  ];
  for (const name of names) {
    const { status, type } = await get(`/docs/${name}`);
    assert.deepEqual([status, type], [404, 'text/html; charset=utf-8'], name);
  }
});

test('the profile page shows how each operation is known, with links, and what is not emulated', async () => {
  const { html } = await get('/t/toka/profile');
  const known = Array.from(html.matchAll(/data-testid="known">([\s\S]*?)<\/td>/g), ([, cell = '']) => cell);
  assert.ok(known.every((cell) => /Documented|Seen in a client|Inferred|Not emulated/.test(cell)));
  assert.match(html, /my\.getUserKYCStatusAuthCode[\s\S]*?Documented[\s\S]*?href="https:\/\/github\.com\/Bumh3rr\/toka-arena">/);
  assert.match(html, /<code>my\.pay<\/code>[\s\S]*?Not emulated/);
  assert.match(html, /href="\/t\/toka\/docs\/fidelity"/);
  assert.match((await get('/t/tng/profile?lang=es')).html, /Deducido[\s\S]*?de superqi/);
});

describe('Markdown', () => {
  const render = (text: string) =>
    renderMarkdown(text, { tableLabel: 'A "table"', addressOf: (link) => (link.startsWith('http') ? link : undefined) });

  test('headings get the ids that GitHub gives them', () => {
    const idOf = createHeadingIds();
    const headings = ['Alipay+ / Antom (AMS)', "Touch 'n Go eWallet", '¿Qué es?', 'The `code`', 'Again', 'Again'];
    assert.deepEqual(headings.map(idOf), ['alipay--antom-ams', 'touch-n-go-ewallet', 'qué-es', 'the-code', 'again', 'again-1']);
  });

  test('the first heading is left to the page, and those of the second level are listed', async () => {
    const { html, contents } = await render('# Title\n\n## One `code`\n\n### Deep\n\n## One code');
    assert.doesNotMatch(html, /<h1|Title/);
    assert.deepEqual(contents, [
      { id: 'one-code', title: 'One code' },
      { id: 'one-code-1', title: 'One code' },
    ]);
    assert.match(html, /<h2 id="one-code">One <code>code<\/code><\/h2>\n<h3 id="deep">Deep<\/h3>/);
  });

  test('the list of sections in the document is left out, because the page has its own', async () => {
    const list = '<!-- contents -->\n\n- [One](#one)\n\n<!-- end of contents -->';
    const { html, contents } = await render(`# Title\n\nFirst.\n\n${list}\n\n## One\n\nLast.`);
    assert.deepEqual(contents, [{ id: 'one', title: 'One' }]);
    assert.equal(html.replace(/\s*\n\s*/g, ''), '<p>First.</p><h2 id="one">One</h2><p>Last.</p>');
  });

  test('a link to a file without a page becomes text, and code and tables can be scrolled by keyboard', async () => {
    const { html } = await render(
      '[a](x.ts) [b](https://c.example/?d=1&e="2")\n\n```js\nif (a < b) {}\n```\n\n| A |\n| - |\n| `1` |\n',
    );
    assert.match(html, /<p>a <a href="https:\/\/c\.example\/\?d=1&amp;e=&quot;2&quot;">b<\/a><\/p>/);
    assert.match(html, /<pre tabindex="0"><code>if \(a &lt; b\) \{\}<\/code><\/pre>/);
    assert.match(html, /role="region" tabindex="0" aria-label="A &quot;table&quot; 1"><table role="table">/);
    assert.match(html, /<th scope="col" role="columnheader">A<\/th>/);
    assert.match(html, /<td role="cell" data-label="A"><code>1<\/code><\/td>/);
  });
});
