import { ChainVerification, Explanation, type ForensicView, ResultRecord } from '@touchstone/shared';
import { request, requestJson } from './request.ts';

const record = (id: string) => `/api/history/records/${encodeURIComponent(id)}`;

/** Where the magnifier stands: centre in parts of the picture (0..1), and how many times larger. */
export interface Magnifier {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Picture of a telling moment of a video; `index` is its place in the timeline's `peaks`. */
export const peakAddress = (id: string, index: number): string => `${record(id)}/peaks/${index}`;

/** Where in the picture the score comes from. @throws TouchstoneError `picture-not-kept` where no original is there */
export const explainRecord = (id: string, signal?: AbortSignal): Promise<Explanation> =>
  requestJson(`${record(id)}/explain`, Explanation, { method: 'POST', json: {}, signal });

/** Checks a kept original again. @param pack name of the pack; undefined lets the companion choose */
export const recheckRecord = (id: string, pack?: string, signal?: AbortSignal): Promise<ResultRecord> =>
  requestJson(`${record(id)}/recheck`, ResultRecord, {
    method: 'POST',
    json: pack === undefined ? {} : { pack },
    signal,
  });

/** Follows the hash chain through the whole log. @param head a head noted earlier, looked for along the way */
export const verifyLog = (head?: string, signal?: AbortSignal): Promise<ChainVerification> =>
  requestJson('/api/history/verify', ChainVerification, {
    method: 'POST',
    json: head === undefined ? {} : { head },
    signal,
  });

/** One expert view as picture bytes. @throws TouchstoneError `picture-not-kept` where no original is there */
export async function fetchView(
  id: string,
  view: ForensicView,
  magnifier: Magnifier | undefined,
  signal?: AbortSignal,
): Promise<Blob> {
  const { x, y, zoom } = magnifier ?? {};
  const place = magnifier ? `?${new URLSearchParams({ x: `${x}`, y: `${y}`, zoom: `${zoom}` })}` : '';
  return (await request(`${record(id)}/views/${view}${place}`, { signal })).blob();
}

export interface ReportWish {
  readonly format: 'html' | 'json';
  /** Whether location and serial numbers are in it. */
  readonly withPrivate: boolean;
  readonly language: string;
}

/** Address of the evidence report of one record. */
export const reportAddress = (id: string, { format, withPrivate, language }: ReportWish): string =>
  `${record(id)}/report?${new URLSearchParams({ format, private: withPrivate ? '1' : '0', language })}`;

export async function fetchReport(id: string, wish: ReportWish): Promise<Blob> {
  return (await request(reportAddress(id, wish))).blob();
}
