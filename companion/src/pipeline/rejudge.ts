import { headAnswer, needsBaseLogit, type Pack, packIdentity } from '@touchstone/models';
import { type CaveatCode, MAX_CAPTURE_BYTES, type ResultRecord } from '@touchstone/shared';
import { jpegQuality } from '../decode/jpeg-quality.ts';
import { classifierEvidence } from '../evidence/classifier-evidence.ts';
import { sha256Of } from '../intake/inspect-capture.ts';
import { buildRecord } from '../records/build-record.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { seenEvidence, seenSame } from '../records/seen-before.ts';
import type { EmbeddingStore, Embeddings } from '../store/embedding-store.ts';
import type { History } from '../store/record-store.ts';
import { fuse } from '../verdict/fuse.ts';
import { FLAT_FROM } from '../verdict/picture-facts.ts';
import { recallEmbeddings } from './kept-embeddings.ts';
import type { RecordFrame } from './picture-record.ts';
import type { CheckRequest } from './pipeline.ts';
import { findSame } from './seen-before.ts';

/** Caveats that the readers of a file found, not the verdict. */
const OF_THE_FILE: readonly CaveatCode[] = ['picture-truncated', 'metadata-skipped'];

/** A picture that another pack has judged, and what the graph of a head's base saw in it. */
export interface KnownPicture {
  readonly earlier: ResultRecord;
  readonly seen: Embeddings;
}

/**
 * Looks for what a head needs to judge a picture without its pixels.
 * @param packs whose records tell what else is in the file
 * @returns undefined where the picture has to be looked at
 */
export async function findKnown(
  log: History,
  embeddings: EmbeddingStore,
  request: CheckRequest,
  pack: Pack,
  packs: readonly Pack[],
): Promise<KnownPicture | undefined> {
  const { bytes } = request;
  if (!pack.head || needsBaseLogit(pack) || bytes.byteLength > MAX_CAPTURE_BYTES) return undefined;
  const sha256 = await sha256Of(bytes);
  const seen = await recallEmbeddings(embeddings, sha256, pack, pack.manifest.input);
  if (!seen) return undefined;
  // What it said itself is repeated, not judged again.
  if (await findSame(log, request, sha256, [pack])) return undefined;
  for (const other of packs) {
    const earlier = await findSame(log, request, sha256, [other]);
    if (earlier?.companion === COMPANION_VERSION) return { earlier, seen };
  }
  return undefined;
}

/** A new record for a file that is known: what its file says is said again, and the head's word takes the classifiers' place. */
export function rejudgedRecord(
  request: CheckRequest,
  { earlier, seen }: KnownPicture,
  pack: Pack,
  frame: RecordFrame,
): ResultRecord {
  const start = performance.now();
  const { manifest } = pack;
  const answer = headAnswer(pack, seen.vectors);
  const word = classifierEvidence(manifest, answer);
  const before = seenSame(earlier);
  const evidence = [
    ...earlier.evidence.filter(({ kind }) => kind !== 'classifier' && kind !== 'seen-before'),
    word,
    seenEvidence(before),
  ];
  const { picture } = earlier;
  const caveats = earlier.verdict.caveats.map(({ code }) => code);
  const { together: _, recheckOf: __, label: ___, companion: ____, timeline: _____, ...rest } = earlier;
  return buildRecord({
    ...rest,
    id: frame.id,
    at: frame.at,
    lane: request.lane,
    source: request.source,
    evidence,
    verdict: fuse(evidence, answer.probability, manifest.name, manifest.thresholds, {
      path: request.source.path,
      kind: request.source.kind,
      shorterSide: Math.min(picture.width, picture.height),
      minimumSide: manifest.minimumSide,
      frames: picture.frames,
      flatness: caveats.includes('flat-graphic') ? FLAT_FROM : 0,
      jpegQuality: picture.format === 'jpeg' ? jpegQuality(request.bytes) : undefined,
      quickOnly: manifest.tier === 'quick',
      disagree: false,
      provenance: earlier.provenance,
      fileCaveats: OF_THE_FILE.filter((code) => caveats.includes(code)),
    }),
    pack: packIdentity(pack),
    provider: seen.provider,
    timings: {
      queue: 0,
      decode: 0,
      evidence: 0,
      inference: performance.now() - start,
      total: performance.now() - frame.startedAt,
    },
    seenBefore: before,
    recheckOf: request.recheckOf,
    logged: frame.logged,
    hasThumbnail: frame.hasThumbnail,
    hasOriginal: frame.hasOriginal,
  });
}
