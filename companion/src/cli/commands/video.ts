import { rm } from 'node:fs/promises';
import { TouchstoneError } from '@touchstone/shared';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { binariesFolder, decoderFolder } from '../../video-file/binaries/binaries-folder.ts';
import { BINARY_LICENCE, BINARY_SOURCES, binaryPackage } from '../../video-file/binaries/binary-packages.ts';
import { installBinaries, NPM_REGISTRY, packedAddress } from '../../video-file/binaries/install-binaries.ts';
import { decoderLoads } from '../../video-file/binaries/try-decoder.ts';
import { agree } from '../terminal/agree.ts';
import { downloading, inMegabytes } from '../terminal/downloading.ts';

export interface VideoInstallOptions {
  readonly yes?: boolean;
  /** Another registry of npm packages, such as a company's mirror. */
  readonly registry?: string;
}

const PLAYING = 'Play the video in the browser and use "Check this video".';

/**
 * `touchstone video install`: fetches the decoder's FFmpeg from its maker's package, on a person's word. A running companion
 * uses it for the next file.
 * @throws TouchstoneError `video-decoder-missing` where there is none for this computer, and as `installBinaries`
 */
export async function installVideo({ yes = false, registry = NPM_REGISTRY }: VideoInstallOptions): Promise<void> {
  const home = dataFolder();
  const into = binariesFolder(home);
  if (await decoderLoads(into)) {
    process.stdout.write('Video files can be read already; nothing is to be done.\n');
    return;
  }
  const binary = binaryPackage();
  if (!binary) {
    const system = `${process.platform}-${process.arch}`;
    throw new TouchstoneError('video-decoder-missing', `there is none for ${system}`, { nextStep: PLAYING });
  }
  prepareDataFolder(home);
  const from = registry.replace(/\/+$/, '');
  const done = await downloading(async (download) => {
    const offer = [
      `Video decoder, ${binary.name} ${binary.version}, ${inMegabytes(binary.bytes)}`,
      `  Licence  ${BINARY_LICENCE}`,
      `  Sources  ${BINARY_SOURCES}`,
      `  From     ${packedAddress(binary, from)}`,
      `  Hash     ${binary.integrity}`,
      '',
    ].join('\n');
    if (!(await agree(offer, yes))) throw new TouchstoneError('cancelled');
    await installBinaries({ binary, registry: from, into, tryOut: mustLoad, ...download });
    return true;
  });
  if (done) process.stdout.write('Video files can be read now.\n');
}

async function mustLoad(modules: string): Promise<void> {
  if (await decoderLoads(modules)) return;
  throw new TouchstoneError('video-decoder-missing', 'it was fetched whole, and cannot be loaded on this computer', {
    nextStep: PLAYING,
  });
}

/** `touchstone video status` */
export async function videoStatus(): Promise<void> {
  process.stdout.write(
    (await decoderLoads(binariesFolder(dataFolder())))
      ? 'Video files can be read.\n'
      : 'Video files cannot be read. Run "npm run touchstone video install".\n',
  );
}

/** `touchstone video remove`: what was fetched, of every version. What came along stays. */
export async function removeVideo(): Promise<void> {
  await rm(decoderFolder(dataFolder()), { recursive: true, force: true });
  process.stdout.write('The fetched video decoder is removed.\n');
}
