import type { ChainVerification, Explanation, ForensicView, ResultRecord } from '@touchstone/shared';
import { addressOf, history, records } from '@touchstone/shared/api';
import type { Language } from '@touchstone/shared/words';
import { client } from './request.ts';

/** Where the magnifier stands: centre in parts of the picture (0..1), and how many times larger. */
export interface Magnifier {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Picture of a telling moment of a video; `index` is its place in the timeline's `peaks`. */
export const peakAddress = (id: string, index: number): string =>
  addressOf(records.peak, { params: { id, place: `${index}` } });

/** Where in the picture the score comes from. @throws TouchstoneError `picture-not-kept` where no original is there */
export const explainRecord = (id: string, signal?: AbortSignal): Promise<Explanation> =>
  client.call(records.explain, { params: { id }, signal });

/** Checks a kept original again. @param pack name of the pack; undefined lets the companion choose */
export const recheckRecord = (id: string, pack?: string, signal?: AbortSignal): Promise<ResultRecord> =>
  client.call(records.recheck, { params: { id }, body: { pack }, signal });

/** Follows the hash chain through the whole log. @param head a head noted earlier, looked for along the way */
export const verifyLog = (head?: string, signal?: AbortSignal): Promise<ChainVerification> =>
  client.call(history.verify, { body: { head }, signal });

/** One expert view as picture bytes. @throws TouchstoneError `picture-not-kept` where no original is there */
export async function fetchView(
  id: string,
  view: ForensicView,
  magnifier: Magnifier | undefined,
  signal?: AbortSignal,
): Promise<Blob> {
  const query = magnifier && { x: `${magnifier.x}`, y: `${magnifier.y}`, zoom: `${magnifier.zoom}` };
  return (await client.fetch(records.view, { params: { id, view }, query, signal })).blob();
}

export interface ReportWish {
  readonly format: 'html' | 'json';
  /** Whether location and serial numbers are in it. */
  readonly withPrivate: boolean;
  readonly language: Language;
}

const reportParts = (id: string, { format, withPrivate, language }: ReportWish) =>
  ({ params: { id }, query: { format, private: withPrivate ? '1' : '0', language } }) as const;

/** Address of the evidence report of one record. */
export const reportAddress = (id: string, wish: ReportWish): string => addressOf(records.report, reportParts(id, wish));

export async function fetchReport(id: string, wish: ReportWish): Promise<Blob> {
  return (await client.fetch(records.report, reportParts(id, wish))).blob();
}
