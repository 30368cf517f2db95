import { defineContentScript } from 'wxt/utils/define-content-script';
import { renewSessions } from '../src/history-page/renew-sessions.ts';

/** The companion's history page, on whatever port it listens: after a restart of the companion it gets a new session here. */
export default defineContentScript({
  matches: ['http://127.0.0.1/', 'http://127.0.0.1/?*', 'http://localhost/', 'http://localhost/?*'],
  runAt: 'document_end',
  main: (context) => renewSessions(document, context.signal),
});
