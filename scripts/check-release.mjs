// Checks a tag before its version is published: `node scripts/check-release.mjs v1.2.3`.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const problems = releaseProblems(process.argv[2] ?? '', version, readFileSync('CHANGELOG.md', 'utf8'));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

/**
 * @param {string} tag
 * @param {string} version of package.json
 * @param {string} changelog the text of CHANGELOG.md
 * @returns {string[]} what must change before the release
 */
export function releaseProblems(tag, version, changelog) {
  const problems = [];
  if (tag !== `v${version}`)
    problems.push(`the tag is "${tag}", but package.json has ${version}; tag the commit of the version, as v${version}`);
  const section = changelog.split(/^(?=## )/m).find((text) => text.startsWith(`## [${version}]`));
  if (section === undefined)
    problems.push(`CHANGELOG.md has no section "## [${version}]"; give "## [Unreleased]" that name and a date`);
  else if (!section.includes('\n- ')) problems.push(`CHANGELOG.md says nothing about ${version}`);
  return problems;
}
