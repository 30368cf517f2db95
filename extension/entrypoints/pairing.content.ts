import { defineContentScript } from 'wxt/utils/define-content-script';
import { askBackground } from '../src/messaging/ask-background.ts';
import { PLACE, showPairButton } from '../src/pairing-page/pair-button.ts';

/** The companion's pairing page, on whatever port it listens. Its code comes in the fragment, which is never sent. */
export default defineContentScript({
  matches: ['http://127.0.0.1/pair', 'http://localhost/pair'],
  runAt: 'document_end',
  async main(context) {
    if (!document.getElementById(PLACE)) return;
    const words = await askBackground({ type: 'pair-words', port: Number(location.port || 80) });
    if (context.isValid) showPairButton(document, words, context.signal);
  },
});
