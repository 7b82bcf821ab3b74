import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { packageRoot } from './package-root.js';

const { releaseProblems } = await import(pathToFileURL(join(packageRoot, 'scripts', 'check-release.mjs')).href);

test('a tag is released if it is the version, and CHANGELOG.md describes that version', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n- c\n\n## [1.2.3] - 2026-05-04\n\n### Added\n\n- b\n\n## [1.2.2] - 2026-01-02\n';
  assert.deepEqual(releaseProblems('v1.2.3', '1.2.3', changelog), []);
  const problem = (tag: string, version: string, text = changelog) => releaseProblems(tag, version, text).join('\n');
  assert.match(problem('v1.2.4', '1.2.3'), /^the tag is "v1\.2\.4", but package\.json has 1\.2\.3; .+v1\.2\.3$/);
  assert.match(problem('1.2.3', '1.2.3'), /^the tag is "1\.2\.3"/);
  assert.match(problem('v1.2.5', '1.2.5'), /^CHANGELOG\.md has no section "## \[1\.2\.5\]"/);
  assert.match(problem('v1.2.2', '1.2.2'), /says nothing about 1\.2\.2/);
});

test('the release publishes with provenance, after the check of the tag and all tests', () => {
  const { on, permissions, jobs } = parse(readFileSync(join(packageRoot, '.github', 'workflows', 'release.yml'), 'utf8'));
  assert.deepEqual(on, { push: { tags: ['v*'] } });
  assert.deepEqual(permissions, { contents: 'read' });
  const commands = (job: { steps: { run?: string }[] }) => job.steps.flatMap(({ run }) => run ?? []);
  assert.match(commands(jobs.test)[0] ?? '', /^node scripts\/check-release\.mjs "\$GITHUB_REF_NAME"$/);
  for (const command of ['npm run lint', 'npm run types', 'npm test', 'npm run test:more'])
    assert.ok(commands(jobs.test).includes(command), command);
  assert.equal(jobs.test.permissions, undefined);
  assert.equal(jobs.publish.needs, 'test');
  assert.equal(jobs.publish.permissions['id-token'], 'write');
  assert.equal(commands(jobs.publish).at(-1), 'npm publish --provenance --access public');
});
