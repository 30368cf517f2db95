import type { FileFact } from './provenance.ts';
import type { SentenceTable } from './words/sentence-table.ts';

/** English names of the facts that Touchstone reads from files, as records keep them. Other languages translate by these. */
export const FACT_NAMES = [
  'AIGC label',
  'Aperture',
  'Author',
  'Camera',
  'Changed',
  'Chroma sampling',
  'Comment of the encoder',
  'Computer',
  'Copyright',
  'Country',
  'Creator tool',
  'Credit',
  'Description',
  'Digital source type',
  'Edit',
  'Exposure time',
  'Fingerprint of the tables',
  'Flash',
  'Focal length',
  'Generator',
  'ISO',
  'Lens',
  'Lens serial number',
  'Order',
  'Originating program',
  'Owner',
  'PNG software',
  'Picture number',
  'Place',
  'Position',
  'Quantisation tables',
  'Saved as JPEG',
  'Serial number',
  'Settings',
  'Software',
  'Taken',
  'Time zone',
  'Title',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

/** What Touchstone itself says as the value of a fact; every other value is the file's own and stays as it is. */
export const FACT_VALUES = [
  'standard, quality {quality}',
  'own tables',
  'own tables, as {family} uses them',
  'grey',
  'progressive',
  'baseline',
  'at least twice; before at about quality {quality}',
  'generated',
  'generated, {producer}',
  'perhaps generated',
  'perhaps generated, {producer}',
  'fired',
  'did not fire',
] as const;
export type FactValue = (typeof FACT_VALUES)[number];

/** The facts whose values are ours: a file that calls its camera "grey" keeps its word. */
const OWN_VALUES: Readonly<Partial<Record<FactName, readonly FactValue[]>>> = {
  'AIGC label': ['generated', 'perhaps generated', 'generated, {producer}', 'perhaps generated, {producer}'],
  'Chroma sampling': ['grey'],
  Flash: ['fired', 'did not fire'],
  Order: ['progressive', 'baseline'],
  'Quantisation tables': ['standard, quality {quality}', 'own tables', 'own tables, as {family} uses them'],
  'Saved as JPEG': ['at least twice; before at about quality {quality}'],
};

const isFactName = (name: string): name is FactName => (FACT_NAMES as readonly string[]).includes(name);

/** @returns the translation of a value that fits one of our templates, its places filled as they were */
function translateValue(value: string, templates: readonly FactValue[], table: SentenceTable): string {
  for (const template of templates) {
    const place = /\{\w+\}/.exec(template)?.[0];
    if (place === undefined) {
      if (value === template) return table.factValues[template];
      continue;
    }
    const [before = '', after = ''] = template.split(place);
    if (value.length > before.length + after.length && value.startsWith(before) && value.endsWith(after)) {
      const filling = value.slice(before.length, value.length - after.length);
      return table.factValues[template].replace(place, () => filling);
    }
  }
  return value;
}

/**
 * A fact's name and value in the reader's language. Names that older records used stay English, like what the file says.
 * @param table undefined or null for English
 */
export function factWords(
  { name, value }: Pick<FileFact, 'name' | 'value'>,
  table: SentenceTable | undefined | null,
): { readonly name: string; readonly value: string } {
  if (!table || !isFactName(name)) return { name, value };
  return { name: table.factNames[name], value: translateValue(value, OWN_VALUES[name] ?? [], table) };
}
