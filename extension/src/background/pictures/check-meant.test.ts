import { beforeEach, expect, it, vi } from 'vitest';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { ListedPicture, ListedVideo } from '../../messaging/requests.ts';
import type { ContentPorts } from '../tabs/content-ports.ts';
import type { TabResultsStore } from '../tabs/tab-results.ts';
import { checkMeant } from './check-meant.ts';

vi.mock('wxt/browser', () => ({ browser: {} }));

const sent: { frameId: number; message: BackgroundMessage }[] = [];
const ports: Partial<ContentPorts> = {
  arrival: async () => true,
  send(_, frameId, message) {
    sent.push({ frameId, message });
    return true;
  },
};
const listing = (pictures: readonly ListedPicture[], videos: readonly ListedVideo[] = []) => ({
  ports: ports as ContentPorts,
  results: {} as TabResultsStore,
  pictures: { of: async () => [...pictures], receive: () => undefined },
  videos: { of: async () => [...videos], receive: () => undefined },
});

beforeEach(() => void sent.splice(0));

it('the picture that is meant is asked about in its own frame', async () => {
  const rest = { name: '', width: 300, height: 300, inView: true, checking: false };
  const pictures = [
    { ...rest, number: 3, frameId: 0 },
    { ...rest, number: 3, frameId: 5, meant: 'focus' as const },
  ];
  await checkMeant(1, listing(pictures));
  expect(sent).toEqual([{ frameId: 5, message: { type: 'check-picture-number', number: 3 } }]);
});

it('so is the video that is meant', async () => {
  const video = { title: '', width: 300, height: 300, inView: true, duration: 1, playing: false, framesAnalyzed: 0 };
  await checkMeant(1, listing([], [{ ...video, number: 2, frameId: 7, meant: 'pointer' }]));
  expect(sent).toEqual([{ frameId: 7, message: { type: 'check-video-number', number: 2 } }]);
});

it('where none is, the page says so and offers what can be done', async () => {
  await checkMeant(1, listing([]));
  expect(sent).toEqual([{ frameId: 0, message: { type: 'choose-picture' } }]);
});
