import type { TabPicture } from '../../messaging/content-messages.ts';
import { type AskInTabOptions, askInTab, reachFrame } from '../menus/ask-in-tab.ts';
import type { FrameLists } from '../tabs/frame-lists.ts';
import { meantPicture } from './meant-picture.ts';

export interface CheckMeantOptions extends AskInTabOptions {
  readonly pictures: FrameLists<TabPicture>;
}

/** Checks the picture that a person means, without a pointer's word for it; where that is none, the page says so and offers the rest. */
export async function checkMeant(tabId: number, { pictures, ...told }: CheckMeantOptions): Promise<void> {
  const { ports } = told;
  const meant = (await reachFrame(tabId, 0, ports)) ? meantPicture(await pictures.of(tabId)) : undefined;
  const sent = meant && ports.send(tabId, meant.frameId, { type: 'check-picture-number', number: meant.number });
  if (!sent) await askInTab(tabId, 0, { type: 'choose-picture' }, told);
}
