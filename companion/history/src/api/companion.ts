import {
  CompanionSettings,
  CompanionStatus,
  DeleteAnswer,
  type DeleteRequest,
  type ExportRequest,
  HistoryFacets,
  type HistoryFilter,
  HistoryPage,
  type Label,
  PairedBrowsers,
  ResultRecord,
  type SettingsPatch,
} from '@touchstone/shared';
import { request, requestJson } from './request.ts';

/** Records fetched at a time: three screens of a tall window, under 10 ms to validate. */
const PAGE_SIZE = 100;

const record = (id: string) => `/api/history/records/${encodeURIComponent(id)}`;

export const thumbnailAddress = (id: string): string => `${record(id)}/thumbnail`;
export const originalAddress = (id: string): string => `${record(id)}/original`;

export function fetchPage(filter: HistoryFilter, before: string | null, signal?: AbortSignal): Promise<HistoryPage> {
  const json = { filter, limit: PAGE_SIZE, ...(before === null ? {} : { before }) };
  return requestJson('/api/history/query', HistoryPage, { method: 'POST', json, signal });
}

export const fetchRecord = (id: string, signal?: AbortSignal): Promise<ResultRecord> =>
  requestJson(record(id), ResultRecord, { signal });

export const fetchFacets = (signal?: AbortSignal): Promise<HistoryFacets> =>
  requestJson('/api/history/facets', HistoryFacets, { signal });

export const fetchStatus = (signal?: AbortSignal): Promise<CompanionStatus> =>
  requestJson('/api/status', CompanionStatus, { signal });

export const fetchSettings = (signal?: AbortSignal): Promise<CompanionSettings> =>
  requestJson('/api/settings', CompanionSettings, { signal });

export const changeSettings = (patch: SettingsPatch): Promise<CompanionSettings> =>
  requestJson('/api/settings', CompanionSettings, { method: 'PATCH', json: patch });

export async function storeLabel(id: string, label: Label | null): Promise<void> {
  await request(`${record(id)}/label`, { method: 'PUT', json: { label } });
}

/** @returns how many records were deleted */
export async function deleteRecords(what: DeleteRequest): Promise<number> {
  const answer = await requestJson('/api/history/delete', DeleteAnswer, { method: 'POST', json: what });
  return answer.deleted;
}

export async function exportRecords(what: ExportRequest): Promise<Blob> {
  return (await request('/api/history/export', { method: 'POST', json: what })).blob();
}

export const fetchBrowsers = (signal?: AbortSignal): Promise<PairedBrowsers> =>
  requestJson('/api/browsers', PairedBrowsers, { signal });

export async function revokeBrowser(id: string): Promise<void> {
  await request(`/api/browsers/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Checks one local file. @throws TouchstoneError with a code for every kind of bad input */
export const checkFile = (file: Blob, fileName: string, signal?: AbortSignal): Promise<ResultRecord> =>
  requestJson(`/api/check?${new URLSearchParams({ fileName })}`, ResultRecord, { method: 'POST', body: file, signal });
