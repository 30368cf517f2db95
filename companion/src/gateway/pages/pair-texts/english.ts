import type { PairTexts } from './pair-texts.ts';

export const englishPairing: PairTexts = {
  language: 'en',
  direction: 'ltr',
  title: 'Touchstone: pair this browser',
  heading: 'Pair this browser with Touchstone',
  about:
    'Pairing lets the Touchstone extension in this browser send pictures to Touchstone on this computer, and to nothing else. It is done once for each browser profile.',
  states: {
    waiting: 'Looking for the Touchstone extension in this browser…',
    absent: 'No Touchstone extension has answered in this browser.',
    'no-code': 'This address holds no pairing code. Run “npm run touchstone pair” and open the link it prints.',
    'extension-present': 'The Touchstone extension is here. Press its Pair button to finish.',
    paired: 'Paired. Right-click any picture and choose “Check this image”. You can close this page.',
    failed: 'Pairing did not work; the reason stands below. For a new code, run “npm run touchstone pair”.',
  },
  loadHeading: 'Load the extension first',
  loadFolder: '“npm start” prints the folder of the built extension. Then:',
  loadChrome:
    'Open {address} (in Edge {edgeAddress}), switch on “Developer mode”, choose “Load unpacked” and pick the folder {folder}.',
  loadFirefox: 'Open {address}, choose “Load Temporary Add-on…” and pick {file} in the folder {folder}.',
  loadThen:
    'Then {reload}. The extension in another browser? Open this page’s address there, or type the code below into the extension’s popup.',
  reload: 'load this page again',
  codeHeading: 'Pairing code',
  codeHelp:
    'Works once, for ten minutes. Type it into the popup of the extension if the button does not appear. Give it to nobody: Touchstone never asks for it anywhere else.',
  withoutScript: 'This page needs JavaScript. The code stands behind the # in its address.',
};
