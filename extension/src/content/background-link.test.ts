import { errorReport } from '@touchstone/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackgroundMessage } from '../messaging/background-messages.ts';
import type { ContentMessage } from '../messaging/content-messages.ts';
import { createBackgroundLink, type Port } from './background-link.ts';
import { type CheckOutcome, createCheckClient } from './check-client.ts';

/** A port whose other end is the test. */
class TestPort implements Port {
  readonly sent: ContentMessage[] = [];
  private readonly listeners: ((message: unknown) => void)[] = [];
  private readonly disconnected: (() => void)[] = [];
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => void this.listeners.push(listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.disconnected.push(listener) };
  postMessage(message: ContentMessage): void {
    this.sent.push(message);
  }
  disconnect(): void {}
  receive(message: BackgroundMessage): void {
    for (const listener of this.listeners) listener(message);
  }
  drop(): void {
    for (const listener of this.disconnected) listener();
  }
}

describe('checks over a port', () => {
  let ports: TestPort[];
  let controller: AbortController;
  const orphaned = vi.fn();
  const setup = () => {
    const client = createCheckClient(() => link);
    const link = createBackgroundLink(
      () => {
        const port = new TestPort();
        ports.push(port);
        return port;
      },
      { message: (message) => void client.receive(message), connected: client.askAgain, busy: client.busy },
      orphaned,
      controller.signal,
    );
    return { client, link };
  };
  const ask = (client: ReturnType<typeof createCheckClient>) => {
    const stages: string[] = [];
    const outcomes: CheckOutcome[] = [];
    const cancel = client.check(
      { lane: 'asked', url: 'https://example.org/a.jpg', credentials: true },
      {
        stage: (stage) => void stages.push(stage),
        done: (outcome) => void outcomes.push(outcome),
        needPixels: async () => ({ rect: { x: 1, y: 2, width: 3, height: 4, devicePixelRatio: 1 } }),
      },
    );
    return { stages, outcomes, cancel };
  };

  beforeEach(() => {
    vi.useFakeTimers();
    ports = [];
    controller = new AbortController();
  });
  afterEach(() => {
    controller.abort();
    vi.useRealTimers();
    orphaned.mockClear();
  });

  it('brings the drawn picture of a card, or says that there is none', () => {
    const { client } = setup();
    const lines = { title: 'Likely AI', chance: '', reasons: [], facts: [], caution: '' };
    const drawn: (unknown | undefined)[] = [];
    for (let round = 0; round < 2; round += 1)
      client.sharePicture({ lines, step: 'likely-ai', direction: 'ltr' }, (png) => void drawn.push(png));
    const [port] = ports;
    expect(port?.sent.map(({ type }) => type)).toEqual(['share-picture', 'share-picture']);
    port?.receive({ type: 'shared-picture', id: 1, png: 'UE5H' });
    port?.receive({ type: 'error', id: 2, error: errorReport('internal') });
    expect(drawn).toEqual([new TextEncoder().encode('PNG'), undefined]);
    expect(client.busy()).toBe(false);
  });

  it('asks again, under the same id, when the background went away before it answered', async () => {
    const { client } = setup();
    const { stages, outcomes } = ask(client);
    expect(ports[0]?.sent).toMatchObject([{ type: 'check', id: 1 }]);
    ports[0]?.receive({ type: 'progress', id: 1, stage: 'queued' });
    ports[0]?.drop();
    await vi.advanceTimersByTimeAsync(200);
    expect(ports[1]?.sent).toMatchObject([{ type: 'check', id: 1, url: 'https://example.org/a.jpg' }]);
    ports[1]?.receive({
      type: 'error',
      id: 1,
      error: { code: 'busy', message: 'm', retryable: true, nextStep: 'n' },
    });
    expect(stages).toEqual(['queued']);
    expect(outcomes).toMatchObject([{ kind: 'error' }]);
  });

  it('leaves an idle background asleep', async () => {
    const { link } = setup();
    link.ensure();
    ports[0]?.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ports).toHaveLength(1);
    link.ensure();
    expect(ports).toHaveLength(2);
  });

  it('does not ask again what was cancelled, and drops a late answer', async () => {
    const { client, link } = setup();
    const { outcomes, cancel } = ask(client);
    cancel();
    expect(ports[0]?.sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
    ports[0]?.receive({ type: 'error', id: 1, error: { code: 'busy', message: '', retryable: true, nextStep: '' } });
    ports[0]?.drop();
    link.ensure();
    expect(outcomes).toEqual([]);
    expect(ports[1]?.sent).toEqual([]);
  });

  it('gives pixels when the background asks for them', async () => {
    const { client } = setup();
    ask(client);
    ports[0]?.receive({ type: 'need-pixels', id: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(ports[0]?.sent.at(-1)).toMatchObject({ type: 'pixels', id: 1, rect: { width: 3 } });
  });

  it('tells its owner when the extension is gone', () => {
    const link = createBackgroundLink(
      () => {
        throw new Error('Extension context invalidated.');
      },
      { message: () => undefined, connected: () => undefined, busy: () => false },
      orphaned,
      controller.signal,
    );
    link.ensure();
    expect(orphaned).toHaveBeenCalledOnce();
  });
});
