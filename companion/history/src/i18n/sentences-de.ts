import type { Sentences } from './sentence-table.ts';

export const deSentences: Sentences = {
  reasons: {
    'model-says-ai': 'Das Modell findet Muster, die für erzeugte Bilder typisch sind.',
    'model-says-camera': 'Das Modell findet die Muster, die Kamerabilder haben.',
    'model-undecided': 'Das Modell kann dieses Bild nicht zuordnen.',
    'generator-metadata': 'Die Datei trägt die Einstellungen, die {generator} in seine Bilder schreibt.',
    'declared-ai-source': 'Die Datei gibt selbst an, von einem trainierten Modell zu stammen (IPTC-Quellenart).',
    'declared-ai-parts':
      'Die Datei gibt an, dass Teile von ihr von einem trainierten Modell stammen (IPTC Digital Source Type).',
    'camera-metadata':
      'Die Datei nennt eine Kamera ({camera}). Solche Angaben lassen sich ändern und wiegen deshalb wenig.',
    'seen-same-file': 'Sie haben dieselbe Datei schon geprüft.',
    'seen-similar': 'Sie haben ein fast gleiches Bild schon geprüft.',
  },
  caveats: {
    'small-picture': 'Das Bild ist klein; kleine Bilder tragen wenige Spuren.',
    'very-small-picture':
      'Das Bild ist kleiner als alles, womit das Modell geprüft wurde; Touchstone entscheidet nicht.',
    screenshot: 'Die Bildpunkte stammen aus einem Bildschirmfoto, nicht aus der Originaldatei.',
    'canvas-copy': 'Die Bildpunkte wurden von der Seite zurückgelesen, nicht aus der Originaldatei.',
    'heavily-recompressed': 'Das Bild wurde stark komprimiert; das verdeckt Spuren.',
    'flat-graphic': 'Das sieht nach flacher Grafik oder Text aus; dafür ist das Modell nicht gemacht.',
    'animated-first-frame': 'Die Datei ist animiert; nur ihr erstes Bild wurde geprüft.',
    'video-frame': 'Das ist ein einzelnes Bild eines Videos.',
    'models-disagree': 'Das schnelle und das gründliche Modell sind uneins.',
    'quick-only': 'Nur das schnelle Modell hat dieses Bild gesehen.',
    'scaled-by-page': 'Die Seite zeigt eine verkleinerte Kopie; vielleicht gibt es ein größeres Original.',
  },
  errors: {
    'bad-message': ['Die Antwort war nicht lesbar.', 'Bringen Sie Erweiterung und Touchstone auf denselben Stand.'],
    'companion-unreachable': [
      'Touchstone läuft auf diesem Computer nicht.',
      'Starten Sie Touchstone: „npm start“ in seinem Ordner.',
    ],
    busy: ['Touchstone ist mit anderen Bildern beschäftigt.', 'Versuchen Sie es gleich noch einmal.'],
    'window-exceeded': ['Zu viele Bilder auf einmal.', 'Warten Sie auf Antworten, bevor Sie weitere senden.'],
    cancelled: ['Die Prüfung wurde abgebrochen.', 'Prüfen Sie das Bild noch einmal.'],
    'shutting-down': ['Touchstone wird gerade beendet.', 'Starten Sie Touchstone neu und prüfen Sie noch einmal.'],
    'empty-file': ['Die Datei ist leer.', 'Sehen Sie nach, ob sie vollständig heruntergeladen wurde.'],
    'too-large': [
      'Die Datei ist größer, als Touchstone annimmt.',
      'Speichern Sie eine kleinere Kopie (höchstens 64 MB) und prüfen Sie diese.',
    ],
    'too-many-pixels': [
      'Das Bild hat mehr Bildpunkte, als Touchstone dekodiert (100 Millionen).',
      'Verkleinern Sie das Bild und prüfen Sie die Kopie.',
    ],
    'too-small': [
      'Das Bild ist zu klein, um etwas darüber zu sagen.',
      'Suchen Sie eine größere Fassung (mindestens 32 Bildpunkte je Seite).',
    ],
    'unsupported-format': [
      'Diese Datei ist kein Bild, das Touchstone lesen kann.',
      'Prüfen Sie eine JPEG-, PNG-, WebP-, AVIF-, GIF-, TIFF- oder BMP-Datei.',
    ],
    'svg-refused': [
      'SVG ist eine Zeichnung aus Anweisungen, kein Bild aus einer Kamera.',
      'Prüfen Sie ein Foto oder ein gerendertes Bild.',
    ],
    'heic-refused': ['HEIC-Bilder können hier nicht dekodiert werden.', 'Exportieren Sie das Foto als JPEG.'],
    'broken-picture': ['Das Bild ist unvollständig oder beschädigt.', 'Laden oder speichern Sie es noch einmal.'],
    'not-found': ['Dieses Ergebnis gibt es nicht.', 'Laden Sie den Verlauf neu.'],
    'unknown-address': [
      'Unter dieser Adresse gibt es nichts.',
      'Vergleichen Sie die Adresse mit der Beschreibung der HTTP-API.',
    ],
    'wrong-host': [
      'Das ist nicht die Adresse von Touchstone.',
      'Nutzen Sie die Adresse, die „npm run touchstone status“ nennt.',
    ],
    'token-wrong': [
      'Der Schlüssel der Anfrage fehlt oder ist falsch.',
      'Senden Sie „Authorization: Bearer TOKEN“ mit dem Schlüssel aus control.json im Datenordner.',
    ],
    'file-unreadable': ['Die Datei ist nicht lesbar.', 'Prüfen Sie Pfad und Rechte der Datei.'],
    'pack-unknown': [
      'Dieses Modellpaket gibt es nicht.',
      '„npm run touchstone models list“ zeigt die vorhandenen Pakete.',
    ],
    'pack-invalid': ['Das Modellpaket ist beschädigt.', 'Entfernen Sie das Paket und richten Sie es neu ein.'],
    'inference-failed': [
      'Das Modell ist an diesem Bild zweimal gescheitert.',
      'Versuchen Sie es noch einmal; sonst melden Sie, was „npm run touchstone status“ sagt.',
    ],
    'log-failed': [
      'Das Ergebnis konnte nicht gespeichert werden und wird deshalb nicht gezeigt.',
      'Schaffen Sie Platz auf dem Datenträger und prüfen Sie noch einmal.',
    ],
    unauthorized: [
      'Diese Seite hat keine Sitzung bei Touchstone.',
      'Starten Sie „npm run touchstone open“ oder nutzen Sie „Im Verlauf öffnen“ in der Erweiterung.',
    ],
    'bad-request': ['Die Anfrage ist ungültig.', 'Laden Sie die Seite neu.'],
    'recording-paused': ['Die Aufzeichnung ist angehalten; es gibt kein Ergebnis.', 'Zeichnen Sie weiter auf.'],
    internal: [
      'In Touchstone ist etwas schiefgegangen.',
      'Versuchen Sie es noch einmal; sonst sehen Sie in die Protokolldatei, die „npm run touchstone status“ nennt.',
    ],
  },
};
