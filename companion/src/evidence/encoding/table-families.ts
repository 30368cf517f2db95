/**
 * Quantisation tables by the programs and devices that use them, as fingerprints (see tablesFingerprint). Learnt from
 * 10,362 JPEG files of known origin: a set of tables is listed when at least four files from two sources name the same
 * maker or program and they are 85 % of the files that name any. Many devices share tables; this is a hint, no proof.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'Adobe Photoshop or Lightroom': [
    '51bfbca14598',
    '36a4972c782f',
    '51e6915d1ca1',
    '2e718fccc4b5',
    'f74d0ca135bb',
    '55d66e319d49',
    '6102befe7d93',
    'dfe5c6dd2fb2',
    '8725110c67d2',
    'a563896e6aa5',
    '84628e319a63',
    'ed5523aaeafa',
    '74cfe8334de2',
    'be874f57b101',
    '5c45166f2610',
    '7bfb3973b99c',
    'f523906e4dc9',
    '4a229856dffe',
    'c03e5b71925b',
    'd85d6e131cee',
    '55c479e1de35',
    '7fa288281f79',
    '147e114ccbcb',
  ],
  Apple: ['6e53966ae80e', '975609e60873', 'e687b7194c54', 'fc21850624ba', '809088b16c75'],
  Canon: ['772602269557'],
};

const BY_FINGERPRINT: ReadonlyMap<string, string> = new Map(
  Object.entries(FAMILIES).flatMap(([family, fingerprints]) => fingerprints.map((one) => [one, family] as const)),
);

/** @returns maker or program whose files have these tables, or undefined */
export const tableFamily = (fingerprint: string): string | undefined => BY_FINGERPRINT.get(fingerprint);
