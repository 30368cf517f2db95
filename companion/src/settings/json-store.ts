import { readFile, rename } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import * as v from 'valibot';
import { writePrivateFile } from './private-file.ts';

export interface JsonStoreOptions<Schema extends v.GenericSchema> {
  readonly path: string;
  readonly schema: Schema;
  readonly empty: v.InferOutput<Schema>;
  /** Is told, in a sentence, that a damaged file was set aside. */
  readonly onWarning: (message: string) => void;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function parse<const Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function validatingAdapter<const Schema extends v.GenericSchema>(
  options: JsonStoreOptions<Schema>,
): Adapter<v.InferOutput<Schema>> {
  const { path, schema, onWarning } = options;
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      const data = parse(schema, text);
      if (data !== undefined) return data;
      const aside = `${path}.damaged-${Date.now()}`;
      await rename(path, aside);
      onWarning(`${path} could not be read and was set aside as ${aside}; Touchstone starts with an empty one.`);
      return null;
    },
    write(data) {
      // The text is taken now and written in order, so that the last change is what stays.
      const text = `${JSON.stringify(data, null, 2)}\n`;
      writing = writing.catch(() => {}).then(() => writePrivateFile(path, text));
      return writing;
    },
  };
}

/** A small file that a person may open and edit: validated when read, written atomically, 0600. */
export async function openJsonStore<const Schema extends v.GenericSchema>(
  options: JsonStoreOptions<Schema>,
): Promise<Low<v.InferOutput<Schema>>> {
  const store = new Low<v.InferOutput<Schema>>(validatingAdapter(options), options.empty);
  await store.read();
  return store;
}
