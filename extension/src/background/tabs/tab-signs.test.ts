import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { createTabSigns } from './tab-signs.ts';

interface Shown {
  readonly text: string | null;
  readonly title: string;
}
const OWN = 'Touchstone: Connected';

const { shown } = vi.hoisted(() => ({ shown: new Map<number, { text: string | null; title: string }>() }));
vi.mock('wxt/browser', () => {
  const change = (tabId: number, part: Partial<Shown>) =>
    void shown.set(tabId, { text: null, title: '', ...shown.get(tabId), ...part });
  return {
    browser: {
      action: {
        getTitle: async () => OWN,
        setBadgeText: async ({ tabId, text }: { tabId: number; text: string | null }) => change(tabId, { text }),
        setTitle: async ({ tabId, title }: { tabId: number; title: string }) => change(tabId, { title }),
        setBadgeBackgroundColor: async () => undefined,
      },
      tabs: { query: async () => [{ id: 1 }, { id: 2 }] },
    },
  };
});

beforeEach(() => shown.clear());

function setup(counts: Record<number, number>, on = { now: true }) {
  const signs = createTabSigns({
    isOn: () => on.now,
    flagged: async (tabId) => counts[tabId] ?? 0,
    translator: async () => createTranslator('en'),
  });
  return { signs, counts, on };
}

const { verdict } = sampleRecord();

describe('the toolbar button of a tab', () => {
  it('counts what is "Likely AI", in its title too, and leaves tabs without any alone', async () => {
    const { signs } = setup({ 1: 3 });
    signs.look(1);
    signs.look(2);
    await expect.poll(() => shown.get(1)).toEqual({ text: '3', title: `${OWN}. “Likely AI” on this page: 3` });
    expect(shown.has(2)).toBe(false);
  });

  it('shortens a count without room, and says all of it in its title', async () => {
    const { signs } = setup({ 1: 1234 });
    signs.look(1);
    await expect.poll(() => shown.get(1)).toMatchObject({ text: '99+', title: expect.stringContaining('1,234') });
  });

  it('gives the button back to the connection when the page is another one', async () => {
    const { signs, counts } = setup({ 1: 3 });
    signs.look(1);
    await expect.poll(() => shown.get(1)?.text).toBe('3');
    counts[1] = 0;
    signs.look(1);
    await expect.poll(() => shown.get(1)).toEqual({ text: null, title: OWN });
  });

  it('leaves the sign that the companion is off to be seen, and counts again when it is back', async () => {
    const { signs, on } = setup({ 1: 3 });
    signs.look(1);
    await expect.poll(() => shown.get(1)?.text).toBe('3');
    on.now = false;
    signs.lookAtAll();
    await expect.poll(() => shown.get(1)).toEqual({ text: null, title: OWN });
    signs.look(1);
    signs.video(1, verdict);
    on.now = true;
    signs.video(1, undefined);
    await expect.poll(() => shown.get(1)?.text).toBe('3');
  });

  it('takes a count away that was shown before the background slept, where the companion is off by now', async () => {
    shown.set(1, { text: '3', title: 'stale' });
    const { signs } = setup({ 1: 3 }, { now: false });
    signs.lookAtAll();
    await expect.poll(() => shown.get(1)).toEqual({ text: null, title: OWN });
  });

  it('says the verdict on a video that covers everything instead, and counts again afterwards', async () => {
    const { signs } = setup({ 1: 3 });
    signs.video(1, verdict);
    await expect
      .poll(() => shown.get(1))
      .toMatchObject({ text: 'AI', title: expect.stringContaining('Likely AI so far') });
    signs.look(1);
    signs.video(1, undefined);
    await expect.poll(() => shown.get(1)?.text).toBe('3');
  });
});
