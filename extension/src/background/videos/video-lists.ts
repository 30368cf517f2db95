import type { TabVideo } from '../../messaging/content-messages.ts';
import type { ListedVideo } from '../../messaging/requests.ts';
import type { ContentPorts } from '../tabs/content-ports.ts';

/** A frame that takes longer to list its videos is left out; the popup asks again soon. */
const ANSWER_WITHIN_MS = 1_500;
/** Videos listed of one tab. */
const LISTED = 50;

/** Asks every frame of a tab what videos it has. */
export interface VideoLists {
  of(tabId: number): Promise<ListedVideo[]>;
  /** A frame's answer. */
  receive(tabId: number, frameId: number, id: number, videos: readonly TabVideo[]): void;
}

interface Asked {
  readonly tabId: number;
  readonly awaited: Set<number>;
  readonly videos: ListedVideo[];
  done(): void;
}

export function createVideoLists(ports: ContentPorts): VideoLists {
  const asked = new Map<number, Asked>();
  let lastId = 0;
  return {
    of: (tabId) =>
      new Promise((resolve) => {
        const id = ++lastId;
        const videos: ListedVideo[] = [];
        const done = () => {
          clearTimeout(timer);
          asked.delete(id);
          // What a person sees first comes first: the playing ones, then the largest.
          const rank = ({ playing, width, height }: ListedVideo) => Number(playing) * 1e9 + width * height;
          resolve(videos.sort((a, b) => rank(b) - rank(a)).slice(0, LISTED));
        };
        const timer = setTimeout(done, ANSWER_WITHIN_MS);
        const awaited = new Set<number>();
        asked.set(id, { tabId, awaited, videos, done });
        ports.each((send, asker) => {
          if (asker.tabId !== tabId) return;
          awaited.add(asker.frameId);
          send({ type: 'list-videos', id });
        });
        if (awaited.size === 0) done();
      }),
    receive(tabId, frameId, id, videos) {
      const question = asked.get(id);
      if (question?.tabId !== tabId || !question.awaited.delete(frameId)) return;
      question.videos.push(...videos.map((video) => ({ ...video, frameId })));
      if (question.awaited.size === 0) question.done();
    },
  };
}
