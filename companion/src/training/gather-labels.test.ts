import type { ResultRecord } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { gatherLabels, type LabelRooms } from './gather-labels.ts';

interface Labelled {
  readonly sha256: string;
  readonly cases?: readonly string[];
  readonly site?: string;
}

/** A history of labelled pictures, newest first. */
function historyOf(labelled: readonly Labelled[]): LabelRooms {
  const records = labelled.map(({ sha256, site }, index) => ({
    id: `r${index}`,
    label: 'fake',
    picture: { sha256 },
    source: { kind: 'image', url: site === undefined ? undefined : `https://${site}/a.jpg` },
  }));
  const log: LabelRooms['log'] = {
    async *iterate({ case: wanted } = {}) {
      for (const [index, record] of records.entries()) {
        const filed = labelled[index]?.cases ?? [];
        if (wanted === undefined || filed.includes(wanted)) yield record as unknown as ResultRecord;
      }
    },
  };
  const ids = [...new Set(labelled.flatMap(({ cases = [] }) => cases))];
  const list = async () =>
    ids.map((id) => ({ id, name: id, note: '', tags: [], createdAt: 0, updatedAt: 0, records: 1 }));
  return { log, cases: { list } };
}

it('pictures of one site, and of one case, share what keeps them on one side', async () => {
  const items = await gatherLabels(
    historyOf([
      { sha256: 'a', site: 'one.example', cases: ['fire'] },
      { sha256: 'b', site: 'two.example', cases: ['fire', 'flood'] },
      { sha256: 'c', site: 'one.example' },
      // Another record of the first picture, in a case of its own.
      { sha256: 'a', site: 'three.example', cases: ['flood'] },
    ]),
  );
  expect(items.map(({ ties }) => ties)).toEqual([
    ['site one.example', 'case fire', 'case flood'],
    ['site two.example', 'case fire', 'case flood'],
    ['site one.example'],
  ]);
});
