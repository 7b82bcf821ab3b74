// Installs the packages of a folder as its package-lock.json says. It uses only Node, because nothing is installed yet.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm's own retries take minutes. A registry that does not answer in this time counts as out of reach. */
const registryTimeoutMs = 8000;

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 * @typedef {(args: string[], options?: object) => { status: number | null, stdout?: string | null, stderr?: string | null }} Npm
 */

/**
 * Installs the packages of a folder, unless they are installed already: by npm start or by the user's own npm ci.
 *
 * @param {string} folder
 * @param {Npm} npm runs npm; with `stdio: 'pipe'` it returns what npm printed
 * @throws Error that says what to do, if npm fails or the registry does not answer
 */
export function installPackages(folder, npm) {
  if (isInstalled(readLock(join(folder, 'package-lock.json')), readLock(join(folder, 'node_modules', '.package-lock.json'))))
    return;
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const problem = registryProblem(folder, npm);
  if (problem === undefined) {
    const { status } = npm(['ci', ...options], { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm ci in ${folder} ended with ${status}; npm's error is above`);
    return;
  }
  // npm's cache can have everything. If it does not, npm install restores node_modules, which npm ci would have deleted.
  const { status } = npm(['install', '--offline', '--no-save', ...options], { cwd: folder, stdio: 'pipe' });
  if (status !== 0) throw new Error(offlineProblem(problem));
}

/**
 * Compares package-lock.json with the list that npm writes into node_modules. A package that is optional, such as a binary for another
 * system, may be missing.
 *
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  if (wanted.packages === undefined || installed.packages === undefined) return false;
  return Object.entries(wanted.packages).every(([path, { version, integrity, optional }]) => {
    const found = installed.packages?.[path];
    if (path === '') return true;
    return found === undefined ? optional === true : found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} printed what `npm ping --json` printed
 * @returns npm's code of the error if no server answered, such as ENOTFOUND; undefined if one did: 404 is also an answer
 */
export function pingProblem(printed) {
  const code = /"code": "(\w+)"/.exec(printed)?.[1] ?? 'ETIMEDOUT';
  return /^E\d{3}$/.test(code) ? undefined : code;
}

function registryProblem(folder, npm) {
  const args = ['ping', '--json', '--fetch-retries=0', '--loglevel=silent'];
  const { status, stdout, stderr } = npm(args, { cwd: folder, stdio: 'pipe', timeout: registryTimeoutMs });
  if (status === 0) return undefined;
  const code = pingProblem(`${stdout}${stderr}`);
  if (code === undefined) return undefined;
  const registry = npm(['config', 'get', 'registry'], { cwd: folder, stdio: 'pipe' }).stdout?.trim();
  return { code, registry };
}

function offlineProblem({ code, registry }) {
  return [
    `cannot install the packages: the registry ${registry} cannot be reached (${code}), and npm's cache does not have all of them.`,
    '  Connect to the network and start again. The next starts need no network.',
    '  Behind a proxy: npm config set https-proxy http://host:port. With another registry: npm config set registry https://host.',
  ].join('\n');
}

/** @returns {Lock} */
function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
