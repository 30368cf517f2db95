import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderInPage } from '../ui/render-in-page.tsx';
import { exampleFigures } from './fixtures/example-figures.ts';
import { SystemPage } from './system-page.tsx';

const answer = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', answer);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  answer.mockReset();
});

async function shown(figures = exampleFigures()): Promise<HTMLElement> {
  answer.mockImplementation(async () => Response.json(figures));
  const page = renderInPage(<SystemPage onClose={() => undefined} />);
  await vi.waitFor(() => expect(page.querySelector('.system-grid')).not.toBeNull(), 300_000);
  return page;
}

/** The cells of the row that a word names. */
function row(page: HTMLElement, name: string): string[] {
  const heads = [...page.querySelectorAll('tbody th')].filter(({ textContent }) => textContent?.startsWith(name));
  return [...(heads[0]?.parentElement?.querySelectorAll('td') ?? [])].map(({ textContent }) => textContent ?? '');
}

describe('the System page', () => {
  it('tells what waits, how long steps take, what went wrong and what is kept', async () => {
    const page = await shown();
    expect(row(page, 'automatic check')).toEqual(['7', '1,200']);
    expect(row(page, 'Total')).toEqual(['80 ms', '210 ms', '480 ms']);
    expect(row(page, 'The file is empty.')).toEqual(['3']);
    expect(row(page, 'Kept originals')).toEqual(['61 MB']);
    expect(row(page, 'Results of the same file')).toEqual(['3 of 12']);
    expect(page.textContent).toContain('120 GB of 500 GB are free');
    expect(page.textContent).toContain('120 answered: 4 refused, 0 failed');
  });

  it('tells how packs do in use, and of what is not known that it is not', async () => {
    const page = await shown();
    expect(row(page, 'quick 1.3.0')).toEqual(['quick', '8 of 10', '1', 'much (0.31)']);
    expect(row(page, 'thorough 1.2.1')).toEqual(['thorough', 'no labels', '0', 'too few pictures']);
    expect(row(page, 'Models')).toEqual(['1', 'in the companion', '40 sec']);
  });

  it('draws the days as one picture with a sentence, and each row with its own bar', async () => {
    const page = await shown();
    const chart = page.querySelector('.chart svg');
    expect(chart?.getAttribute('role')).toBe('img');
    expect(chart?.getAttribute('aria-label')).toMatch(/^Checks of the last 30 days: \d+ in all, 20 on /);
    expect(chart?.querySelectorAll('.figure-column').length).toBe(3 * 24);
    for (const bar of page.querySelectorAll('.figure-bar')) expect(bar.getAttribute('aria-hidden')).toBe('true');
  });

  it('says why it is not ready, and what a newer companion tells by its own word', async () => {
    const page = await shown(exampleFigures({ ready: false, missing: ['models', 'disk'] }));
    const text = page.querySelector('.system-state')?.textContent;
    expect(text).toBe('Not ready No model pack is installed. The disk is nearly full, or gone.');
    expect(row(page, ' of-a-newer-one')).toEqual(['1']);
  });

  it('says what to do where the companion does not answer', async () => {
    answer.mockImplementation(async () => {
      throw new TypeError('refused');
    });
    const page = renderInPage(<SystemPage onClose={() => undefined} />);
    await vi.waitFor(() => expect(page.querySelector('[role=alert]')?.textContent).toContain('npm start'), 300_000);
  });
});
