import { beforeEach, describe, expect, it } from 'vitest';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import type { CheckState } from '../overlay/check-state.ts';
import type { Entry, EntryOptions, Overlay } from '../overlay/entry.ts';
import type { CheckClient, CheckListener, CheckRequest, PixelsAnswer } from './check-client.ts';
import { createPictureChecks, type PictureChecks, type Subject } from './picture-checks.ts';
import type { PictureEnd, WatchedPicture } from './picture-watch.ts';

interface Sent {
  readonly request: CheckRequest;
  readonly listener: CheckListener;
  cancelled: boolean;
}
interface Shown {
  readonly options: EntryOptions;
  state: CheckState;
  removed: boolean;
}

let sent: Sent[];
let shown: Shown[];
let checks: PictureChecks;
let address: string;
let box: object | undefined;
let watched: WatchedPicture | undefined;
/** What the watch says when it is asked at once. */
let lasts: boolean;
let ends: PictureEnd[];

const record = sampleRecord();
const visible = () => shown.filter(({ removed }) => !removed);

beforeEach(() => {
  [sent, shown, ends] = [[], [], []];
  [address, box, watched, lasts] = [
    'https://a.test/real.jpg',
    { x: 0, y: 0, width: 300, height: 200 },
    undefined,
    true,
  ];
  const client: Partial<CheckClient> = {
    check(request, listener) {
      const item: Sent = { request, listener, cancelled: false };
      sent.push(item);
      return () => {
        item.cancelled = true;
      };
    },
  };
  const overlay: Partial<Overlay> = {
    add(options) {
      const item: Shown = { options, state: options.state, removed: false };
      shown.push(item);
      const entry: Entry = {
        get state() {
          return item.state;
        },
        isOpen: true,
        place: () => undefined,
        update(state) {
          item.state = state;
        },
        updateLabel: () => undefined,
        updateHeat: () => undefined,
        ask: () => undefined,
        remove() {
          item.removed = true;
        },
      };
      return entry;
    },
  };
  // Only what these attacks touch.
  checks = createPictureChecks(client as CheckClient, overlay as Overlay, () => true);
});

const key = {};
const subject = (pixels: () => Promise<PixelsAnswer> = async () => ({})): Subject => ({
  key,
  anchor: { box: () => box as never, whole: () => box as never, ground: () => 'free', underPicture: () => false },
  address: () => address,
  hold(held) {
    watched = held;
    return {
      look() {
        if (!lasts) held.ended('changed');
        return lasts;
      },
      release: () => undefined,
    };
  },
  pixels,
});
const answer = (index = 0) => sent[index]?.listener.done({ kind: 'verdict', record });

describe('attack: a verdict beside a picture that it is not about', () => {
  it('keep the card by swapping the picture after the verdict', () => {
    checks.ask(subject());
    answer();
    expect(visible()).toMatchObject([{ state: { kind: 'verdict' } }]);
    watched?.ended('changed');
    expect(visible()).toEqual([]);
  });

  it('have the answer for the old picture arrive over the new one', () => {
    checks.ask(subject());
    watched?.ended('changed');
    expect(sent[0]?.cancelled).toBe(true);
    expect(visible()).toEqual([]);
  });

  it('swap in the very frame in which the answer arrives', () => {
    checks.ask(subject());
    lasts = false;
    answer();
    expect(shown.map(({ state }) => state.kind)).toEqual(['checking']);
    expect(visible()).toEqual([]);
  });

  it('keep the badge of an automatic check, and its verdict for the next picture', () => {
    checks.showBadge(subject(), { kind: 'verdict', record }, (why) => ends.push(why));
    watched?.ended('reloaded');
    expect(visible()).toEqual([]);
    expect(ends).toEqual(['reloaded']);
  });

  it('have a verdict shown that arrives for an automatic check in the frame of the swap', () => {
    checks.showBadge(subject(), undefined, (why) => ends.push(why));
    lasts = false;
    checks.showBadge(subject(), { kind: 'verdict', record }, () => undefined);
    expect(visible()).toEqual([]);
    expect(ends).toEqual(['changed']);
  });

  it('slide the picture away under a card that was asked for', () => {
    checks.ask(subject());
    answer();
    watched?.shown(false);
    expect(visible()).toEqual([]);
  });

  it('have the pixels of another picture judged under the address of this one', async () => {
    const pixels = async () => {
      address = 'https://a.test/fake.jpg';
      return { rect: { x: 0, y: 0, width: 9, height: 9, devicePixelRatio: 1 } };
    };
    checks.run(subject(pixels), { lane: 'bulk' });
    expect(await sent[0]?.listener.needPixels()).toEqual({});
  });
});
