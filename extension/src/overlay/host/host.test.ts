import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOverlayHost, createReattachBudget } from './host.ts';

const HOST = '[data-touchstone-overlay]';
const settle = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('createReattachBudget', () => {
  it('gives up after a dozen removals within ten seconds, and forgives later', () => {
    let now = 0;
    const mayReattach = createReattachBudget(() => now);
    for (let time = 0; time < 12; time++) expect(mayReattach()).toBe(true);
    expect(mayReattach()).toBe(false);
    now = 10_001;
    expect(mayReattach()).toBe(true);
  });
});

describe('createOverlayHost', () => {
  let controller: AbortController;
  beforeEach(() => {
    vi.useFakeTimers();
    controller = new AbortController();
  });
  afterEach(() => {
    controller.abort();
    vi.useRealTimers();
  });

  it('shows nothing of itself to the page', () => {
    createOverlayHost('', controller.signal);
    const host = document.querySelector(HOST);
    expect(host?.shadowRoot).toBeNull();
    expect(host?.getAttribute('popover')).toBe('manual');
  });

  it('comes back when the page removes it, until the page has won', async () => {
    createOverlayHost('', controller.signal);
    let returns = 0;
    for (let round = 0; round < 30; round++) {
      document.querySelector(HOST)?.remove();
      await settle(100);
      if (document.querySelector(HOST)) returns++;
    }
    expect(returns).toBe(12);
  });

  it('leaves with its signal', async () => {
    const { ensure } = createOverlayHost('', controller.signal);
    controller.abort();
    ensure();
    await settle(1000);
    expect(document.querySelector(HOST)).toBeNull();
  });

  it('hides what it draws for a screenshot', () => {
    const { stage, conceal } = createOverlayHost('', controller.signal);
    conceal(true);
    expect(stage.style.visibility).toBe('hidden');
    conceal(false);
    expect(stage.style.visibility).toBe('');
  });

  it('can be pressed again when the page made it inert', async () => {
    const host = createOverlayHost('', controller.signal);
    host.element.inert = true;
    host.ensure();
    await settle(100);
    expect(host.element.inert).toBe(false);
  });
});
