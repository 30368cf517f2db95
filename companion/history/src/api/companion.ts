import type {
  CompanionSettings,
  CompanionStatus,
  HistoryFacets,
  HistoryFilter,
  HistoryPage,
  Label,
  PairedBrowsers,
  ResultRecord,
  SettingsPatch,
} from '@touchstone/shared';
import {
  addressOf,
  browsers,
  checks,
  choices,
  companion,
  type DeleteAnswer,
  type DeleteRequest,
  type ExportRequest,
  history,
  type PacksToChoose,
  records,
  type SystemFigures,
  settings,
  system,
  type WaitingDeletions,
} from '@touchstone/shared/api';
import { client } from './request.ts';

/** Records fetched at a time: three screens of a tall window, under 10 ms to validate. */
const PAGE_SIZE = 100;

export const thumbnailAddress = (id: string): string => addressOf(records.thumbnail, { params: { id } });
export const originalAddress = (id: string): string => addressOf(records.original, { params: { id } });

/** @param groups whether every content is one row; of one content, all records are wanted */
export function fetchPage(
  filter: HistoryFilter,
  before: string | null,
  signal?: AbortSignal,
  groups = filter.content === undefined,
): Promise<HistoryPage> {
  const body = { filter, limit: PAGE_SIZE, groups, ...(before === null ? {} : { before }) };
  return client.call(history.query, { body, signal });
}

/** The newest record of each content that matches, newest first. @param most more are not read */
export async function newestOfContents(filter: HistoryFilter, most: number): Promise<ResultRecord[]> {
  const found: ResultRecord[] = [];
  for (let before: string | null = null; found.length < most; ) {
    const page: HistoryPage = await fetchPage(filter, before, undefined, true);
    found.push(...page.records);
    if (page.next === null) break;
    before = page.next;
  }
  return found.slice(0, most);
}

/** Ids of all records of a content that match, newest first. */
export async function idsOfContent(filter: HistoryFilter, content: string): Promise<string[]> {
  const ids: string[] = [];
  for (let before: string | null = null; ; ) {
    const page: HistoryPage = await fetchPage({ ...filter, content }, before);
    ids.push(...page.records.map(({ id }) => id));
    if (page.next === null) return ids;
    before = page.next;
  }
}

export const fetchRecord = (id: string, signal?: AbortSignal): Promise<ResultRecord> =>
  client.call(records.get, { params: { id }, signal });

export const fetchFacets = (signal?: AbortSignal): Promise<HistoryFacets> => client.call(history.facets, { signal });

export const fetchStatus = (signal?: AbortSignal): Promise<CompanionStatus> =>
  client.call(companion.status, { signal });

export const fetchSystem = (signal?: AbortSignal): Promise<SystemFigures> => client.call(system.figures, { signal });

export const fetchSettings = (signal?: AbortSignal): Promise<CompanionSettings> =>
  client.call(settings.get, { signal });

export const changeSettings = (patch: SettingsPatch): Promise<CompanionSettings> =>
  client.call(settings.change, { body: patch });

/** Packs that an admin can choose for a team. */
export const fetchPacksToChoose = async (signal?: AbortSignal): Promise<PacksToChoose['packs']> =>
  (await client.call(choices.packs, { signal })).packs;

/** Whether the companion starts at login. */
export const fetchAutostart = async (signal?: AbortSignal): Promise<boolean> =>
  (await client.call(settings.autostart, { signal })).on;

export const switchAutostart = async (on: boolean): Promise<boolean> =>
  (await client.call(settings.switchAutostart, { body: { on } })).on;

export async function storeLabel(id: string, label: Label | null): Promise<void> {
  await client.call(records.label, { params: { id }, body: { label } });
}

/** Deletes records so that it can be taken back for a while; the whole history goes at once. */
export const deleteRecords = (what: DeleteRequest): Promise<DeleteAnswer> =>
  client.call(history.delete, { body: { ...what, undoable: true } });

/** Deletions that can still be taken back, oldest first. */
export const waitingDeletions = (signal?: AbortSignal): Promise<WaitingDeletions> =>
  client.call(history.deletions, { signal });

/** Takes a deletion back. @returns how many records are there again @throws TouchstoneError `undo-too-late` */
export async function undoDeletion(deletion: string): Promise<number> {
  return (await client.call(history.undoDelete, { body: { deletion } })).restored;
}

export async function exportRecords(what: ExportRequest): Promise<Blob> {
  return (await client.fetch(history.export, { body: what })).blob();
}

export const fetchBrowsers = (signal?: AbortSignal): Promise<PairedBrowsers> => client.call(browsers.list, { signal });

export async function revokeBrowser(id: string): Promise<void> {
  await client.fetch(browsers.revoke, { params: { id } });
}

/** How one local file is checked, where the companion is not to choose. */
export interface FileCheckOptions {
  readonly signal?: AbortSignal | undefined;
  /** `name@version` */
  readonly pack?: string | undefined;
  /** Earlier record that this is a second check of. */
  readonly recheckOf?: string | undefined;
}

/** Checks one local picture. @throws TouchstoneError with a code for every kind of bad input */
export const checkFile = (file: Blob, fileName: string, options: FileCheckOptions = {}): Promise<ResultRecord> => {
  const { signal, pack, recheckOf } = options;
  return client.call(checks.picture, { query: { fileName, pack, recheckOf }, body: file, signal });
};
