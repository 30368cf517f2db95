import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { pagePictures } from '../src/content/capture-pictures.ts';
import { startContent } from '../src/content/start.ts';
import { CHECK_PORT } from '../src/messaging/background-messages.ts';

export default defineContentScript({
  matches: ['<all_urls>'],
  allFrames: true,
  // Frames without an address of their own (about:blank, srcdoc, data:, blob:) show pictures too.
  matchAboutBlank: true,
  matchOriginAsFallback: true,
  // Before the page's own listeners, so that the context menu's target and the overlay's input are ours first.
  runAt: 'document_start',
  main(context) {
    startContent(
      {
        connect: () => browser.runtime.connect({ name: CHECK_PORT }),
        pictures: pagePictures(context.signal),
        woken(wake) {
          // Whatever it says; an answer is expected of nobody.
          const hear = () => void wake();
          browser.runtime.onMessage.addListener(hear);
          context.signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(hear));
        },
        orphaned: () => context.abort('orphaned'),
      },
      context.signal,
    );
  },
});
