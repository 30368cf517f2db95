import * as v from 'valibot';

/** Longest code that is read, in characters; the longest of ours has 27. */
const MAX_CODE_LENGTH = 64;

/** A word of a vocabulary that grows: one of those known here, or one that a newer Touchstone has added. */
export type OpenCode<Known extends string> = Known | (string & Record<never, never>);

/**
 * Reads a code of a vocabulary that grows. Any short word in lower case and dashes passes, so that yesterday's reader
 * takes today's message and log; the English text that travels with it is shown where the code is not known.
 * Writers are held to the known words by their types, and once more where records are written (`unknownCodes`).
 * @param _known only for the type; without it, name the type, so that a script which only reads needs no list
 */
export function openCode<const Known extends string>(_known?: readonly Known[]) {
  return v.pipe(
    v.string(),
    v.maxLength(MAX_CODE_LENGTH),
    v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
    v.transform((code): OpenCode<Known> => code),
  );
}

/** Narrows a code to the words that are known here: for display in another language, for decisions. */
export function isKnownCode<const Known extends string>(known: readonly Known[], code: string): code is Known {
  return (known as readonly string[]).includes(code);
}

/** The entry of a table by a code that may be unknown here; never what every object inherits. */
export function entryOf<Entry>(
  table: Readonly<Record<string, Entry>> | null | undefined,
  code: string,
): Entry | undefined {
  return table && Object.hasOwn(table, code) ? table[code] : undefined;
}
