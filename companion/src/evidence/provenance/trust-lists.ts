import { createHash, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';

const BUNDLED_FOLDER = join(import.meta.dirname, '..', '..', '..', 'assets', 'trust');
/** The longest list today has 180 kB. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
/** The certificates that the C2PA's own tools sign their test files with: anybody has their keys. */
const TEST_CERTIFICATE = /^O=(C2PA Test|C2PA Sample)|FOR TESTING_ONLY|^CN=C2PA (Test|Sample)/im;

/** What a list vouches for. `interim` is the list that was used before the C2PA had its own; it is frozen. */
export const LIST_FILES = { signers: 'signers.pem', timeStamps: 'time-stamps.pem', interim: 'interim.pem' } as const;
export type ListRole = keyof typeof LIST_FILES;

export interface TrustList {
  readonly role: ListRole;
  readonly name: string;
  /** ISO 8601 day: of the publication, or of the file when it is the user's own. */
  readonly date: string;
  readonly path: string;
  /** True for a file in the data folder, which takes the place of the bundled one. */
  readonly own: boolean;
  /** Certificates in PEM. */
  readonly certificates: readonly string[];
  /** Lower-case hex of the file. */
  readonly sha256: string;
}

const Description = v.object({
  lists: v.array(v.object({ file: v.string(), name: v.string(), date: v.string(), sha256: v.string() })),
});

const OWN_NAMES: Readonly<Record<ListRole, string>> = {
  signers: 'Your own trust list',
  timeStamps: 'Your own list for time stamps',
  interim: 'Content Credentials interim trust list',
};

/** Folder for the user's own lists inside a data folder. */
export function trustFolder(dataFolder: string): string {
  return join(dataFolder, 'trust');
}

/**
 * The list for a role: the user's own if there is a file of that name, else the bundled one.
 * @param folder for the user's own lists; absent when there is none
 * @returns undefined when neither exists
 * @throws TouchstoneError `trust-list-unreadable`, with the path as detail
 */
export async function loadTrustList(role: ListRole, folder?: string): Promise<TrustList | undefined> {
  const file = LIST_FILES[role];
  const ownPath = folder && join(folder, file);
  const own = ownPath === undefined ? undefined : await readList(ownPath);
  if (own && ownPath !== undefined) {
    const date = (await stat(ownPath)).mtime.toISOString().slice(0, 10);
    return { role, name: OWN_NAMES[role], date, path: ownPath, own: true, ...own };
  }
  const path = join(BUNDLED_FOLDER, file);
  const { lists } = v.parse(Description, JSON.parse(await readFile(join(BUNDLED_FOLDER, 'trust.json'), 'utf8')));
  const described = lists.find((list) => list.file === file);
  if (!described) return undefined;
  const bundled = await readList(path);
  if (bundled?.sha256 !== described.sha256) throw new TouchstoneError('trust-list-unreadable', `${path} was changed`);
  return { role, name: described.name, date: described.date, path, own: false, ...bundled };
}

/** @returns undefined when there is no such file */
async function readList(path: string): Promise<Pick<TrustList, 'certificates' | 'sha256'> | undefined> {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > MAX_LIST_BYTES) throw new Error('too large');
    bytes = await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new TouchstoneError('trust-list-unreadable', path, { cause });
  }
  const blocks = bytes.toString('latin1').match(CERTIFICATE) ?? [];
  try {
    if (blocks.length === 0) throw new Error('no certificate in it');
    const certificates = blocks.filter((pem) => !TEST_CERTIFICATE.test(new X509Certificate(pem).subject));
    return { certificates, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (cause) {
    throw new TouchstoneError('trust-list-unreadable', path, { cause });
  }
}
