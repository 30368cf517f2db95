import {
  addressForRecord,
  type CaptureKind,
  type CapturePath,
  type CaptureSource,
  MAX_TITLE_LENGTH,
} from '@touchstone/shared';
import { browser } from 'wxt/browser';

/** Who asks: one frame of one tab. */
export interface Asker {
  readonly tabId: number;
  readonly frameId: number;
  /** Address of the frame's own document, as the browser says. */
  readonly frameUrl: string | undefined;
  readonly incognito: boolean;
}

/** Where a capture comes from, for the record. The tab is asked anew: pages change their address without loading. */
export async function sourceOf(
  { tabId, incognito, frameUrl }: Asker,
  how: {
    readonly path: CapturePath;
    readonly url?: string;
    readonly mediaTime?: number;
    readonly pageTitle: string;
    readonly kind?: CaptureKind;
  },
): Promise<CaptureSource> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  const pageUrl = tab?.url ?? frameUrl;
  const { path, url, mediaTime } = how;
  return {
    kind: how.kind ?? (mediaTime === undefined ? 'image' : 'video-frame'),
    path,
    pageTitle: (tab?.title || how.pageTitle).slice(0, MAX_TITLE_LENGTH),
    private: incognito,
    ...(url !== undefined && { url: addressForRecord(url) }),
    ...(pageUrl !== undefined && { pageUrl: addressForRecord(pageUrl) }),
    ...(mediaTime !== undefined && { mediaTime }),
  };
}
