import { errorReport } from '@touchstone/shared';
import { expect, it } from 'vitest';
import type { ListedPicture, TabResult } from '../../messaging/requests.ts';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { withKnownVerdict } from './known-verdict.ts';

const listed: ListedPicture = {
  number: 1,
  name: 'a.jpg',
  url: 'https://a.test/a.jpg',
  frameId: 0,
  width: 100,
  height: 100,
  inView: true,
  checking: false,
};
const result = (url: string, outcome: TabResult['outcome']): TabResult => ({ at: 1, asked: false, url, outcome });
const judged = result('https://a.test/a.jpg', { kind: 'verdict', record: sampleRecord() });

it('a picture without a badge has the verdict of its address', () => {
  expect(withKnownVerdict(listed, [judged]).verdict).toEqual({ value: 'fake', probability: 0.724 });
});

it('another address, a failure and a data: address give none', () => {
  const { url: _, ...withoutAddress } = listed;
  const failed = result('https://a.test/a.jpg', { kind: 'error', error: errorReport('picture-gone') });
  const other = result('https://a.test/b.jpg', judged.outcome);
  expect(withKnownVerdict(listed, [other]).verdict).toBeUndefined();
  expect(withKnownVerdict(listed, [failed]).verdict).toBeUndefined();
  expect(withKnownVerdict(withoutAddress, [judged]).verdict).toBeUndefined();
});

it('what stands on the page now goes first', () => {
  const verdict = { value: 'real', probability: 0.1 } as const;
  expect(withKnownVerdict({ ...listed, verdict }, [judged]).verdict).toEqual(verdict);
  expect(withKnownVerdict({ ...listed, checking: true }, [judged]).verdict).toBeUndefined();
});
