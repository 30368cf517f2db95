import { TouchstoneError } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { type CaptureRequest, createCaptureQueue } from './capture-queue.ts';
import type { Session } from './session.ts';

const capture = (): CaptureRequest => ({
  lane: 'asked',
  source: { kind: 'image', path: 'original-bytes', private: false },
  bytes: new Uint8Array(8),
  fresh: false,
  signal: new AbortController().signal,
  onStage: () => undefined,
});

/** A session that takes everything and answers when the test says. */
function sessionOf() {
  const asked: { fail(error: TouchstoneError): void }[] = [];
  const session: Session = {
    open: true,
    window: { fits: () => true, take: () => undefined, release: () => undefined } as unknown as Session['window'],
    request: () => new Promise((_, reject) => asked.push({ fail: reject })),
    ended: new Promise(() => undefined),
    close: () => undefined,
  };
  return { session, asked };
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: TouchstoneError) => error.code,
  );

it('gives what waits for one machine to no other', async () => {
  const queue = createCaptureQueue(() => undefined);
  queue.machine('this computer');
  const asked = codeOf(queue.submit(capture()));
  queue.machine('https://desk.test');
  const { session, asked: sent } = sessionOf();
  queue.attach(session);
  expect(await asked).toBe('cancelled');
  expect(sent).toEqual([]);
});

it('gives what was on its way to one machine to no other', async () => {
  const queue = createCaptureQueue(() => undefined);
  queue.machine('this computer');
  const computer = sessionOf();
  queue.attach(computer.session);
  const asked = codeOf(queue.submit(capture()));
  queue.detach();
  queue.machine('https://desk.test');
  const team = sessionOf();
  queue.attach(team.session);
  computer.asked[0]?.fail(new TouchstoneError('companion-unreachable'));
  expect(await asked).toBe('cancelled');
  expect(team.asked).toEqual([]);
});

it('keeps what was asked before it was known which machine judges, and what waits for the same one', async () => {
  const queue = createCaptureQueue(() => undefined);
  void codeOf(queue.submit(capture()));
  queue.machine('this computer');
  queue.machine('this computer');
  const { session, asked } = sessionOf();
  queue.attach(session);
  expect(asked).toHaveLength(1);
});
