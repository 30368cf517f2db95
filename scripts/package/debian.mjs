import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SYSTEMD_UNIT, systemdUnit } from '../../companion/src/autostart/systemd.ts';
import { hostManifest, systemHostPlaces } from '../../companion/src/cli/native-host/host-places.ts';
import { root } from '../project.mjs';
import { bytesOf } from './sizes.mjs';

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
const HOME = '/usr/lib/touchstone';

/** Entry of the menu of programs: no terminal, no command to learn. */
export const DESKTOP_ENTRY = `[Desktop Entry]
Type=Application
Name=Touchstone
Comment=Is this picture from a camera or from a machine?
Comment[de]=Ist dieses Bild von einer Kamera oder von einer Maschine?
Comment[ar]=هل هذه الصورة من كاميرا أم من آلة؟
Exec=/usr/bin/touchstone open --start
Icon=touchstone
Terminal=false
Categories=Graphics;Network;
`;

/** Unit that a person enables with "touchstone autostart on" or systemctl; its own settings come from the person's files. */
export const packagedUnit = () =>
  systemdUnit({ command: [`${HOME}/bin/touchstone-companion`], environment: {}, folder: '~' });

/** @param {{ version: string, description: string, bytes: number, processor?: string }} facts */
export function controlFile({ version, description, bytes, processor = process.arch }) {
  return [
    'Package: touchstone',
    `Version: ${version}`,
    `Architecture: ${ARCHITECTURES[processor] ?? processor}`,
    'Maintainer: The authors of Touchstone <touchstone@localhost>',
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    'Depends: libc6 (>= 2.28), libstdc++6',
    'Section: graphics',
    'Priority: optional',
    `Description: ${description.split('.')[0]}`,
    ` ${description}`,
    '',
  ].join('\n');
}

/**
 * A .deb of a program folder: below /usr/lib, with the command on the PATH, an entry in the menu and a unit of the user's systemd.
 * Nothing starts by itself, and no script runs at the installation.
 * @returns {string} its path
 */
export function writeDeb({ program, staging, output, version, description }) {
  rmSync(staging, { recursive: true, force: true });
  const put = (path, text) => {
    mkdirSync(dirname(join(staging, path)), { recursive: true });
    writeFileSync(join(staging, path), text);
  };
  put('DEBIAN/control', controlFile({ version, description, bytes: bytesOf(program) }));
  put('usr/share/applications/touchstone.desktop', DESKTOP_ENTRY);
  put(`usr/lib/systemd/user/${SYSTEMD_UNIT}`, packagedUnit());
  for (const { browser, file } of systemHostPlaces('linux')) {
    put(file, `${JSON.stringify(hostManifest(browser, `${HOME}/bin/touchstone-browser`), null, 2)}\n`);
  }
  mkdirSync(join(staging, 'usr/bin'), { recursive: true });
  symlinkSync('../lib/touchstone/bin/touchstone', join(staging, 'usr/bin/touchstone'));
  const icons = join(staging, 'usr/share/icons/hicolor/128x128/apps');
  mkdirSync(icons, { recursive: true });
  cpSync(join(root, 'extension/public/icon/128.png'), join(icons, 'touchstone.png'));
  cpSync(program, join(staging, 'usr/lib/touchstone'), { recursive: true });
  mkdirSync(join(staging, 'usr/share/doc/touchstone'), { recursive: true });
  for (const [from, to] of [
    ['LICENSE', 'copyright'],
    ['THIRD-PARTY-NOTICES', 'THIRD-PARTY-NOTICES'],
  ]) {
    cpSync(join(root, from), join(staging, 'usr/share/doc/touchstone', to));
  }
  const file = join(output, `touchstone_${version}_${ARCHITECTURES[process.arch] ?? process.arch}.deb`);
  const { status, stderr, error } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', staging, file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`dpkg-deb: ${error?.message ?? stderr}`);
  rmSync(staging, { recursive: true, force: true });
  return file;
}
