import type { Messages } from '../message.ts';

/** The page that the companion opens to pair a browser. */
export const pairing = {
  'pairing-page-title': 'Touchstone: pair this browser',
  'pairing-page-heading': 'Pair this browser with Touchstone',
  'pairing-page-about':
    'Pairing lets the Touchstone extension in this browser send pictures to Touchstone on this computer, and to nothing else. It is done once for each browser profile.',
  'pairing-page-waiting': 'Looking for the Touchstone extension in this browser…',
  'pairing-page-absent': 'No Touchstone extension has answered in this browser.',
  'pairing-page-no-code':
    'This address holds no pairing code. Run “npm run touchstone pair” and open the link it prints.',
  'pairing-page-extension-present': 'The Touchstone extension is here. Press its Pair button to finish.',
  'pairing-page-paired': 'Paired. Right-click any picture and choose “Check this image”. You can close this page.',
  'pairing-page-failed':
    'Pairing did not work; the reason stands below. For a new code, run “npm run touchstone pair”.',
  'pairing-page-load-heading': 'Load the extension first',
  'pairing-page-load-folder': '“npm start” prints the folder of the built extension. Then:',
  'pairing-page-load-chrome':
    'Open {address} (in Edge {edgeAddress}), switch on “Developer mode”, choose “Load unpacked” and pick the folder {folder}.',
  'pairing-page-load-firefox':
    'Open {address}, choose “Load Temporary Add-on…” and pick {file} in the folder {folder}.',
  'pairing-page-load-then':
    'Then {reload}. The extension in another browser? Open this page’s address there, or type the code below into the extension’s popup.',
  'pairing-page-reload': 'load this page again',
  'pairing-page-code-help':
    'Works once, for ten minutes. Type it into the popup of the extension if the button does not appear. Give it to nobody: Touchstone never asks for it anywhere else.',
  'pairing-page-without-script': 'This page needs JavaScript. The code stands behind the # in its address.',
} as const satisfies Messages;
