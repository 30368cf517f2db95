import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compareVersions, FiniteNumber, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { MAX_MODEL_BYTES } from '../pack/pack-schema.ts';
import { readPlainText } from '../pack/plain-text.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { download } from './download.ts';

/** Longest manifest of a publisher; the known one has 1 kB. */
const MAX_MANIFEST_BYTES = 64 * 1024;
/** Time for a server to say how long a file is, in milliseconds. */
const HEAD_LIMIT_MS = 30_000;

const side = v.pipe(FiniteNumber, v.integer(), v.minValue(16), v.maxValue(4096));
const triple = v.tuple([FiniteNumber, FiniteNumber, FiniteNumber]);
const share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));
const positive = v.pipe(FiniteNumber, v.gtValue(0));

/** What a publisher says of its newest model, in the fields of Sieve's `model_manifest.json`. */
const PublisherManifest = v.object({
  version: v.pipe(v.string(), v.regex(/^[\w][\w.+-]{0,31}$/)),
  model_url: v.pipe(v.string(), v.url(), v.maxLength(512)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: v.optional(v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_MODEL_BYTES))),
  licence: v.optional(v.pipe(v.string(), v.maxLength(80))),
  input_size: side,
  resize_shorter_side: side,
  norm_mean: triple,
  norm_std: v.tuple([positive, positive, positive]),
  calibration: v.object({ type: v.literal('sigmoid'), temperature: positive, bias: FiniteNumber }),
  tta: v.optional(v.object({ enabled: v.boolean(), band_lo: share, band_hi: share, min_side: side })),
  /** Logit of the golden view (packs/FORMAT.md), where the publisher states it. */
  golden_logit: v.optional(FiniteNumber),
});
type PublisherManifest = v.InferOutput<typeof PublisherManifest>;

/** The entry of the catalogue as its publisher would have it today; `golden` is what the graph must answer, where that is stated. */
export interface PublisherRelease {
  readonly entry: CatalogueEntry;
  readonly golden: number | undefined;
}

/**
 * Asks a publisher what its newest model is. Fetches the manifest and asks for the size of the model, nothing else; only on a person's word.
 * @param have versions that are there already, the pinned one among them
 * @param into folder of installed packs
 * @returns undefined where nothing newer is offered
 * @throws TouchstoneError `pack-invalid` for a manifest that says too little or leads elsewhere, `download-failed`, `too-large`, `cancelled`
 */
export async function readRelease(
  entry: CatalogueEntry,
  have: readonly string[],
  { into, signal }: { readonly into: string; readonly signal?: AbortSignal | undefined },
): Promise<PublisherRelease | undefined> {
  const { follows } = entry;
  if (!follows) return undefined;
  const manifest = await readManifest(follows.manifest, into, signal);
  // An older one is never taken, whoever offers it: it may have been withdrawn for a reason.
  if (have.some((version) => compareVersions(manifest.version, version) <= 0)) return undefined;
  if (!new URL(manifest.model_url).href.startsWith(follows.files)) {
    throw new TouchstoneError('pack-invalid', `the manifest leads away from ${follows.files}`);
  }
  const bytes = manifest.bytes ?? (await sizeOf(manifest.model_url, signal));
  return { entry: followed(entry, manifest, bytes), golden: manifest.golden_logit };
}

async function readManifest(url: string, into: string, signal: AbortSignal | undefined): Promise<PublisherManifest> {
  const folder = join(into, `.staging-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    const target = join(folder, 'manifest.json');
    await download({ url, target, maxBytes: MAX_MANIFEST_BYTES, ...(signal && { signal }) });
    const text = await readPlainText(target, MAX_MANIFEST_BYTES);
    const result = v.safeParse(PublisherManifest, parsed(text));
    if (result.success) return result.output;
    const [issue] = result.issues;
    throw new TouchstoneError('pack-invalid', `manifest, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', 'the manifest is not JSON', { cause });
  }
}

/** What the server says the file weighs: shown before a yes, and held to afterwards. */
async function sizeOf(url: string, signal: AbortSignal | undefined): Promise<number> {
  const limit = AbortSignal.timeout(HEAD_LIMIT_MS);
  let length: number;
  try {
    const asked = await fetch(url, { method: 'HEAD', signal: signal ? AbortSignal.any([signal, limit]) : limit });
    length = asked.ok ? Number(asked.headers.get('content-length')) : 0;
  } catch (cause) {
    throw new TouchstoneError('download-failed', `${url}: ${String(cause)}`, { cause });
  }
  if (!Number.isSafeInteger(length) || length < 1) throw new TouchstoneError('download-failed', `${url}: no size told`);
  if (length > MAX_MODEL_BYTES) throw new TouchstoneError('too-large', url);
  return length;
}

/** The pinned entry with everything that the publisher states of the new file; thresholds stay those that were pinned. */
function followed(entry: CatalogueEntry, release: PublisherManifest, bytes: number): CatalogueEntry {
  const { version, model_url: url, sha256, licence = entry.licence, calibration, tta } = release;
  const { second: _, ...input } = entry.manifest.input as Readonly<Record<string, unknown>>;
  const { temperature, bias } = calibration;
  const { input_size: size, resize_shorter_side: shorter } = release;
  return {
    ...entry,
    title: entry.title.replace(entry.version, version),
    version,
    licence,
    url,
    sha256,
    bytes,
    bytesExact: true,
    claim: `Stated by its publisher in ${entry.follows?.manifest ?? ''}; measured by nobody here.`,
    manifest: {
      ...entry.manifest,
      input: {
        ...input,
        size: [size, size],
        views: [{ kind: 'resize-shorter', side: shorter, crop: 'center', rounding: 'down' }],
        mean: release.norm_mean,
        std: release.norm_std,
        ...(tta?.enabled && {
          second: {
            view: { kind: 'native-crop', crop: 'center' },
            from: tta.band_lo,
            to: tta.band_hi,
            minimumSide: tta.min_side,
          },
        }),
      },
      calibration: {
        kind: 'platt',
        scale: 1 / temperature,
        bias,
        fittedOn: `by its authors (temperature ${temperature}, bias ${bias})`,
      },
    },
  };
}
