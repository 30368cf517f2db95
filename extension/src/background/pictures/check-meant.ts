import type { TabPicture, TabVideo } from '../../messaging/content-messages.ts';
import { type AskInTabOptions, askInTab, reachFrame } from '../menus/ask-in-tab.ts';
import type { FrameLists } from '../tabs/frame-lists.ts';
import { meantPicture } from './meant-picture.ts';

export interface CheckMeantOptions extends AskInTabOptions {
  readonly pictures: FrameLists<TabPicture>;
  readonly videos: FrameLists<TabVideo>;
}

/** Checks the picture or video that a person means, without a pointer's word for it; where that is none, the page says so and offers the rest. */
export async function checkMeant(tabId: number, { pictures, videos, ...told }: CheckMeantOptions): Promise<void> {
  const { ports } = told;
  const reached = await reachFrame(tabId, 0, ports);
  const meant = reached ? meantPicture(...(await Promise.all([pictures.of(tabId), videos.of(tabId)]))) : undefined;
  const sent = meant && ports.send(tabId, meant.frameId, { type: `check-${meant.kind}-number`, number: meant.number });
  if (!sent) await askInTab(tabId, 0, { type: 'choose-picture' }, told);
}
