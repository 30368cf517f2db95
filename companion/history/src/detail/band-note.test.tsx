import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleRecord } from '../list/example-record.ts';
import { renderInPage } from '../ui/render-in-page.tsx';
import { BandNote } from './band-note.tsx';

const { verdict } = exampleRecord();
const withReason = (code: 'model-says-ai' | 'generator-metadata') =>
  exampleRecord({ verdict: { ...verdict, reasons: [{ code, direction: 'ai', text: '', details: {} }] } });

const status = {
  version: '1.0.0',
  protocol: 1,
  pid: 1,
  port: 1,
  startedAt: 1,
  provider: 'cpu',
  providerReason: 'a test',
  packs: [{ ...exampleRecord().pack, bands: [{ band: 'likely', pictures: 40, aiShare: 0.95 }] }],
  recordingPaused: false,
  records: 1,
  queued: { live: 0, asked: 0, bulk: 0 },
  workerRestarts: 0,
};
const answer = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => vi.unstubAllGlobals());

describe('what a number means', () => {
  it('says what the band was worth where the pack counted it', async () => {
    answer.mockResolvedValueOnce(Response.json(status));
    const page = renderInPage(<BandNote record={withReason('model-says-ai')} />);
    await vi.waitFor(
      () => expect(page.textContent).toContain('of the test pictures with numbers from 80% to 100% (40), 95% were AI'),
      300_000,
    );
  });

  it('marks one of the five words and says that it was not counted', () => {
    answer.mockResolvedValueOnce(Response.json({ ...status, packs: [] }));
    const page = renderInPage(<BandNote record={withReason('model-says-ai')} />);
    expect(page.querySelectorAll('.band')).toHaveLength(5);
    expect(page.querySelector('[aria-current]')?.textContent).toBe('Likely AI90% – 100%');
    expect(page.textContent).toContain('nobody has counted');
  });

  it('claims no counted share where the file itself decided', () => {
    answer.mockResolvedValueOnce(Response.json(status));
    const { textContent } = renderInPage(<BandNote record={withReason('generator-metadata')} />);
    expect(textContent).toContain('not counted on test pictures');
    expect(textContent).not.toContain('nobody has counted');
    expect(textContent).not.toContain('Of 100 pictures');
  });
});
