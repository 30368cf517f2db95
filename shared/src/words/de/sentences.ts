import type { SentenceTable } from '../sentence-table.ts';
import { factNames, factValues } from './facts.ts';

export const sentences: SentenceTable = {
  reasons: {
    'model-says-ai': 'Das Modell findet hier Muster, die für erzeugte Bilder typisch sind.',
    'model-says-camera': 'Das Modell findet die Muster, die Kamerabilder haben.',
    'model-undecided': 'Das Modell kann dieses Bild nicht zuordnen.',
    'model-outweighed': 'Was das Modell findet, zählt hier nicht: Was die Datei über sich selbst sagt, wiegt mehr.',
    'model-leans-camera': 'Das Modell findet hier mehr, was Kamerabilder haben, aber nicht genug für ein Urteil.',
    'model-leans-ai':
      'Das Modell findet hier mehr, was für erzeugte Bilder typisch ist, aber nicht genug für ein Urteil.',
    'model-blind-to-faces':
      'Was das Modell im Bild als Ganzem findet, zählt hier nicht: Ausgetauschte Gesichter übersieht es.',
    'face-blending':
      'Ein Gesicht in diesem Bild zeigt Spuren von Überblendung, wie ein eingesetztes (ausgetauschtes) Gesicht. Starke Kompression, Retusche und farbiges Licht können dasselbe bewirken.',
    'generator-metadata': 'Die Datei enthält die Einstellungen, die {generator} in seine eigenen Bilder schreibt.',
    'declared-ai-source':
      'Die Datei gibt selbst an, von einem trainierten Modell zu stammen (IPTC Digital Source Type).',
    'declared-ai-parts':
      'Die Datei gibt an, dass Teile von ihr von einem trainierten Modell stammen (IPTC Digital Source Type).',
    'camera-metadata': 'Die Datei nennt eine Kamera ({camera}). Solche Einträge kann jeder ändern.',
    'seen-same-file': 'Sie haben dieselbe Datei schon einmal geprüft.',
    'seen-similar': 'Sie haben ein fast gleiches Bild schon einmal geprüft.',
    'c2pa-ai': 'Content Credentials, signiert von {signer}, sagen, dass ein trainiertes Modell dies gemacht hat.',
    'c2pa-ai-parts':
      'Content Credentials, signiert von {signer}, sagen, dass ein trainiertes Modell Teile davon gemacht hat.',
    'c2pa-camera':
      'Content Credentials, signiert von {signer}, sagen, dass eine Kamera dies aufgenommen hat; seither wurde nichts verändert.',
    'c2pa-other':
      'Die Content Credentials, signiert von {signer}, sind unversehrt; sie sagen nicht, wie dies entstanden ist.',
    'c2pa-ai-unknown-signer':
      'Content Credentials sagen, dass ein trainiertes Modell dies oder Teile davon gemacht hat; ihr Unterzeichner ({signer}) steht nicht auf der Vertrauensliste.',
    'c2pa-unknown-signer':
      'Die Datei hat unversehrte Content Credentials, aber ihr Unterzeichner ({signer}) steht nicht auf der Vertrauensliste; deshalb wiegen sie nichts.',
    'c2pa-broken':
      'Die Datei wurde verändert, nachdem ihre Content Credentials signiert wurden; was sie sagen, zählt nicht mehr.',
    'generator-software': 'Die Datei nennt {generator} als das Programm, das sie gemacht hat.',
    'china-aigc-label': 'Die Datei trägt die Kennzeichnung für erzeugte Inhalte, die chinesisches Recht verlangt.',
    'watermark-stable-diffusion':
      'Die Bildpunkte tragen das unsichtbare Wasserzeichen, das {generator} in seine Bilder schreibt.',
    'editor-history':
      'Die Datei führt Bearbeitungen mit {software} auf. Bearbeitung sagt nichts darüber, woher ein Bild stammt.',
    'video-looks-generated': 'Die meisten geprüften Bilder des Videos sehen erzeugt aus.',
    'video-looks-camera': 'Die geprüften Bilder des Videos sehen aus wie von einer Kamera.',
    'video-undecided': 'Die geprüften Bilder des Videos geben keine klare Antwort.',
    'video-leans-camera': 'Vom Gesehenen sieht mehr aus wie von einer Kamera, aber nicht genug für ein Urteil.',
    'video-leans-ai': 'Vom Gesehenen sieht mehr erzeugt aus als nicht, aber nicht genug für ein Urteil.',
    'video-part-generated': 'Ein Teil des Videos, von {from} bis {to}, sieht erzeugt aus; der Rest nicht.',
    'video-part-differs':
      'Ein Teil des Videos, von {from} bis {to}, sieht viel eher erzeugt aus als der Rest, aber nicht eindeutig. Sehen Sie selbst hin.',
    'video-face-differs': 'Ein Gesicht zwischen {from} und {to} sieht erzeugt aus, mehr als das Bild um es herum.',
    'video-face-blending':
      'Ein Gesicht zwischen {from} und {to} zeigt Spuren von Überblendung, wie ein eingesetztes (ausgetauschtes) Gesicht. Starke Kompression, Retusche und farbiges Licht können dasselbe bewirken.',
    'video-blind-to-faces':
      'Was die Einzelbilder als Ganzes zeigen, zählt hier nicht: Ausgetauschte Gesichter werden dort übersehen.',
  },
  caveats: {
    'small-picture': 'Das Bild ist klein; kleine Bilder tragen wenige Spuren.',
    'very-small-picture':
      'Das Bild ist kleiner als die, an denen das Modell geprüft wurde; was das Modell sagt, zählt darum nicht.',
    'file-contradicts': 'Was die Datei über sich selbst sagt, widerspricht sich; darum entscheidet Touchstone nicht.',
    screenshot: 'Die Bildpunkte stammen aus einem Bildschirmfoto, nicht aus der Originaldatei.',
    'canvas-copy': 'Die Bildpunkte wurden aus der Seite ausgelesen, nicht aus der Originaldatei.',
    'heavily-recompressed': 'Das Bild wurde stark komprimiert; das verdeckt Spuren.',
    'flat-graphic': 'Das sieht nach einer flächigen Grafik oder Text aus; dafür ist das Modell nicht gemacht.',
    'animated-first-frame': 'Die Datei ist animiert; nur ihr erstes Bild wurde geprüft.',
    'video-frame': 'Dies ist ein einzelnes Bild aus einem Video.',
    'models-disagree': 'Das schnelle und das gründliche Modell sind sich nicht einig.',
    'faces-not-finished': 'Nicht jedes Gesicht in diesem Bild konnte in der Zeit genauer angesehen werden.',
    'no-blending-found':
      'In den Gesichtern fanden sich keine Spuren von Überblendung. Die meisten ausgetauschten Gesichter zeigen bei dieser Strenge keine, und nach nachbewegten Gesichtern und Lippen wird nicht gesucht.',
    'quick-only': 'Bisher hat nur das schnelle Modell hingesehen.',
    'provenance-broken':
      'Die Content Credentials dieser Datei sind gebrochen. Das geschieht auch bei gewöhnlicher Bearbeitung und beweist nichts.',
    'provenance-unreadable': 'Die Datei hat Content Credentials, die nicht lesbar waren.',
    'remote-manifest':
      'Die Datei verweist auf Content Credentials auf einem Server. Touchstone ruft sie nie ab; sie wurden nicht gelesen.',
    'metadata-skipped': 'Ein Teil der Metadaten war beschädigt oder zu groß und wurde nicht gelesen.',
    'picture-truncated': 'Die Datei bricht am Ende ab; einige der letzten Bildpunkte fehlen vielleicht.',
    'video-few-frames': 'Bisher wurden nur wenige Bilder gesehen.',
    'video-truncated': 'Das Video ist abgeschnitten oder beschädigt; nur der lesbare Teil wurde geprüft.',
    'video-sampled':
      'Das Video ist lang: Es wurden Bilder in Abständen geprüft, ein kurzer Einschub kann übersehen worden sein.',
    'video-part-seen': 'Nur der abgespielte Teil des Videos wurde geprüft.',
    'video-frames-recompressed': 'Jedes Video ist komprimiert; das verdeckt Spuren.',
    'face-swap-not-covered':
      'Ausgetauschte oder nachanimierte Gesichter in echten Aufnahmen werden oft nicht erkannt: Touchstone sucht nach erzeugten Bildern.',
  },
  factNames,
  factValues,
  errors: {
    'bad-message': [
      'Die Nachricht war nicht lesbar.',
      'Bringen Sie die Erweiterung und Touchstone auf Ihrem Rechner auf denselben Stand.',
    ],
    'not-paired': [
      'Dieser Browser ist nicht mit Touchstone auf Ihrem Rechner gekoppelt.',
      'Führen Sie „npm run touchstone pair“ aus und öffnen Sie den ausgegebenen Link.',
    ],
    'pairing-code-wrong': [
      'Der Kopplungscode ist falsch, verbraucht oder abgelaufen.',
      'Führen Sie „npm run touchstone pair“ für einen neuen Code aus.',
    ],
    'extension-too-old': [
      'Die Browser-Erweiterung ist zu alt für Touchstone auf Ihrem Rechner.',
      'Aktualisieren Sie die Erweiterung Touchstone in Ihrem Browser.',
    ],
    'companion-too-old': [
      'Touchstone auf Ihrem Rechner ist zu alt für diese Erweiterung.',
      'Aktualisieren Sie Touchstone auf Ihrem Rechner und starten Sie es neu.',
    ],
    'companion-unreachable': [
      'Touchstone läuft nicht auf Ihrem Rechner.',
      'Starten Sie Touchstone auf Ihrem Rechner: „npm start“ in seinem Ordner.',
    ],
    'companion-not-genuine': [
      'Das Programm an diesem Anschluss konnte nicht beweisen, dass es Ihr Touchstone ist.',
      'Aktualisieren und starten Sie Touchstone. Hat es diesen Browser vergessen, führen Sie „npm run touchstone pair“ aus; benutzt ein anderes Programm den Anschluss, beenden Sie dieses.',
    ],
    busy: ['Touchstone ist mit anderen Bildern beschäftigt.', 'Versuchen Sie es gleich noch einmal.'],
    'sign-in-failed': [
      'Die Anmeldung hat nicht geklappt.',
      'Versuchen Sie es erneut. Bleibt es dabei, bitten Sie einen Admin Ihres Teams um eine neue Einladung.',
    ],
    'invitation-unusable': [
      'Diese Einladung ist falsch, schon benutzt oder abgelaufen.',
      'Bitten Sie einen Admin Ihres Teams um eine neue.',
    ],
    'role-missing': [
      'Ihre Rolle in diesem Team erlaubt das nicht.',
      'Wenden Sie sich an einen Admin Ihres Teams, der es tun oder Ihnen eine andere Rolle geben kann.',
    ],
    'not-yours': [
      'Das wurde mit Ihnen geteilt, aber nicht dafür.',
      'Fragen Sie, wem es gehört: Diese Person kann es tun oder es so teilen, dass auch Sie es ändern dürfen.',
    ],
    'last-admin': ['Das ist der einzige Admin des Teams.', 'Machen Sie zuerst jemand anderen zum Admin.'],
    'last-way-in': ['Das ist Ihr einziger Weg, sich anzumelden.', 'Fügen Sie zuerst einen anderen Passkey hinzu.'],
    'scope-missing': [
      'Dieses Token darf das nicht.',
      'Erstellen Sie eines mit dem nötigen Bereich: „npm run touchstone tokens create“.',
    ],
    'rate-limited': [
      'Zu viele Anfragen mit diesem Token in kurzer Zeit.',
      'Warten Sie so viele Sekunden, wie Retry-After angibt, und fahren Sie dann fort.',
    ],
    'request-in-flight': [
      'Die erste Anfrage mit diesem Idempotency-Key wird noch empfangen.',
      'Warten Sie auf ihre Antwort, oder senden Sie dieselbe Anfrage gleich noch einmal.',
    ],
    'key-reused': [
      'Dieser Idempotency-Key wurde schon für eine andere Anfrage benutzt.',
      'Senden Sie diese Anfrage mit einem eigenen Schlüssel.',
    ],
    'window-exceeded': [
      'Zu viele unbeantwortete Bilder von einem Browser.',
      'Warten Sie auf Antworten, bevor Sie weitere senden.',
    ],
    cancelled: ['Die Prüfung wurde abgebrochen.', 'Prüfen Sie das Bild erneut.'],
    'shutting-down': [
      'Touchstone wird gerade beendet.',
      'Starten Sie Touchstone wieder und prüfen Sie das Bild erneut.',
    ],
    'empty-file': ['Die Datei ist leer.', 'Sehen Sie nach, ob der Download fertig wurde, und versuchen Sie es erneut.'],
    'too-large': [
      'Die Datei ist größer, als Touchstone annimmt.',
      'Speichern Sie eine kleinere Kopie (höchstens 64 MB) und prüfen Sie diese.',
    ],
    'too-long': [
      'Eine Seite des Bildes ist länger, als Touchstone lesen kann (65.500 Pixel).',
      'Schneiden Sie den fraglichen Teil aus und prüfen Sie diesen.',
    ],
    'too-many-pixels': [
      'Das Bild hat mehr Pixel, als Touchstone liest (100 Millionen).',
      'Verkleinern Sie das Bild und prüfen Sie die kleinere Kopie.',
    ],
    'decode-limit': [
      'Das Bild zu lesen würde mehr Zeit oder Speicher brauchen, als Touchstone ihm gibt.',
      'Speichern Sie das Bild in einem anderen Format oder als kleinere Kopie, und prüfen Sie diese.',
    ],
    'too-small': [
      'Das Bild ist zu klein, um etwas darüber zu sagen.',
      'Suchen Sie eine größere Fassung (mindestens 32 Pixel auf jeder Seite).',
    ],
    'unsupported-format': [
      'Diese Datei ist kein Bild, das Touchstone lesen kann.',
      'Prüfen Sie eine Datei in JPEG, PNG, WebP, AVIF, GIF, TIFF oder BMP.',
    ],
    'svg-refused': [
      'SVG ist eine Zeichnung aus Anweisungen, kein Bild aus einer Kamera.',
      'Prüfen Sie stattdessen ein Foto oder ein gerendertes Bild.',
    ],
    'heic-refused': [
      'HEIC-Bilder lassen sich hier nicht lesen.',
      'Exportieren Sie das Foto als JPEG und prüfen Sie dieses.',
    ],
    'hdr-refused': [
      'Dieses Bild ist für HDR-Bildschirme gespeichert; seine Farben lassen sich hier nicht beurteilen.',
      'Prüfen Sie eine Kopie für gewöhnliche Bildschirme, etwa ein JPEG, oder das Bild, wie die Seite es zeigt.',
    ],
    'raw-refused': [
      'Das ist eine Rohdatei: was der Sensor einer Kamera gemessen hat, bevor ein Bild daraus wurde.',
      'Prüfen Sie das JPEG, das die Kamera daneben gespeichert hat, oder eines, das Sie exportieren.',
    ],
    'broken-picture': [
      'Das Bild ist abgeschnitten oder beschädigt.',
      'Laden oder speichern Sie das Bild neu und prüfen Sie es dann.',
    ],
    'not-found': ['Diesen Eintrag gibt es nicht.', 'Laden Sie die Verlaufsseite neu.'],
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
    'file-unreadable': ['Die Datei konnte nicht gelesen werden.', 'Prüfen Sie Pfad und Zugriffsrechte der Datei.'],
    'picture-gone': [
      'Das Bild konnte nicht von der Seite geholt werden.',
      'Laden Sie die Seite neu oder nutzen Sie „Sichtbaren Teil der Seite prüfen“.',
    ],
    'protected-page': [
      'In diese Seite lässt der Browser keine Erweiterung hineinsehen.',
      'Speichern Sie das Bild und ziehen Sie es auf die Verlaufsseite von Touchstone.',
    ],
    'private-window': [
      'Aus privaten Fenstern wird nichts gesendet, solange Sie es nicht erlauben.',
      'Erlauben Sie private Fenster in den Einstellungen von Touchstone, wenn Sie das möchten.',
    ],
    'pack-unknown': [
      'Dieses Modellpaket gibt es nicht.',
      'Führen Sie „npm run touchstone models list“ aus, um die vorhandenen Pakete zu sehen.',
    ],
    'pack-invalid': [
      'Das Modellpaket ist beschädigt oder passt nicht zu seiner Beschreibung.',
      'Entfernen Sie das Paket und installieren Sie es neu.',
    ],
    'base-missing': [
      'Dieses Paket wurde auf einer anderen Version des Pakets darunter angelernt, die nicht installiert ist, und lässt sich deshalb nicht verwenden.',
      'Drücken Sie auf der Seite „Anlernen“ auf „Neu anlernen“: Mit denselben Bildern wird es auf der jetzigen Version angelernt.',
    ],
    'pack-exists': [
      'Diese Version des Pakets ist schon installiert.',
      'Entfernen Sie sie mit „npm run touchstone models remove NAME@VERSION“ oder geben Sie der neuen mit --name einen anderen Namen.',
    ],
    'pack-in-use': [
      'Diese Version des Pakets wird gerade verwendet.',
      'Wählen Sie mit „npm run touchstone models use NAME@VERSION“ eine andere oder warten Sie, bis ihre Prüfungen fertig sind.',
    ],
    'case-full': [
      'Das ist mehr, als es geben kann: 500 Fälle oder 2.000 Ergebnisse in einem.',
      'Löschen Sie einen Fall, der erledigt ist, oder beginnen Sie für den Rest einen neuen.',
    ],
    'dataset-unusable': [
      'Aus diesen Bildern lässt sich nicht lernen.',
      'Geben Sie Bilder von beiden Arten: Ordner namens „ai“ und „real“, eine CSV-Datei mit den Spalten path und label, oder Kennzeichnungen im Verlauf.',
    ],
    'download-failed': [
      'Der Download wurde nicht fertig.',
      'Prüfen Sie Adresse und Verbindung und führen Sie denselben Befehl noch einmal aus; er macht dort weiter, wo er aufgehört hat.',
    ],
    'hash-mismatch': [
      'Die heruntergeladene Datei ist nicht die erwartete und wurde deshalb gelöscht.',
      'Sehen Sie auf der Seite des Modells nach einer neuen Version oder prüfen Sie den angegebenen sha256-Wert.',
    ],
    'inference-failed': [
      'Das Modell ist an diesem Bild zweimal gescheitert.',
      'Versuchen Sie es noch einmal; hilft das nicht, führen Sie „npm run touchstone status“ aus und melden Sie, was dort steht.',
    ],
    'telemetry-on': [
      'Das Modell wurde nicht geladen, weil seine Laufzeitumgebung ihrem Hersteller hätte berichten können.',
      'Starten Sie Touchstone mit seinen eigenen Befehlen, „npm start“ oder „npm run touchstone“.',
    ],
    'log-failed': [
      'Das Ergebnis konnte nicht in den Verlauf geschrieben werden und wird deshalb nicht gezeigt.',
      'Prüfen Sie, ob der Datenträger in Ordnung ist und Platz hat, und versuchen Sie es noch einmal.',
    ],
    'disk-full': [
      'Der Datenträger ist voll, deshalb kann nichts aufgeschrieben werden.',
      'Schaffen Sie Platz auf dem Datenträger und versuchen Sie es noch einmal.',
    ],
    'log-damaged': [
      'Der Verlauf war beschädigt. Was lesbar war, wurde in einen neuen gerettet.',
      'Führen Sie „npm run touchstone history verify“ aus, um zu sehen, was verloren ist; die beschädigte Datei bleibt im Datenordner.',
    ],
    'log-newer': [
      'Der Verlauf wurde von einem neueren Touchstone geschrieben.',
      'Aktualisieren Sie Touchstone auf Ihrem Computer, oder wählen Sie mit TOUCHSTONE_HOME einen anderen Datenordner.',
    ],
    'log-locked': [
      'Ein anderes Programm hat den Verlauf gesperrt.',
      'Schließen Sie das Programm, das history.sqlite geöffnet hat, und versuchen Sie es noch einmal.',
    ],
    'log-read-only': [
      'Der Verlauf lässt sich nicht zum Schreiben öffnen.',
      'Machen Sie den Datenordner und history.sqlite für sich beschreibbar, oder wählen Sie mit TOUCHSTONE_HOME einen anderen Ordner.',
    ],
    'clock-jumped': [
      'Die Uhr dieses Computers ist gesprungen, deshalb werden alte Einträge vorerst nicht gelöscht.',
      'Prüfen Sie Datum und Uhrzeit. Das Löschen geht nach einem Tag von selbst weiter, oder sofort, wenn Sie die Aufbewahrungsdauer neu wählen.',
    ],
    unauthorized: [
      'Diese Seite hat keine Sitzung bei Touchstone.',
      'Führen Sie „npm run touchstone open“ aus oder nutzen Sie „Im Verlauf öffnen“ in der Erweiterung.',
    ],
    'bad-request': [
      'Die Anfrage ist ungültig.',
      'Vergleichen Sie die Anfrage mit der Beschreibung der HTTP-Schnittstelle.',
    ],
    'recording-paused': [
      'Die Aufzeichnung ist angehalten, deshalb gibt es keinen Eintrag.',
      'Setzen Sie die Aufzeichnung auf der Verlaufsseite fort.',
    ],
    'job-set-aside': [
      'Touchstone ist bei der Arbeit an dieser Datei zweimal abgestürzt, deshalb wurde sie beiseitegelegt.',
      'Speichern Sie das Bild in einem anderen Format oder als kleinere Kopie und prüfen Sie diese.',
    ],
    'undo-too-late': [
      'Dieses Löschen lässt sich nicht mehr rückgängig machen: Die Ergebnisse sind fort.',
      'Prüfen Sie die Bilder noch einmal, wenn Sie sie noch haben.',
    ],
    'picture-not-kept': [
      'Das Bild selbst ist nicht mehr gespeichert, nur sein Ergebnis.',
      'Prüfen Sie das Bild noch einmal oder schalten Sie in den Einstellungen der Verlaufsseite „Originale behalten“ ein.',
    ],
    'video-unreadable': [
      'Dieses Video ist nicht lesbar.',
      'Prüfen Sie eine MP4-, MOV-, WebM- oder MKV-Datei mit H.264, HEVC, VP9 oder AV1, oder spielen Sie es ab und nutzen Sie „Dieses Video prüfen“.',
    ],
    'video-decoder-missing': [
      'Der Teil von Touchstone, der Videodateien liest, ist nicht eingerichtet.',
      'Führen Sie „npm run touchstone video install“ aus; bis dahin spielen Sie das Video ab und nutzen „Dieses Video prüfen“.',
    ],
    'video-protected': [
      'Dieses Video ist kopiergeschützt und kann nicht geprüft werden.',
      'Suchen Sie dasselbe Video auf einer Seite, die es ohne Schutz zeigt.',
    ],
    'too-many-videos': [
      'Es laufen mehr Videos, als Touchstone gleichzeitig prüft.',
      'Halten Sie einige davon an und versuchen Sie es dann noch einmal.',
    ],
    'track-unknown': [
      'Dieses Video wird nicht mehr geprüft.',
      'Spielen Sie das Video ab und prüfen Sie es noch einmal.',
    ],
    'trust-list-unreadable': [
      'Eine Vertrauensliste für Content Credentials ist nicht lesbar; deshalb wird niemandem auf ihr vertraut.',
      'Legen Sie PEM-Zertifikate in die Datei, die „npm run touchstone trust“ nennt, oder löschen Sie sie.',
    ],
    'folder-unusable': [
      'Touchstone kann seinen Datenordner nicht verwenden.',
      'Geben Sie Ihrem Benutzer dort Schreibrechte und schaffen Sie Platz auf der Festplatte, oder setzen Sie TOUCHSTONE_HOME auf einen anderen eigenen Ordner.',
    ],
    'autostart-failed': [
      'Der automatische Start von Touchstone ließ sich nicht ein- oder ausschalten.',
      'Ohne ihn startet der Knopf der Erweiterung oder „npm start“ Touchstone; den Grund nennt „touchstone autostart on“ in einem Terminal.',
    ],
    'folder-in-use': [
      'Ein anderes Touchstone arbeitet in diesem Datenordner.',
      'Warten Sie, bis es gestartet oder beendet ist, und versuchen Sie es dann noch einmal; „npm run touchstone status“ sagt, ob es läuft.',
    ],
    'config-invalid': [
      'Eine Einstellung von Touchstone ist ungültig, deshalb startet es nicht.',
      'Berichtigen Sie den genannten Wert; „npm run touchstone config check“ prüft alle.',
    ],
    'backup-failed': [
      'Die Sicherung ließ sich nicht schreiben, deshalb gibt es keine.',
      'Nennen Sie einen Ordner, in den Sie schreiben dürfen, außerhalb des Datenordners und auf einem Datenträger mit genug Platz.',
    ],
    'backup-damaged': [
      'Die Sicherung ist beschädigt oder unfertig, deshalb wurde nichts wiederhergestellt.',
      'Stellen Sie eine andere wieder her: Eine ganze Sicherung ist ein Ordner mit der Datei manifest.json.',
    ],
    'team-not-let-in': [
      'Der Server des Teams lässt diesen Browser nicht ein.',
      'Lassen Sie ihn in den Optionen der Erweiterung neu ein, oder wählen Sie dort Touchstone auf diesem Rechner. Lässt Ihr Team Sie nicht mehr zu, fragen Sie einen Admin.',
    ],
    'team-in-use': [
      'Dieser Browser verwendet den Server eines Teams; deshalb wird er jetzt nicht mit diesem Rechner gekoppelt.',
      'Wählen Sie zuerst in den Optionen der Erweiterung „Touchstone auf diesem Rechner verwenden“.',
    ],
    'team-unreachable': [
      'Der Server des Teams ist nicht zu erreichen.',
      'Prüfen Sie das Netz, oder fragen Sie, wer sich um den Server kümmert.',
    ],
    'team-certificate': [
      'Dieser Browser traut dem Zertifikat des Servers nicht; deshalb wurde nichts gesendet.',
      'Öffnen Sie die Adresse des Servers in einem Tab: Dort sagt der Browser, was mit dem Zertifikat nicht stimmt. Fragen Sie dann, wer sich um den Server kümmert.',
    ],
    'team-no-stream': [
      'Der Server des Teams antwortet, nimmt aber keine Verbindung der Erweiterung an.',
      'Fragen Sie, wer sich um den Server kümmert: Er und ein Proxy davor müssen WebSockets zu /v1/stream durchlassen.',
    ],
    'team-not-there': [
      'Unter dieser Adresse antwortet kein Server von Touchstone, der sich ausweisen kann.',
      'Vergleichen Sie die Adresse mit der, die Ihr Team verwendet.',
    ],
    'team-too-old': [
      'Der Server des Teams ist zu alt für diese Erweiterung.',
      'Bitten Sie, wer sich um den Server kümmert, ihn zu aktualisieren.',
    ],
    'live-not-here': [
      'Laufende Videos werden auf dem Server dieses Teams nicht geprüft.',
      'Speichern Sie das Video und prüfen Sie die Datei auf der Verlaufsseite des Teams, oder wählen Sie in den Optionen der Erweiterung Touchstone auf diesem Rechner.',
    ],
    'private-not-here': [
      'Der Server dieses Teams kann kein Bild prüfen, ohne es aufzubewahren; deshalb wird dort nichts aus privaten Fenstern geprüft.',
      'Wählen Sie in den Optionen der Erweiterung Touchstone auf diesem Rechner.',
    ],
    'not-on-team-server': [
      'Auf dem Server eines Teams kann die Erweiterung das nicht ändern.',
      'Fragen Sie einen Admin Ihres Teams.',
    ],
    internal: [
      'In Touchstone ist etwas schiefgegangen.',
      'Versuchen Sie es noch einmal; hilft das nicht, sehen Sie in die Protokolldatei, die „npm run touchstone status“ nennt.',
    ],
  },
};
