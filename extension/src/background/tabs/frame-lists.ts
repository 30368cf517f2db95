import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { TabPicture, TabVideo } from '../../messaging/content-messages.ts';
import type { ListedPicture, ListedVideo } from '../../messaging/requests.ts';
import type { ContentPorts } from './content-ports.ts';

/** A frame that takes longer to list what it has is left out; the popup asks again soon. */
const ANSWER_WITHIN_MS = 1_500;
/** What is listed of one tab. */
const LISTED = 50;

/** Asks every frame of a tab what it has of one kind. */
export interface FrameLists<Item> {
  of(tabId: number): Promise<(Item & { readonly frameId: number })[]>;
  /** A frame's answer. */
  receive(tabId: number, frameId: number, id: number, items: readonly Item[]): void;
}

type Question = Extract<BackgroundMessage, { type: 'list-videos' | 'list-pictures' }>['type'];
type Listed<Item> = Item & { readonly frameId: number };

interface Asked<Item> {
  readonly tabId: number;
  readonly awaited: Set<number>;
  readonly items: Listed<Item>[];
  done(): void;
}

/** @param order what a person sees first comes first */
function createFrameLists<Item>(
  ports: Pick<ContentPorts, 'each'>,
  question: Question,
  order: (a: Listed<Item>, b: Listed<Item>) => number,
): FrameLists<Item> {
  const asked = new Map<number, Asked<Item>>();
  let lastId = 0;
  return {
    of: (tabId) =>
      new Promise((resolve) => {
        const id = ++lastId;
        const items: Listed<Item>[] = [];
        const done = () => {
          clearTimeout(timer);
          asked.delete(id);
          resolve(items.sort(order).slice(0, LISTED));
        };
        const timer = setTimeout(done, ANSWER_WITHIN_MS);
        const awaited = new Set<number>();
        asked.set(id, { tabId, awaited, items, done });
        ports.each((send, asker) => {
          if (asker.tabId !== tabId) return;
          awaited.add(asker.frameId);
          send({ type: question, id });
        });
        if (awaited.size === 0) done();
      }),
    receive(tabId, frameId, id, items) {
      const of = asked.get(id);
      if (of?.tabId !== tabId || !of.awaited.delete(frameId)) return;
      of.items.push(...items.map((item) => ({ ...item, frameId })));
      if (of.awaited.size === 0) of.done();
    },
  };
}

/** The playing videos first, then the largest. */
export function createVideoLists(ports: Pick<ContentPorts, 'each'>): FrameLists<TabVideo> {
  const rank = ({ playing, width, height }: ListedVideo) => Number(playing) * 1e9 + width * height;
  return createFrameLists(ports, 'list-videos', (a, b) => rank(b) - rank(a));
}

/** The pictures in view first; otherwise in the order of the page, its own before those of its frames. */
export function createPictureLists(ports: Pick<ContentPorts, 'each'>): FrameLists<TabPicture> {
  const order = (a: ListedPicture, b: ListedPicture) => Number(b.inView) - Number(a.inView) || a.frameId - b.frameId;
  return createFrameLists(ports, 'list-pictures', order);
}
