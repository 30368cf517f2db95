import { describe, expect, it } from 'vitest';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { TabPicture } from '../../messaging/content-messages.ts';
import type { ContentPorts } from './content-ports.ts';
import { createPictureLists } from './frame-lists.ts';

const picture = (number: number, inView: boolean): TabPicture => ({
  number,
  name: `${number}`,
  width: 100,
  height: 100,
  inView,
  checking: false,
});

function portsOf(frames: readonly { tabId: number; frameId: number }[]) {
  const asked: { frameId: number; message: BackgroundMessage }[] = [];
  const ports: Pick<ContentPorts, 'each'> = {
    each(visit) {
      for (const { tabId, frameId } of frames)
        visit(
          (message) => asked.push({ frameId, message }),
          { tabId, frameId, frameUrl: undefined, incognito: false },
          undefined,
        );
    },
  };
  return { asked, ports };
}

describe('the pictures of a tab', () => {
  it('are those of all its frames, in view first, the page before its frames, however they answer', async () => {
    const { asked, ports } = portsOf([
      { tabId: 1, frameId: 0 },
      { tabId: 1, frameId: 7 },
      { tabId: 2, frameId: 0 },
    ]);
    const lists = createPictureLists(ports);
    const listed = lists.of(1);
    expect(asked).toEqual([
      { frameId: 0, message: { type: 'list-pictures', id: 1 } },
      { frameId: 7, message: { type: 'list-pictures', id: 1 } },
    ]);
    lists.receive(1, 7, 1, [picture(1, true)]);
    // Of another tab, and of a frame that answered already.
    lists.receive(2, 0, 1, [picture(9, true)]);
    lists.receive(1, 7, 1, [picture(9, true)]);
    lists.receive(1, 0, 1, [picture(1, false), picture(2, true)]);
    expect((await listed).map(({ frameId, number }) => [frameId, number])).toEqual([
      [0, 2],
      [7, 1],
      [0, 1],
    ]);
  });

  it('are none where no frame is there, at once', async () => {
    expect(await createPictureLists(portsOf([]).ports).of(1)).toEqual([]);
  });
});
