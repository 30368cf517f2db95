import type { provider as Words } from '../en/provider.ts';
import type { Translated } from '../message.ts';

/** Why the model runs on the provider that it runs on. */
export const provider: Translated<typeof Words> = {
  'provider-no-pack': 'Es ist kein Modell installiert.',
  'provider-not-tried': 'Die CPU rechnet das Modell, während schnellere Wege ausprobiert werden.',
  'provider-asked-cpu': 'Die CPU wurde gewählt.',
  'provider-asked': '{provider} wurde gewählt und hat den Selbsttest bestanden.',
  'provider-asked-fails': 'Die CPU rechnet das Modell: {provider} wurde gewählt, versagt aber ({failures}).',
  'provider-none-built-in': 'Die CPU rechnet das Modell: Ein schnellerer Weg ist nicht eingebaut.',
  'provider-none-works': 'Die CPU rechnet das Modell: Kein schnellerer Weg läuft hier ({failures}).',
  'provider-not-faster':
    'Die CPU rechnet das Modell: {provider} läuft, ist aber nicht schneller ({ms} ms je Bild gegen {cpuMs} ms auf der CPU).',
  'provider-fastest':
    '{provider} hat den Selbsttest bestanden und ist am schnellsten ({ms} ms je Bild gegen {cpuMs} ms auf der CPU).',
  'provider-works': '{provider} hat den Selbsttest bestanden.',
  'provider-failed-at-work': 'Die CPU rechnet das Modell: {provider} hat mitten in der Arbeit versagt.',
  'provider-failure': '{provider}: {why}',
  'provider-failure-no-gpu': 'keine brauchbare Grafikkarte oder kein Treiber dafür gefunden',
  'provider-failure-no-library': 'die nötigen Bibliotheken sind nicht installiert',
  'provider-failure-not-built-in': 'in dieser Fassung nicht enthalten',
  'provider-failure-no-answer': 'keine Antwort in der vorgesehenen Zeit',
  'provider-failure-crashed': 'der Treiber ist abgestürzt ({detail})',
  'provider-failure-wrong-numbers': 'rechnet hier falsch',
  'provider-failure-failed': 'versagt ({detail})',
};
