import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spawn from 'cross-spawn';

/**
 * Checks the Testcontainers snippets of the guides without a container engine: the types of the one for Node, against the newest
 * `testcontainers`, and the syntax of the others.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'billetera-testcontainers-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** The snippet of a language in the part about Testcontainers. */
function snippet(guide, language) {
  const text = readFileSync(join(root, 'docs', 'guides', guide, 'containers.md'), 'utf8');
  const [, part = ''] = text.split('\n## Testcontainers\n');
  const [, code] = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(part) ?? [];
  assert.ok(code, `${guide}: ${language}`);
  return code;
}

/** Runs a command in the scratch folder. @throws AssertionError with what it printed, if it fails */
function run(command, ...args) {
  const { status, stdout, stderr } = spawn.sync(command, args, { cwd: scratch, encoding: 'utf8' });
  assert.equal(status, 0, `${command}: ${stdout}${stderr}`);
}

function isMissing(command) {
  return spawnSync(command, ['--version']).error !== undefined && `${command} is not installed`;
}

test('the guides have the same snippets', () => {
  for (const language of ['java', 'python', 'js']) assert.equal(snippet('es', language), snippet('en', language));
});

test('the snippet for Node has the types of testcontainers', () => {
  writeFileSync(join(scratch, 'package.json'), '{"private":true,"type":"module"}');
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error', 'testcontainers');
  symlinkSync(root, join(scratch, 'node_modules', 'billetera'), 'junction');
  writeFileSync(join(scratch, 'snippet.ts'), snippet('en', 'js'));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  run(process.execPath, tsc, ...options, '--typeRoots', join(root, 'node_modules', '@types'), '--types', 'node', 'snippet.ts');
});

test('the snippet for Python compiles', { skip: isMissing('python3') }, () => {
  writeFileSync(join(scratch, 'snippet.py'), snippet('en', 'python'));
  run('python3', '-m', 'py_compile', 'snippet.py');
});

test('the snippet for Java compiles with the signatures of Testcontainers', { skip: isMissing('javac') }, () => {
  const containers = join(scratch, 'java', 'org', 'testcontainers', 'containers');
  const strategies = join(containers, 'wait', 'strategy');
  mkdirSync(strategies, { recursive: true });
  const write = (folder, name, body) =>
    writeFileSync(
      join(folder, `${name}.java`),
      `package ${folder.slice(join(scratch, 'java').length + 1).replace(/[\\\\/]/g, '.')};\n${body}\n`,
    );
  write(
    containers,
    'GenericContainer',
    `import org.testcontainers.containers.wait.strategy.WaitStrategy;
    public class GenericContainer<SELF extends GenericContainer<SELF>> {
      public GenericContainer(String image) {}
      public SELF withExposedPorts(Integer... ports) { return null; }
      public SELF waitingFor(WaitStrategy strategy) { return null; }
      public void start() {}
      public String getHost() { return null; }
      public Integer getMappedPort(int port) { return null; }
    }`,
  );
  write(strategies, 'WaitStrategy', 'public interface WaitStrategy {}');
  write(strategies, 'Wait', 'public class Wait { public static HttpWaitStrategy forHttp(String path) { return null; } }');
  write(
    strategies,
    'HttpWaitStrategy',
    'public class HttpWaitStrategy implements WaitStrategy { public HttpWaitStrategy forStatusCode(int status) { return this; } }',
  );
  const [imports, statements] = snippet('en', 'java').split(/\n\n/);
  writeFileSync(join(scratch, 'java', 'Snippet.java'), `${imports}\nclass Snippet { void run() { ${statements} } }`);
  run('javac', '-d', join(scratch, 'classes'), '-sourcepath', join(scratch, 'java'), join(scratch, 'java', 'Snippet.java'));
});
