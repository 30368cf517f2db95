import { defineContentScript } from 'wxt/utils/define-content-script';
import { showPairButton } from '../src/pairing-page/pair-button.ts';

/** The companion's pairing page, on whatever port it listens. Its code comes in the fragment, which is never sent. */
export default defineContentScript({
  matches: ['http://127.0.0.1/pair', 'http://localhost/pair'],
  runAt: 'document_end',
  main(context) {
    showPairButton(document, context.signal);
  },
});
