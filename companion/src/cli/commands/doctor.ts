import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { chooseProvider } from '@touchstone/models';
import { foreignText } from '@touchstone/shared/words';
import pc from 'picocolors';
import { OPTIONS } from '../../configuration/options.ts';
import { resolveConfiguration } from '../../configuration/resolve-configuration.ts';
import { packFolders } from '../../daemon/pack-folders.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { systemCode } from '../../settings/folder-trouble.ts';
import { writePrivateFile } from '../../settings/private-file.ts';
import { binariesFolder } from '../../video-file/binaries/binaries-folder.ts';
import { decoderLoads } from '../../video-file/binaries/try-decoder.ts';
import { bundle } from '../doctor/bundle.ts';
import { diagnose, type NamedFinding } from '../doctor/diagnose.ts';
import type { State, Subject } from '../doctor/diagnosis.ts';
import { findCompanion } from '../link/companion-link.ts';
import { hostPlaces, systemHostPlaces } from '../native-host/host-places.ts';
import { givenPath } from '../terminal/given-path.ts';

export interface DoctorOptions {
  readonly json?: boolean;
  /** File that a report to send is written to. */
  readonly bundle?: string;
}

const EXIT_BROKEN = 1;

const MARKS: Readonly<Record<State, string>> = { ok: 'ok', warning: 'look', broken: 'BROKEN' };
const COLOURS: Readonly<Record<State, (text: string) => string>> = { ok: pc.green, warning: pc.yellow, broken: pc.red };

/** @param folder may be missing yet: then what it will lie in counts */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const above = folder.replace(/[/\\][^/\\]*$/, '');
    if (systemCode(error) !== 'ENOENT' || above === folder) throw error;
    return freeBytes(above || '/');
  }
}

async function theSubject(): Promise<Subject> {
  const home = dataFolder();
  const { values, error } = await resolveConfiguration({ environment: process.env, home }).then(
    (resolved) => ({ values: resolved.values, error: undefined }),
    (cause: unknown) => ({ values: undefined, error: cause }),
  );
  return {
    home,
    port: values?.port ?? OPTIONS.port.fallback,
    configuration: error,
    packFolders: packFolders(home),
    link: await findCompanion(),
    now: Date.now(),
    freeBytes,
    provider: values?.provider,
    chooseProvider,
    hostPlaces: [...hostPlaces(process.platform, homedir(), home), ...systemHostPlaces(process.platform)],
    videoDecoderLoads: () => decoderLoads(binariesFolder(home)),
    nodeVersion: process.versions.node,
  };
}

function lineOf({ look, state, text, nextStep }: NamedFinding): string {
  const mark = COLOURS[state](MARKS[state].padEnd(8));
  return `${mark}${look.padEnd(15)}${foreignText(text)}\n${nextStep ? `${' '.repeat(23)}${nextStep}\n` : ''}`;
}

/**
 * `touchstone doctor`: looks at everything that a working Touchstone needs, changes nothing, and says what to do.
 * @returns exit code, 1 when something is broken
 */
export async function doctor({ json = false, bundle: file }: DoctorOptions): Promise<number> {
  const subject = await theSubject();
  const findings = await diagnose(subject);
  for (const finding of findings) process.stdout.write(json ? `${JSON.stringify(finding)}\n` : lineOf(finding));
  if (file !== undefined) {
    const path = givenPath(file);
    await writePrivateFile(path, `${JSON.stringify(await bundle(subject, findings), null, 2)}\n`);
    process.stderr.write(`Written to ${foreignText(path)}. Read it before you send it.\n`);
  }
  return findings.some(({ state }) => state === 'broken') ? EXIT_BROKEN : 0;
}
