import { errorReport } from '@touchstone/shared';
import { expect, it } from 'vitest';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, Overlay } from '../overlay/entry.ts';
import type { CheckClient, CheckListener } from './check-client.ts';
import { createPictureChecks, type Subject } from './picture-checks.ts';

it('what failed because the browser was not paired is asked again by itself, once it may be', () => {
  const listeners: CheckListener[] = [];
  const client: Partial<CheckClient> = {
    check(_, listener) {
      listeners.push(listener);
      return () => undefined;
    },
  };
  let state: CheckState = { kind: 'checking' };
  const entry: Partial<Entry> = {
    get state() {
      return state;
    },
    isOpen: true,
    place: () => undefined,
    update: (next) => {
      state = next;
    },
    ask: () => undefined,
    remove: () => undefined,
  };
  const overlay: Partial<Overlay> = { add: () => entry as Entry };
  const checks = createPictureChecks(client as CheckClient, overlay as Overlay, () => true);
  const anchor: Partial<Subject['anchor']> = { box: () => undefined };
  const subject: Subject = {
    key: {},
    anchor: anchor as Subject['anchor'],
    address: () => 'https://a.test/1.jpg',
    pixels: async () => ({}),
  };
  checks.ask(subject);
  listeners[0]?.done({ kind: 'error', error: errorReport('not-paired') });
  expect(state.kind).toBe('error');
  checks.retryUnpaired();
  expect(listeners).toHaveLength(2);
  expect(state.kind).toBe('checking');
  listeners[1]?.done({ kind: 'error', error: errorReport('svg-refused') });
  checks.retryUnpaired();
  expect(listeners).toHaveLength(2);
});
