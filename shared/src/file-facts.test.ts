import { describe, expect, it } from 'vitest';
import { factWords } from './file-facts.ts';
import { sentences as arabicSentences } from './words/ar/sentences.ts';
import { sentences as germanSentences } from './words/de/sentences.ts';

describe('a fact of a file', () => {
  it.each([
    ['Camera', 'Canon EOS R5', 'Kamera', 'Canon EOS R5'],
    ['Quantisation tables', 'standard, quality 85', 'Quantisierungstabellen', 'Standard, Qualität 85'],
    ['Quantisation tables', 'own tables', 'Quantisierungstabellen', 'eigene Tabellen'],
    [
      'Quantisation tables',
      'own tables, as Apple uses them',
      'Quantisierungstabellen',
      'eigene Tabellen, wie Apple sie benutzt',
    ],
    ['AIGC label', 'perhaps generated, $&$1 {producer}', 'AIGC-Kennzeichen', 'vielleicht erzeugt, $&$1 {producer}'],
    ['AIGC label', 'perhaps generated', 'AIGC-Kennzeichen', 'vielleicht erzeugt'],
    ['Chroma sampling', '4:2:0', 'Farbunterabtastung', '4:2:0'],
  ])('%s: %s is said in German', (name, value, germanName, germanValue) => {
    expect(factWords({ name, value }, germanSentences)).toEqual({ name: germanName, value: germanValue });
    expect(factWords({ name, value }, undefined)).toEqual({ name, value });
  });

  it('keeps what the file itself says, though it be one of our words', () => {
    expect(factWords({ name: 'Software', value: 'grey' }, arabicSentences).value).toBe('grey');
    expect(factWords({ name: 'Order', value: 'constructor' }, arabicSentences).value).toBe('constructor');
  });

  it('of a name that nobody knows stays as it was recorded', () => {
    for (const name of ['Latitude', 'toString', '__proto__', '']) {
      expect(factWords({ name, value: 'grey' }, arabicSentences)).toEqual({ name, value: 'grey' });
    }
  });
});
