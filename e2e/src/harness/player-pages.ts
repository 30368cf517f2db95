import type { Page } from 'playwright-core';
import type { ChromiumSession } from './chromium.ts';
import type { Clip } from './clips.ts';

/** A bare player. @param attributes beside `muted`, for instance `autoplay loop` */
export const player = (src: string, attributes = '', width = 400): string =>
  `<video id="v" src="${src}" width="${width}" muted ${attributes}></video>`;

/** A player fed through Media Source Extensions, as streaming sites do. */
export const streamed = (src: string, { type }: Clip): string => `<video id="v" width="400" muted autoplay></video>
<script>
  const media = new MediaSource();
  v.src = URL.createObjectURL(media);
  media.onsourceopen = async () => {
    const buffer = media.addSourceBuffer('${type}');
    const bytes = await (await fetch('${src}')).arrayBuffer();
    buffer.onupdateend = () => media.readyState === 'open' && media.endOfStream();
    buffer.appendBuffer(bytes);
  };
</script>`;

/** A player whose video is bound to keys, by the one key system that needs no licence server. */
export const keyed = (src: string): string => `${player(src, 'autoplay loop')}
<script>
  (async () => {
    const video = { contentType: 'video/webm;codecs="vp8"' };
    const access = await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [
      { initDataTypes: ['webm'], videoCapabilities: [video] },
    ]);
    await v.setMediaKeys(await access.createMediaKeys());
  })();
</script>`;

/** What the toolbar button shows on the tab of a page. */
export async function toolbarText(session: ChromiumSession, page: Page): Promise<string> {
  const worker = await session.worker();
  return worker.evaluate(async (url) => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> };
        action: { getBadgeText(of: object): Promise<string> };
      };
    };
    const tab = (await chrome.tabs.query({})).find((candidate) => candidate.url === url);
    return tab ? chrome.action.getBadgeText({ tabId: tab.id }) : 'no such tab';
  }, page.url());
}
