import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { compareVersions, packLabel, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { isNamed } from '../pack/find-pack.ts';
import { listPacks, MAX_MANIFEST_BYTES, type Pack, readDescription } from '../pack/pack-folder.ts';
import { filesOf, MAX_MODEL_BYTES, PackInput } from '../pack/pack-schema.ts';
import { readPlainText } from '../pack/plain-text.ts';
import { readHead } from '../pack/read-head.ts';
import { isShipped } from '../pack/shipped.ts';
import { checkPackFile } from '../pack/verify-files.ts';
import { type CatalogueEntry, findInCatalogue } from './catalogue.ts';
import { download, hashFile } from './download.ts';
import { describeHuggingFaceFolder } from './hugging-face.ts';
import { tryGraph, tryPack } from './try-model.ts';

const MAX_JSON_BYTES = 256 * 1024;
/** Cards are read by people; ours have 8 kB. */
const MAX_CARD_BYTES = 1024 * 1024;
/** Rounding differences between processors that compute the same graph; larger ones mean another graph. */
const GOLDEN_TOLERANCE = 0.02;

export interface InstallOptions {
  /** Name in the catalogue, folder (with pack.json, or Hugging Face style), or address of a pack.json. */
  readonly source: string;
  /** Folder of installed packs. */
  readonly into: string;
  /** Folders of packs that a head may be made for. */
  readonly packFolders?: readonly string[];
  /** Name to give it; default its own. */
  readonly name?: string;
  /** Asked before anything is downloaded, with licence and size; false cancels. */
  readonly confirm: (offer: Offer) => Promise<boolean>;
  /** Logit of the golden view that the graph of a catalogue's entry must give, where its publisher states it. */
  readonly golden?: number | undefined;
  /** Entries that `source` may name; the bundled catalogue unless a test says otherwise. */
  readonly find?: (name: string) => CatalogueEntry | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

export interface Offer {
  readonly title: string;
  readonly licence: string;
  readonly bytes: number;
  readonly url: string;
  readonly homepage: string | undefined;
  readonly claim: string | undefined;
  /** Of one file, where it is known before. */
  readonly version?: string;
  readonly sha256?: string;
}

type Draft = Record<string, unknown>;

async function readJson(path: string): Promise<unknown> {
  if (!(await exists(path))) throw new TouchstoneError('file-unreadable', path);
  const text = await readPlainText(path, MAX_JSON_BYTES);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', `${basename(path)} is not JSON`, { cause });
  }
}

const plainFacts = (path: string): Promise<{ size: number; isFile: boolean }> =>
  stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A name that may be a folder and an argument: lower case, digits, dots and dashes. */
function safeName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 64) || 'model'
  );
}

/** Completes a draft with what only the file itself can tell: names, hash, size and the golden value. */
async function complete(
  staging: string,
  file: string,
  draft: Draft,
  classes: unknown,
  signal: AbortSignal | undefined,
): Promise<Draft> {
  const path = join(staging, file);
  const input = v.parse(v.omit(PackInput, ['name']), draft.input);
  const facts = await tryGraph(path, input, { signal });
  const two = v.safeParse(v.object({ count: v.literal(2), ai: v.picklist([0, 1]) }), classes);
  if ((facts.outputs === 2) !== two.success) {
    throw new TouchstoneError(
      'pack-invalid',
      `the graph gives ${facts.outputs} numbers, its description says otherwise`,
    );
  }
  const [first = 0, second = 0] = facts.golden;
  const logit = two.success ? (two.output.ai === 0 ? first - second : second - first) : first;
  return {
    format: 2,
    ...draft,
    model: { file, sha256: await hashFile(path), bytes: (await stat(path)).size, opset: 0 },
    input: { ...input, name: facts.inputName },
    output: { logit: facts.outputName, ...(two.success ? { classes: two.output } : {}) },
    golden: {
      input: 'byte i = (i * 7919) mod 256, one view; answered on the CPU when the pack was installed',
      logit,
      tolerance: GOLDEN_TOLERANCE,
    },
    card: 'CARD.md',
  };
}

