import { webcrypto } from 'node:crypto';
import {
  type CompanionSettings,
  type Explanation,
  numberSource,
  type ResultRecord,
  TouchstoneError,
} from '@touchstone/shared';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { RecentPictures } from '../pipeline/recent-pictures.ts';
import type { History } from '../store/record-store.ts';
import { type EvidenceReport, REPORT_VERSION } from './evidence-report.ts';
import { publicRecord } from './public-record.ts';
import { reportPicture } from './report-picture.ts';

export interface ReportRooms {
  readonly log: History;
  readonly recent: RecentPictures;
  readonly pipeline: Pick<Pipeline, 'explain' | 'decoder'>;
  readonly settings: CompanionSettings;
  /** Of this Touchstone. */
  readonly version: string;
}

export interface ReportRequest {
  readonly recordId: string;
  /** Whether what could betray the owner (place, serial numbers, other pages) is in it. */
  readonly withPrivate: boolean;
  readonly limits: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gathers all that is known about one check. A heat map is computed where the picture is at hand.
 * @throws TouchstoneError `not-found`, `cancelled`
 */
export async function buildReport(rooms: ReportRooms, request: ReportRequest): Promise<EvidenceReport> {
  const { log, recent, settings, version } = rooms;
  const { recordId, withPrivate, limits, signal } = request;
  const record = (await log.get(recordId)) ?? recent.find(recordId)?.record;
  if (!record) throw new TouchstoneError('not-found');
  const { from, bytes } = await pictureBytes(record, log, recent);
  const picture = await pictureOf(rooms, record, from, bytes, signal);
  // Where the file itself decided, the model's places explain nothing.
  const byModel = numberSource(record.verdict) === 'model';
  const explanation = picture.sameBytes && byModel ? await explain(rooms, record, bytes, signal) : null;
  const peaks = await Promise.all(
    (record.timeline?.peaks ?? []).map((_, place) => peakOf(rooms, recordId, place, signal)),
  );
  const link = await log.chainLink(recordId);
  return {
    format: 'touchstone-evidence-report',
    version: REPORT_VERSION,
    createdAt: new Date().toISOString(),
    touchstone: { version },
    ...(withPrivate ? { record, leftOut: { privateFacts: 0, earlierPage: false } } : publicRecord(record)),
    settings: {
      quickPack: settings.quickPack,
      thoroughPack: settings.thoroughPack,
      keepOriginals: settings.keepOriginals,
      retentionDays: settings.retentionDays,
    },
    chain: link ?? null,
    picture,
    peaks: peaks.filter((peak) => peak !== null),
    explanation,
    limits: [...limits],
  };
}

interface Found {
  readonly from: EvidenceReport['picture']['from'];
  readonly bytes: Uint8Array;
}

async function pictureBytes({ id, picture }: ResultRecord, log: History, recent: RecentPictures): Promise<Found> {
  const original = await log.original(id);
  if (original) return { from: 'original', bytes: original };
  const held = recent.bytesOf(picture.sha256);
  if (held) return { from: 'memory', bytes: held };
  const thumbnail = await log.thumbnail(id);
  return thumbnail ? { from: 'thumbnail', bytes: thumbnail } : { from: 'none', bytes: new Uint8Array(0) };
}

async function pictureOf(
  { pipeline }: ReportRooms,
  record: ResultRecord,
  from: Found['from'],
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<EvidenceReport['picture']> {
  if (from === 'none') return { from, sameBytes: null, image: null };
  const image = await reportPicture(pipeline.decoder, bytes, signal);
  if (from === 'thumbnail') return { from, sameBytes: null, image };
  const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
  return { from, sameBytes: sha256 === record.picture.sha256, image };
}

async function peakOf({ log, pipeline }: ReportRooms, id: string, place: number, signal: AbortSignal | undefined) {
  const bytes = await log.peak(id, place);
  return bytes ? reportPicture(pipeline.decoder, bytes, signal) : null;
}

async function explain(
  { pipeline }: ReportRooms,
  record: ResultRecord,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Explanation | null> {
  try {
    return await pipeline.explain({ record, bytes, signal });
  } catch (error) {
    if (error instanceof TouchstoneError && error.code !== 'cancelled') return null;
    throw error;
  }
}
