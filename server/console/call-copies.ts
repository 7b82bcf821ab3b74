/** A call to write as code. */
export interface CopiedCall {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Each becomes a comment. */
  notes: readonly string[];
}

/** A command for a shell. */
export function asCurl({ method, url, headers, body, notes }: CopiedCall): string {
  const lines = [
    `curl -sS -X ${method} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-binary ${quoted(body)}`,
  ];
  return comments(notes, '#') + lines.join(' \\\n  ');
}

/** A module that runs as JavaScript too. */
export function asTypeScript({ method, url, headers, body, notes }: CopiedCall): string {
  return `${comments(notes, '//')}const response = await fetch(${literal(url)}, {
  method: ${literal(method)},
  headers: {
${entries(headers, '    ')}
  },
  body: ${literal(body)},
});
console.log(response.status, await response.text());`;
}

/** A script that needs only Python's standard library. */
export function asPython({ method, url, headers, body, notes }: CopiedCall): string {
  return `${comments(notes, '#')}import urllib.request

request = urllib.request.Request(
    ${literal(url)},
    method=${literal(method)},
    headers={
${entries(headers, '        ')}
    },
    data=${literal(body)}.encode(),
)
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`;
}

/** A script that needs only PHP's standard library. */
export function asPhp({ method, url, headers, body, notes }: CopiedCall): string {
  const lines = Object.entries(headers).map(([name, value]) => `        ${phpText(`${name}: ${value}`)},`);
  return `<?php
${comments(notes, '//')}$context = stream_context_create(['http' => [
    'method' => ${phpText(method)},
    'header' => [
${lines.join('\n')}
    ],
    'content' => ${phpText(body)},
    'ignore_errors' => true,
]]);
echo file_get_contents(${phpText(url)}, false, $context), "\\n";`;
}

function comments(notes: readonly string[], mark: string): string {
  return notes.map((note) => `${mark} ${note}\n`).join('');
}

function entries(headers: CopiedCall['headers'], indent: string): string {
  return Object.entries(headers)
    .map(([name, value]) => `${indent}${literal(name)}: ${literal(value)},`)
    .join('\n');
}

/** Single quotes of a POSIX shell: only the quote itself needs care. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A JSON string is also a string of TypeScript and of Python. */
function literal(text: string): string {
  return JSON.stringify(text);
}

/** Single quotes of PHP: only the quote and the backslash need care. */
function phpText(text: string): string {
  return `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}
