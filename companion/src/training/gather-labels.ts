import type { ResultRecord } from '@touchstone/shared';
import type { CaseStore } from '../store/case-store.ts';
import type { HistoryQueries } from '../store/record-store.ts';
import type { DatasetItem } from './dataset.ts';
import { refuseBeyondLimit } from './gather-folder.ts';

function siteOf({ source }: ResultRecord): string | undefined {
  const address = source.pageUrl ?? source.url;
  return address !== undefined && URL.canParse(address) ? new URL(address).hostname || undefined : undefined;
}

const nameOf = ({ source, picture }: ResultRecord): string =>
  source.fileName ?? source.pageTitle ?? source.url ?? picture.sha256;

/** @returns undefined for what no picture is to be taught from: videos, and what is called neither */
export function itemOf(record: ResultRecord): DatasetItem | undefined {
  const { id, picture, label, source } = record;
  if (source.kind === 'video' || label === null || label === 'unsure') return undefined;
  const site = siteOf(record);
  return {
    truth: label === 'fake' ? 'ai' : 'real',
    name: nameOf(record),
    ties: site === undefined ? [] : [`site ${site}`],
    place: { kind: 'record', recordId: id, sha256: picture.sha256 },
  };
}

const LABELLED = ['real', 'fake'] as const;

/** Begins the tie of a case, which tells nothing of what is in it. */
const CASE = 'case ';
export const isCaseTie = (tie: string): boolean => tie.startsWith(CASE);

/** The cases of what is labelled, by content. */
async function casesOf({ log, cases }: LabelRooms): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const { id } of await cases.list()) {
    for await (const { picture } of log.iterate({ case: id, label: [...LABELLED] })) {
      const ties = found.get(picture.sha256) ?? [];
      found.set(picture.sha256, [...ties, `${CASE}${id}`]);
    }
  }
  return found;
}

export interface LabelRooms {
  readonly log: Pick<HistoryQueries, 'iterate'>;
  readonly cases: Pick<CaseStore, 'list'>;
}

/** The pictures of the history that a person called real or fake, each content once; pictures of one site, and of one case, stay together. */
export async function gatherLabels(rooms: LabelRooms): Promise<DatasetItem[]> {
  const ofCases = await casesOf(rooms);
  const seen = new Set<string>();
  const items: DatasetItem[] = [];
  for await (const record of rooms.log.iterate({ label: [...LABELLED] })) {
    const item = itemOf(record);
    if (!item || seen.has(record.picture.sha256)) continue;
    seen.add(record.picture.sha256);
    items.push({ ...item, ties: [...item.ties, ...new Set(ofCases.get(record.picture.sha256))] });
    refuseBeyondLimit(items.length);
  }
  return items;
}
