import type { ViewsDictionary } from './en.ts';

export const deViews: ViewsDictionary = {
  heatToggle: 'Zeigen, woher die Bewertung kommt',
  heatLoading: 'Das Modell wird gefragt …',
  heatLabel: 'Woher die Bewertung kommt, kein Beweis.',
  heatNotProof: 'Die Karte zeigt, was das Modell bewegt hat, nie dass eine Stelle gefälscht ist.',
  regionsAi: 'Was am meisten für KI spricht:',
  regionsCamera: 'Was am meisten für eine Kamera spricht:',
  regionStrongest: '{place}: am stärksten',
  regionNext: '{place}: {percent} der stärksten Stelle',
  noRegions: 'Keine Stelle sticht hervor: Die Bewertung kommt vom ganzen Bild.',
  heatPatches: 'Aus den Feldern von {pack} gelesen.',
  heatOcclusion: {
    one: 'Gefunden, indem Teile des Bildes vor {pack} verdeckt wurden, in {count} weiteren Durchlauf.',
    other: 'Gefunden, indem Teile des Bildes vor {pack} verdeckt wurden, in {count} weiteren Durchläufen.',
  },
  placeUpperLeft: 'Oben links',
  placeUpper: 'Oben',
  placeUpperRight: 'Oben rechts',
  placeLeft: 'Links',
  placeCentre: 'Mitte',
  placeRight: 'Rechts',
  placeLowerLeft: 'Unten links',
  placeLower: 'Unten',
  placeLowerRight: 'Unten rechts',
  keepOriginalsNow: 'Originale ab jetzt aufbewahren',
  keepingOriginals: 'Die Originale weiterer Prüfungen werden aufbewahrt.',
  whatDoesItMean: 'Was bedeuten {percent}?',
  bandMeaning:
    'Von 100 Bildern mit dieser Zahl sollten etwa {percent} von KI gemacht sein, wenn sie denen ähneln, an denen das Modell geprüft wurde. Es ist kein Anteil am Bild und kein Beweis.',
  bandUnlikely: 'KI unwahrscheinlich',
  bandRatherUnlikely: 'KI eher unwahrscheinlich',
  bandRatherLikely: 'KI eher wahrscheinlich',
  bandLikely: 'KI wahrscheinlich',
  bandFromFile:
    'Die Datei sagt selbst, wie sie entstand. {percent} steht dafür, wie weit solchen Angaben geglaubt wird; es wurde nicht an Testbildern gezählt.',
  bandWithheld:
    'Touchstone entscheidet hier nicht (siehe „Zu bedenken“); {percent} sagt nur das: Die Zahl wurde in der Mitte gehalten.',
  heatNotDecisive: 'Das Urteil kam nicht vom Modell; die Karte zeigt nur, was das Modell sah.',
  bandMeasured: {
    one: 'Gezählt für {pack}: Von {count} Testbild in diesem Bereich waren {share} KI, beide Arten gleich gewichtet.',
    other:
      'Gezählt für {pack}: Von {count} Testbildern in diesem Bereich waren {share} KI, beide Arten gleich gewichtet.',
  },
  bandNotMeasured: 'Für {pack} hat niemand gezählt, wie oft Zahlen in diesem Bereich richtig waren.',
  whyFake:
    '„Wahrscheinlich KI“ heißt es nur über einer Schwelle, die kaum ein Kamerabild der Tests erreichte, oder wo die Datei es selbst sagt.',
  whyReal:
    '„Wahrscheinlich echt“ heißt es nur unter einer Schwelle, unter der wenige erzeugte Bilder der Tests lagen, oder wo eine vertrauenswürdige Kamera die Datei unterzeichnet hat.',
  whyUncertain:
    '„Ungewiss“ ist eine Antwort: Die Zahl liegt, wo die Tests beides sahen; Touchstone entscheidet dann nicht.',
  tabResult: 'Ergebnis',
  tabEvidence: 'Belege',
  tabViews: 'Fachansichten',
  views: 'Fachansichten',
  viewsNote: 'Für Menschen, die wissen, wonach sie suchen. Diese Ansichten gehen nie in die Bewertung ein.',
  viewShows: 'Was sie zeigen kann',
  viewHides: 'Was sie nicht zeigen kann',
  viewLoading: 'Die Ansicht wird berechnet …',
  viewEla: 'Fehlerniveau',
  viewElaShows:
    'Wo sich das Bild am meisten ändert, wenn es noch einmal als JPEG gespeichert wird: Teile, die seltener gespeichert wurden, können hervortreten.',
  viewElaHides:
    'Kanten und kräftige Farben sind immer hell. Ein Bild, das als Ganzes gespeichert wurde, sieht gleichmäßig aus, ob bearbeitet oder nicht.',
  viewNoise: 'Rauschen',
  viewNoiseShows:
    'Das feine Korn, das ohne den Inhalt bleibt: Glatte Flächen oder wiederholte Muster lassen sich erkennen.',
  viewNoiseHides:
    'Auch Kompression, Größenänderung und Entrauschen verändern das Korn. Gleichmäßiges Korn sagt nichts über seine Herkunft.',
  viewGhosts: 'JPEG-Geister',
  viewGhostsShows:
    'Teile, die früher in anderer JPEG-Qualität gespeichert waren als der Rest, können als dunklere Flecken erscheinen.',
  viewGhostsHides:
    'Setzt eine JPEG-Vorgeschichte voraus. Auch glatte Flächen sehen wie Geister aus, und einmal schlecht gespeichert sind sie weg.',
  viewChannels: 'Farbkanäle',
  viewChannelsShows:
    'Rot, Grün und Blau einzeln: Retuschen oder Farbfehler, die das ganze Bild verdeckt, lassen sich erkennen.',
  viewChannelsHides: 'Licht und Farbkorrektur machen die Kanäle in jedem Bild verschieden.',
  viewHistogram: 'Histogramm',
  viewHistogramShows: 'Wie oft jede Helligkeit vorkommt: Lücken und Kämme stammen von starken Tonwertänderungen.',
  viewHistogramHides: 'Es weiß nichts von Orten im Bild. Kameras und Telefone ändern die Tonwerte selbst.',
  viewMagnifier: 'Lupe',
  viewMagnifierShows: 'Die Bildpunkte, wie sie sind, ohne Glättung: Schrift, Hände, Spiegelungen, Kanten.',
  viewMagnifierHides:
    'Was von Nahem seltsam aussieht, ist oft Kompression. Gute Generatoren lassen nichts zu sehen übrig.',
  magnifierRole: 'Lupe',
  magnifierPlace: '{x} von links, {y} von oben, {zoom}-fach vergrößert',
  magnifierKeys: 'Pfeiltasten bewegen den Rahmen, + und − ändern die Vergrößerung.',
  moveLeft: 'Nach links',
  moveUp: 'Nach oben',
  moveDown: 'Nach unten',
  moveRight: 'Nach rechts',
  zoomIn: 'Größer',
  zoomOut: 'Kleiner',
};
