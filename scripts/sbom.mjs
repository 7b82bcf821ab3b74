import { readFileSync } from 'node:fs';

/**
 * The software bill of materials of the package, as a CycloneDX 1.5 document. It has no time and no serial number, so
 * the same sources give the same file.
 *
 * @param {import('./bundled-packages.mjs').BundledPackage[]} packages
 */
export function sbomOf(packages) {
  const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  const id = `${name}@${version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { ...componentOf({ id, name, version, licence: license }), type: 'application', description } },
    components: packages.map(componentOf),
    dependencies: [
      { ref: id, dependsOn: packages.map((bundled) => bundled.id) },
      ...packages.map((bundled) => ({ ref: bundled.id, dependsOn: bundled.imports })),
    ],
  };
}

function componentOf({ id, name, version, licence, integrity }) {
  return {
    type: 'library',
    'bom-ref': id,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [/[ (]/.test(licence) ? { expression: licence } : { license: { id: licence } }],
    ...(integrity && { hashes: [{ alg: 'SHA-512', content: hexOf(integrity) }] }),
  };
}

/** `sha512-<Base64>`, as package-lock.json has it, in hex. */
function hexOf(integrity) {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
}