async function fromCatalogue(entry: CatalogueEntry, staging: string, options: InstallOptions): Promise<Draft> {
  const { title, version, licence, bytes, url, homepage, claim, sha256 } = entry;
  if (!(await options.confirm({ title, version, licence, bytes, url, homepage, claim, sha256 })))
    throw new TouchstoneError('cancelled');
  // Outside the staging folder, so that a broken download is continued by the next try.
  const downloads = join(options.into, '.downloads');
  await mkdir(downloads, { recursive: true });
  const target = join(downloads, `${entry.sha256}.onnx`);
  if (!(await exists(target))) {
    await download({
      url,
      target,
      sha256: entry.sha256,
      ...(entry.bytesExact ? { maxBytes: bytes } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
  }
  await rename(target, join(staging, 'model.onnx'));
  await writeFile(
    join(staging, 'CARD.md'),
    `# ${title}\n\nInstalled from ${url}\n(sha256 ${entry.sha256}). Licence: ${licence}. More: ${homepage}\n\n${claim}\nTouchstone has not measured it.\n`,
  );
  const named = { name: entry.name, version, licence, ...entry.manifest };
  const draft = await complete(staging, 'model.onnx', named, undefined, options.signal);
  const { logit } = v.parse(v.object({ logit: v.number() }), draft.golden);
  if (options.golden !== undefined && !(Math.abs(logit - options.golden) <= GOLDEN_TOLERANCE)) {
    throw new TouchstoneError('pack-invalid', `golden logit ${logit} instead of ${options.golden}`);
  }
  return draft;
}

async function fromPackFolder(folder: string, staging: string): Promise<Draft> {
  const manifest = await readDescription(folder);
  const { card } = manifest;
  for (const part of filesOf(manifest)) {
    await checkPackFile(join(folder, part.file), part);
    await copyFile(join(folder, part.file), join(staging, part.file));
  }
  if (await exists(join(folder, card))) {
    await writeFile(join(staging, card), await readPlainText(join(folder, card), MAX_CARD_BYTES));
  }
  return manifest;
}

async function fromHuggingFace(folder: string, staging: string, signal?: AbortSignal): Promise<Draft> {
  const [config, preprocessor] = await Promise.all([
    readJson(join(folder, 'config.json')),
    readJson(join(folder, 'preprocessor_config.json')),
  ]);
  const { description, input, classes } = describeHuggingFaceFolder(config, preprocessor);
  const candidates = [join(folder, 'onnx', 'model.onnx'), join(folder, 'model.onnx')];
  const model = (await exists(candidates[0] ?? '')) ? candidates[0] : candidates[1];
  if (!model || !(await exists(model))) throw new TouchstoneError('pack-invalid', 'there is no onnx/model.onnx');
  // Its own cache holds links to files, which are followed; pipes and devices are not.
  const { size, isFile } = await plainFacts(model);
  if (!isFile || size > MAX_MODEL_BYTES) throw new TouchstoneError('pack-invalid', 'model.onnx is no file of a model');
  await copyFile(model, join(staging, 'model.onnx'));
  await writeFile(
    join(staging, 'CARD.md'),
    `# ${basename(folder)}\n\nInstalled from a folder. Touchstone has not measured it; its thresholds are cautious defaults.\n`,
  );
  const draft: Draft = {
    name: safeName(basename(resolve(folder))),
    version: '1',
    licence: 'see its own page',
    description,
    tier: 'thorough',
    task: 'ai-image',
    input,
    calibration: { kind: 'platt', scale: 1, bias: 0, fittedOn: 'not calibrated; the model’s own probability' },
    thresholds: { fakeAbove: 0.9, realBelow: 0.1, meaning: 'cautious defaults, not measured' },
    minimumSide: 128,
  };
  return complete(staging, 'model.onnx', draft, classes, signal);
}

async function fromAddress(url: string, staging: string, options: InstallOptions): Promise<Draft> {
  const progress = { ...(options.signal ? { signal: options.signal } : {}) };
  await download({ url, target: join(staging, 'pack.json'), maxBytes: MAX_MANIFEST_BYTES, ...progress });
  const manifest = await readDescription(staging);
  const files = filesOf(manifest);
  const from = (file: string): string => new URL(file, url).href;
  const bytes = files.reduce((sum, part) => sum + part.bytes, 0);
  const agreed = await options.confirm({
    title: `${manifest.name} ${manifest.version}`,
    licence: manifest.licence,
    bytes,
    url: from(files[0]?.file ?? ''),
    homepage: undefined,
    claim: manifest.description,
  });
  if (!agreed) throw new TouchstoneError('cancelled');
  const downloads = join(options.into, '.downloads');
  await mkdir(downloads, { recursive: true });
  for (const part of files) {
    const target = join(downloads, part.sha256);
    await download({
      url: from(part.file),
      target,
      sha256: part.sha256,
      maxBytes: part.bytes,
      ...progress,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    await rename(target, join(staging, part.file));
  }
  await writeFile(
    join(staging, manifest.card),
    `# ${manifest.name}\n\nInstalled from ${url}. Licence: ${manifest.licence}.\n`,
  );
  return manifest;
}

async function readStaged(staging: string, packFolders: readonly string[]): Promise<Pack> {
  const manifest = await readDescription(staging);
  if (manifest.format !== 3) return { folder: staging, manifest };
  const { packs } = await listPacks(packFolders);
  return readHead(staging, manifest, packs.get(packLabel(manifest.head.base)));
}

/**
 * Installs a pack beside the others: fetched or copied into a folder of its own, verified, run once, and only then named.
 * @returns the installed pack
 * @throws TouchstoneError `pack-invalid`, `pack-exists`, `pack-unknown`, `download-failed`, `hash-mismatch`, `cancelled`
 */
export async function installPack(options: InstallOptions): Promise<Pack> {
  const { source, into, find = findInCatalogue } = options;
  await mkdir(into, { recursive: true });
  const staging = join(into, `.staging-${randomUUID()}`);
  await mkdir(staging);
  try {
    const entry = find(source);
    let draft: Draft;
    if (entry) draft = await fromCatalogue(entry, staging, options);
    else if (/^https?:\/\//.test(source)) draft = await fromAddress(source, staging, options);
    else if (await exists(join(source, 'pack.json'))) draft = await fromPackFolder(source, staging);
    else if (await exists(join(source, 'config.json'))) draft = await fromHuggingFace(source, staging, options.signal);
    else
      throw new TouchstoneError(
        'pack-unknown',
        `${source} is neither in the catalogue, nor an address, nor a model folder`,
      );
    const manifest = { ...draft, ...(options.name ? { name: safeName(options.name) } : {}) };
    await writeFile(join(staging, 'pack.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const pack = await readStaged(staging, options.packFolders ?? []);
    await tryPack(staging, { base: pack.head?.base.folder, signal: options.signal });
    const label = packLabel(pack.manifest);
    const folder = join(into, label);
    if ((await exists(folder)) || (await listPacks([into])).packs.has(label)) {
      throw new TouchstoneError('pack-exists', label);
    }
    await rename(staging, folder);
    return { ...pack, folder };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Finds an installed pack that may be removed. Packs that ship with the product cannot be removed.
 * @param given `name@version`, or a name of which only one version was installed
 * @throws TouchstoneError `pack-unknown`; its next step names the versions where there are several
 */
export function findRemovable(given: string, packs: Iterable<Pack>): Pack {
  const [found, ...more] = [...packs].filter((pack) => !isShipped(pack) && isNamed(given, pack));
  if (!found) throw new TouchstoneError('pack-unknown', given);
  if (more.length === 0) return found;
  const labels = [found, ...more]
    .map(({ manifest }) => manifest)
    .sort((a, b) => compareVersions(a.version, b.version))
    .map(packLabel);
  throw new TouchstoneError('pack-unknown', given, { nextStep: `Name the version: ${labels.join(', ')}.` });
}

/** Removes an installed pack from the disk. Whoever may still work with it is asked before. */
export async function removePack({ folder }: Pick<Pack, 'folder'>): Promise<void> {
  await rm(folder, { recursive: true });
}
