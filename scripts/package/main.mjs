import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../project.mjs';
import { writeDeb } from './debian.mjs';
import { writeNpmPackage } from './npm-package.mjs';
import { packageFolders } from './production-packages.mjs';
import { rootManifest, writeProgramFolder } from './program-folder.mjs';
import { sbomOf } from './sbom.mjs';
import { bytesOf, sizeLines } from './sizes.mjs';
import { writeSums } from './sums.mjs';

/** The most that a program folder may hold, in bytes; the video decoder's FFmpeg is not in it. */
const MAX_BYTES = 300_000_000;

/** Packs one folder below another, owned by nobody in particular. */
function pack(file, parent, name) {
  // bsdtar of macOS and Windows knows these too.
  const args = ['-czf', file, '-C', parent, name];
  const owner = process.platform === 'linux' ? ['--owner=0', '--group=0', '--sort=name'] : [];
  const { status, stderr, error } = spawnSync('tar', [...owner, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar: ${error?.message ?? stderr}`);
  return file;
}

/** What is in the folder besides our own: its packages, and Node.js. */
function packagesIn(app) {
  const manifests = packageFolders(join(app, 'node_modules')).map((path) =>
    JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
  );
  return [...manifests, { name: 'node', version: rootManifest().devDependencies.node, license: 'MIT' }];
}

/** "only" what is named: folder, archive, deb, npm; all that this platform has otherwise. */
function main() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, output: { type: 'string' } } });
  const wanted = (name) => !values.only || values.only.includes(name);
  const output = values.output ?? join(root, 'dist');
  const { version, description } = rootManifest();
  const system = `${process.platform}-${process.arch}`;
  mkdirSync(output, { recursive: true });
  const program = join(output, 'touchstone');
  writeProgramFolder(program);
  console.log(sizeLines(program).join('\n'));
  const bytes = bytesOf(program);
  if (bytes > MAX_BYTES) throw new Error(`The program folder holds ${bytes} bytes, more than ${MAX_BYTES}`);

  const files = [];
  if (wanted('archive')) files.push(pack(join(output, `touchstone-${version}-${system}.tar.gz`), output, 'touchstone'));
  if (wanted('deb') && process.platform === 'linux') {
    files.push(writeDeb({ program, staging: join(output, '.deb'), output, version, description }));
  }
  if (wanted('npm')) {
    const staging = join(output, '.npm');
    writeNpmPackage(join(program, 'app'), join(staging, 'package'));
    files.push(pack(join(output, `touchstone-${version}-${system}-npx.tgz`), staging, 'package'));
    rmSync(staging, { recursive: true, force: true });
  }
  const sbom = join(output, `touchstone-${version}-${system}.cdx.json`);
  writeFileSync(sbom, sbomOf({ name: 'touchstone', version, packages: packagesIn(join(program, 'app')) }));
  files.push(sbom);
  writeSums(output, files);
  for (const file of [program, ...files]) console.log(`${(bytesOf(file) / 1e6).toFixed(1).padStart(7)} MB  ${file}`);
}

main();
