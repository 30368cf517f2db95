import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOf, type HeadManifest, headAnswer, installPack, type Pack, type PackHead } from '@touchstone/models';
import type { Taught } from '@touchstone/models/learning';
import { packLabel, type Training } from '@touchstone/shared';
import type { Looker } from '../analysis/picture-look.ts';
import { packCard } from './pack-card.ts';

/** A pack that is to come of a training. */
export interface HeadPackPlan {
  readonly name: string;
  readonly version: string;
  readonly base: Pack;
  readonly taught: Taught;
  readonly training: Pick<Training, 'settings'>;
  /** SHA-256 over the hashes and truths of everything that taught or tested. */
  readonly dataHash: string;
  readonly counts: { readonly trained: number; readonly tested: number };
}

export interface HeadPackPlaces {
  /** Folder for what is being written. */
  readonly draft: string;
  /** Folder of installed packs. */
  readonly into: string;
  readonly packFolders: readonly string[];
}

/** A provider other than the CPU rounds otherwise, and a head multiplies that. One neighbour more or less is a step in any vote. */
const GOLDEN_TOLERANCE = { logistic: 0.05, correction: 0.05, perceptron: 0.05, neighbours: 1 } as const;

/**
 * Writes what was taught as a pack of format 3 and installs it like any other.
 * @throws TouchstoneError as `installPack`
 */
export async function writeHeadPack(
  plan: HeadPackPlan,
  looker: Pick<Looker, 'lookAtGolden'>,
  { draft, into, packFolders }: HeadPackPlaces,
): Promise<Pack> {
  await rm(draft, { recursive: true, force: true });
  // Of a run that ended before it was written down that there is one.
  await rm(join(into, packLabel(plan)), { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const { head: model } = plan.taught;
  const text = JSON.stringify(fileOf(model));
  const golden = await looker.lookAtGolden(plan.base);
  const manifest = manifestOf(plan, text);
  const head: PackHead = { ...model, file: manifest.head, base: plan.base };
  const { logit } = headAnswer({ ...plan.base, head }, golden.vector, golden.logit);
  const whole = { ...manifest, golden: { ...manifest.golden, logit } };
  await writeFile(join(draft, 'head.json'), text);
  await writeFile(join(draft, 'pack.json'), `${JSON.stringify(whole, null, 2)}\n`);
  await writeFile(join(draft, 'CARD.md'), packCard(plan));
  try {
    return await installPack({ source: draft, into, packFolders, confirm: async () => true });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function manifestOf(
  { name, version, base, taught, training, counts, dataHash }: HeadPackPlan,
  text: string,
): HeadManifest {
  const { manifest } = base;
  const { calibration, thresholds } = taught;
  return {
    format: 3,
    name,
    version,
    licence: 'made on this computer; whoever made it decides',
    // Packs are given away, so nothing of the person's is in them: no names of pictures, sites or data sets.
    description: `Taught on ${counts.trained} pictures, on ${packLabel(manifest)}. Data ${dataHash}, seed ${training.settings.seed}.`,
    tier: manifest.tier,
    task: manifest.task,
    head: {
      kind: taught.head.kind,
      file: 'head.json',
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      base: { name: manifest.name, version: manifest.version, sha256: manifest.model.sha256 },
    },
    calibration: {
      kind: 'platt',
      ...calibration,
      fittedOn:
        taught.tried.length > 0
          ? 'pictures that were held out in turn, whole sources at a time, both classes weighted equally'
          : 'nothing: the pictures have too few sources to hold some out',
    },
    thresholds: { ...thresholds, meaning: meaningOf(taught) },
    minimumSide: manifest.minimumSide,
    golden: { input: manifest.golden.input, logit: 0, tolerance: GOLDEN_TOLERANCE[taught.head.kind] },
    card: 'CARD.md',
  };
}

function meaningOf({ published, tried }: Taught): string {
  const careful = 'never less careful than the base';
  if (published) return `${careful}; no more real pictures published with the base above fakeAbove than there`;
  if (tried.length === 0) return `${careful}; measured on nothing`;
  return `${careful}; above fakeAbove at most 1 % of the real pictures that were held out`;
}
