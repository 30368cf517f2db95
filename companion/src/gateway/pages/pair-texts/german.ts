import type { PairTexts } from './pair-texts.ts';

export const germanPairing: PairTexts = {
  language: 'de',
  direction: 'ltr',
  title: 'Touchstone: diesen Browser koppeln',
  heading: 'Diesen Browser mit Touchstone koppeln',
  about:
    'Nach dem Koppeln darf die Touchstone-Erweiterung in diesem Browser Bilder an Touchstone auf diesem Rechner schicken und sonst nirgendwohin. Das geschieht einmal je Browserprofil.',
  states: {
    waiting: 'Suche nach der Touchstone-Erweiterung in diesem Browser …',
    absent: 'In diesem Browser hat keine Touchstone-Erweiterung geantwortet.',
    'no-code':
      'Diese Adresse enthält keinen Kopplungscode. Führen Sie „npm run touchstone pair“ aus und öffnen Sie den Link, der dann erscheint.',
    'extension-present': 'Die Touchstone-Erweiterung ist da. Drücken Sie ihren Knopf „Koppeln“, dann ist es geschafft.',
    paired:
      'Gekoppelt. Klicken Sie mit der rechten Maustaste auf ein Bild und wählen Sie „Dieses Bild prüfen“. Diese Seite können Sie schließen.',
    failed: 'Das Koppeln hat nicht geklappt; der Grund steht unten. Einen neuen Code gibt „npm run touchstone pair“.',
  },
  loadHeading: 'Laden Sie zuerst die Erweiterung',
  loadFolder: '„npm start“ nennt den Ordner der fertigen Erweiterung. Danach:',
  loadChrome:
    'Öffnen Sie {address} (in Edge {edgeAddress}), schalten Sie den „Entwicklermodus“ ein, wählen Sie „Entpackte Erweiterung laden“ und dann den Ordner {folder}.',
  loadFirefox: 'Öffnen Sie {address}, wählen Sie „Temporäres Add-on laden…“ und dann {file} im Ordner {folder}.',
  loadThen:
    'Dann {reload}. Die Erweiterung steckt in einem anderen Browser? Öffnen Sie die Adresse dieser Seite dort, oder tippen Sie den Code von unten in das Fenster der Erweiterung.',
  reload: 'diese Seite neu laden',
  codeHeading: 'Kopplungscode',
  codeHelp:
    'Gilt einmal und zehn Minuten lang. Tippen Sie ihn in das Fenster der Erweiterung, wenn der Knopf nicht erscheint. Geben Sie ihn niemandem: Touchstone fragt sonst nirgends danach.',
  withoutScript: 'Diese Seite braucht JavaScript. Der Code steht in ihrer Adresse hinter dem #.',
};
