import type { pairing as Words } from '../en/pairing.ts';
import type { Translated } from '../message.ts';

/** The page that the companion opens to pair a browser. */
export const pairing: Translated<typeof Words> = {
  'pairing-page-title': 'Touchstone: diesen Browser koppeln',
  'pairing-page-heading': 'Diesen Browser mit Touchstone koppeln',
  'pairing-page-about':
    'Nach dem Koppeln darf die Touchstone-Erweiterung in diesem Browser Bilder an Touchstone auf diesem Rechner schicken und sonst nirgendwohin. Das geschieht einmal je Browserprofil.',
  'pairing-page-waiting': 'Suche nach der Touchstone-Erweiterung in diesem Browser …',
  'pairing-page-absent': 'In diesem Browser hat keine Touchstone-Erweiterung geantwortet.',
  'pairing-page-no-code':
    'Diese Adresse enthält keinen Kopplungscode. Führen Sie „npm run touchstone pair“ aus und öffnen Sie den Link, der dann erscheint.',
  'pairing-page-extension-present':
    'Die Touchstone-Erweiterung ist da. Drücken Sie ihren Knopf „Koppeln“, dann ist es geschafft.',
  'pairing-page-paired':
    'Gekoppelt. Klicken Sie mit der rechten Maustaste auf ein Bild und wählen Sie „Dieses Bild prüfen“. Diese Seite können Sie schließen.',
  'pairing-page-failed':
    'Das Koppeln hat nicht geklappt; der Grund steht unten. Einen neuen Code gibt „npm run touchstone pair“.',
  'pairing-page-load-heading': 'Laden Sie zuerst die Erweiterung',
  'pairing-page-load-folder': '„npm start“ nennt den Ordner der fertigen Erweiterung. Danach:',
  'pairing-page-load-chrome':
    'Öffnen Sie {address} (in Edge {edgeAddress}), schalten Sie den „Entwicklermodus“ ein, wählen Sie „Entpackte Erweiterung laden“ und dann den Ordner {folder}.',
  'pairing-page-load-firefox':
    'Öffnen Sie {address}, wählen Sie „Temporäres Add-on laden…“ und dann {file} im Ordner {folder}.',
  'pairing-page-load-then':
    'Dann {reload}. Die Erweiterung steckt in einem anderen Browser? Öffnen Sie die Adresse dieser Seite dort, oder tippen Sie den Code von unten in das Fenster der Erweiterung.',
  'pairing-page-reload': 'diese Seite neu laden',
  'pairing-page-code-help':
    'Gilt einmal und zehn Minuten lang. Tippen Sie ihn in das Fenster der Erweiterung, wenn der Knopf nicht erscheint. Geben Sie ihn niemandem: Touchstone fragt sonst nirgends danach.',
  'pairing-page-without-script': 'Diese Seite braucht JavaScript. Der Code steht in ihrer Adresse hinter dem #.',
};
