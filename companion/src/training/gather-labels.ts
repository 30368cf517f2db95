import type { ResultRecord } from '@touchstone/shared';
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

/** The pictures of the history that a person called real or fake, each content once; pictures of one site stay together. */
export async function gatherLabels(log: Pick<HistoryQueries, 'iterate'>): Promise<DatasetItem[]> {
  const seen = new Set<string>();
  const items: DatasetItem[] = [];
  for await (const record of log.iterate({ label: ['real', 'fake'] })) {
    const item = itemOf(record);
    if (!item || seen.has(record.picture.sha256)) continue;
    seen.add(record.picture.sha256);
    items.push(item);
    refuseBeyondLimit(items.length);
  }
  return items;
}
