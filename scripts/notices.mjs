const header = `Third-party software in billetera

The files in dist/bin contain code of the packages below. Each package has its own licence, printed here in full.
`;

/**
 * The text of THIRD-PARTY-NOTICES.txt.
 *
 * @param {import('./bundled-packages.mjs').BundledPackage[]} packages
 */
export function noticesOf(packages) {
  const line = '-'.repeat(80);
  return [header, ...packages.map(({ id, licence, text }) => `${line}\n${id} (${licence})\n\n${text}\n`)].join('\n');
}
