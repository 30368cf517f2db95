import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../project.mjs';
import { controlFile, DESKTOP_ENTRY, packagedUnit } from './debian.mjs';
import { shellLauncher, windowsLauncher } from './launchers.mjs';
import { writeNpmPackage } from './npm-package.mjs';
import { packagedText } from './packaged-text.mjs';
import { PROGRAMS, rootManifest } from './program-folder.mjs';
import { sbomOf } from './sbom.mjs';
import { asJavaScript, workspaceNames } from './strip-types.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-package-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program of a package', () => {
  const names = workspaceNames([{ folder: 'shared', manifest: JSON.parse(read('shared/package.json')) }]);

  it('is the same lines without types, with names that lead to files', () => {
    const source = [
      "import type { Verdict } from '@touchstone/shared';",
      "import { api } from '@touchstone/shared/api';",
      "import { one } from './one.ts';",
      "const PROGRAM = new URL('./decoder/main.ts', import.meta.url);",
      "export const two = async (x: number): Promise<unknown> => import('../other/two.ts');",
    ].join('\n');
    const code = asJavaScript(source, 'companion/src/cli/three.ts', names).split('\n');
    expect(code).toHaveLength(5);
    expect(code[0]?.trim()).toBe('');
    expect(code[1]).toBe("import { api } from '../../../shared/src/api/index.js';");
    expect(code[2]).toBe("import { one } from './one.js';");
    expect(code[3]).toContain("new URL('./decoder/main.js', import.meta.url)");
    expect(code[4]).toContain("import('../other/two.js')");
  });

  it('refuses a name that no workspace exports', () => {
    const source = "import { x } from '@touchstone/shared/nowhere';";
    expect(() => asJavaScript(source, 'companion/src/x.ts', names)).toThrow('no package.json exports');
  });

  it('names commands as they are on the PATH, in every language', () => {
    expect(packagedText('Run "npm run touchstone video install".')).toBe('Run "touchstone video install".');
    expect(packagedText('npm run --silent touchstone -- check')).toBe('touchstone check');
    for (const language of ['en', 'de', 'ar']) {
      for (const file of readdirSync(join(root, 'shared/src/words', language))) {
        const said = packagedText(read(`shared/src/words/${language}/${file}`));
        expect(said, file).not.toMatch(/npm (run|start)|in its folder|in seinem Ordner|في مجلده/);
      }
    }
  });

  it('runs behind a link, with an empty environment and arguments as they are', () => {
    const home = join(folder, 'a place');
    for (const path of ['bin', 'node/bin', 'app']) mkdirSync(join(home, path), { recursive: true });
    symlinkSync(process.execPath, join(home, 'node/bin/node'));
    writeFileSync(
      join(home, 'app/main.js'),
      'console.log(JSON.stringify([process.argv.slice(2), process.env.ORT_DISABLE_TELEMETRY]))',
    );
    writeFileSync(join(home, 'bin/touchstone'), shellLauncher('app/main.js'), { mode: 0o755 });
    symlinkSync('a place/bin/touchstone', join(folder, 'on-the-path'));
    const { stdout } = spawnSync(join(folder, 'on-the-path'), ['check', 'a b', '$HOME'], { env: {}, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual([['check', 'a b', '$HOME'], '1']);
  });

  it('is started on Windows by a batch file of the same shape', () => {
    const text = windowsLauncher(PROGRAMS.touchstone);
    expect(text).toContain('"%~dp0..\\node\\bin\\node.exe"');
    expect(text).toContain('"%~dp0..\\app\\companion\\src\\cli\\main.js" %*\r\n');
  });
});

describe('the .deb', () => {
  it('has a unit that systemd takes, and an entry of the menu without a terminal', () => {
    const unit = packagedUnit();
    expect(unit).toContain('ExecStart=:"/usr/lib/touchstone/bin/touchstone-companion"\n');
    expect(unit).toContain('WorkingDirectory=~\n');
    expect(DESKTOP_ENTRY).toMatch(/^Exec=\/usr\/bin\/touchstone open --start$/m);
    expect(DESKTOP_ENTRY).toMatch(/^Terminal=false$/m);
  });

  it('says what it is, for which processor and how large', () => {
    const control = controlFile({
      version: '1.2.3',
      description: 'Tells a thing. More.',
      bytes: 2048,
      processor: 'x64',
    });
    for (const line of ['Version: 1.2.3', 'Architecture: amd64', 'Installed-Size: 2', 'Description: Tells a thing']) {
      expect(control.split('\n')).toContain(line);
    }
  });
});

describe('the package for npx', () => {
  it('brings everything along, fetches nothing and runs no script', () => {
    const app = join(folder, 'app');
    for (const name of ['a', '@s/b']) {
      mkdirSync(join(app, 'node_modules', name), { recursive: true });
      writeFileSync(
        join(app, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version: '1.0.0', license: 'MIT' }),
      );
    }
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'touchstone', version: '0.1.0', type: 'module' }));
    writeNpmPackage(app, join(folder, 'package'));
    expect(JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'))).toEqual({
      name: 'touchstone',
      version: '0.1.0',
      type: 'module',
      bin: { touchstone: 'companion/src/cli/main.js' },
      os: [process.platform],
      cpu: [process.arch],
      dependencies: { '@s/b': '1.0.0', a: '1.0.0' },
      bundleDependencies: ['@s/b', 'a'],
    });
  });
});

it('the list of materials names every package with its licence and the hash of the lockfile', () => {
  const fastify = JSON.parse(read('companion/node_modules/fastify/package.json'));
  const node = { name: 'node', version: rootManifest().devDependencies.node, license: 'MIT' };
  const { bomFormat, specVersion, metadata, components } = JSON.parse(
    sbomOf({ name: 'touchstone', version: '0.1.0', packages: [node, fastify] }),
  );
  expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect(metadata.component).toMatchObject({ name: 'touchstone', version: '0.1.0' });
  expect(components.map(({ name }) => name)).toEqual(['fastify', 'node']);
  for (const { purl, hashes, licenses } of components) {
    expect(purl).toMatch(/^pkg:npm\/[a-z]+@\d/);
    expect(hashes[0].content).toMatch(/^[0-9a-f]{128}$/);
    expect(licenses[0].license.id).toBe('MIT');
  }
});

describe('definitions for systems that build their own', () => {
  it('macOS: a bundle that opens as the menu entry does', () => {
    const plist = read('packaging/macos/Info.plist');
    const value = (key) => new RegExp(`<key>${key}</key><string>([^<]*)</string>`).exec(plist)?.[1];
    const script = read('packaging/macos/build.sh');
    expect(script).toContain(`Contents/MacOS/${value('CFBundleExecutable')}`);
    expect(value('CFBundleShortVersionString')).toBe('@VERSION@');
    expect(script).toContain('bin/touchstone" open --start');
    expect(spawnSync('sh', ['-n', join(root, 'packaging/macos/build.sh')]).status).toBe(0);
  });

  it('Windows: an installer for one user, with the command on the PATH and in the menu', () => {
    const text = read('packaging/windows/touchstone.iss');
    for (const section of ['Setup', 'Files', 'Icons', 'Registry', 'UninstallRun', 'Code'])
      expect(text).toContain(`[${section}]`);
    expect(text).toContain('PrivilegesRequired=lowest');
    expect(text).toContain('Parameters: "open --start"');
    expect(text).toContain('{app}\\bin\\touchstone.cmd');
  });
});
