import { type Adapter, Low } from 'lowdb';
import * as v from 'valibot';
import { folderTrouble, systemCode } from './folder-trouble.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

export interface JsonStoreOptions<Schema extends v.GenericSchema> {
  readonly path: string;
  readonly schema: Schema;
  /** Taken where there is no file yet. */
  readonly empty: v.InferOutput<Schema>;
  /** Taken where the file cannot be understood: the strictest, because nobody knows what it forbade. */
  readonly afterDamage: v.InferOutput<Schema>;
  /** What that means for a person, as a sentence. */
  readonly damageWords: string;
  /** Is told, in sentences, that a damaged file was set aside. */
  readonly onWarning: (message: string) => void;
}

function parse<const Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // A list would pass as an object without any of its members.
    if (Array.isArray(value)) return undefined;
    const parsed = v.safeParse(schema, value);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/**
 * Keeps a copy of the damaged text and puts the strictest data in its place. The file is never away in between: a crash,
 * or a full disk, leaves the damaged one, which is as strict.
 */
async function setAside<const Schema extends v.GenericSchema>(
  { path, afterDamage, damageWords, onWarning }: JsonStoreOptions<Schema>,
  text: string,
): Promise<void> {
  try {
    const aside = `${path}.damaged-${Date.now()}`;
    await writePrivateFile(aside, text);
    await writePrivateFile(path, textOf(afterDamage));
    onWarning(`${path} could not be read and was set aside as ${aside}. ${damageWords}`);
  } catch (error) {
    onWarning(`${path} could not be read, nor replaced (${folderTrouble(path, error).detail}). ${damageWords}`);
  }
}

function validatingAdapter<const Schema extends v.GenericSchema>(
  options: JsonStoreOptions<Schema>,
): Adapter<v.InferOutput<Schema>> {
  const { path, schema, afterDamage } = options;
  /** The write under way, and the one after it, which takes along every change until it begins. */
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let latest = '';
  return {
    async read() {
      let text: string;
      try {
        text = await readPrivateFile(path);
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        throw folderTrouble(path, error);
      }
      const data = parse(schema, text);
      if (data !== undefined) return data;
      await setAside(options, text);
      return afterDamage;
    },
    write(data) {
      // The text is taken now, so that the last change is what stays. However many wait, the disk is asked once more.
      latest = textOf(data);
      next ??= writing
        .catch(() => {})
        .then(() => {
          next = undefined;
          writing = writePrivateFile(path, latest).catch((error: unknown) => {
            throw folderTrouble(path, error);
          });
          return writing;
        });
      return next;
    },
  };
}

/**
 * A small file that a person may open and edit: validated when read, written atomically, 0600.
 * @throws TouchstoneError `folder-unusable` where the file is there and cannot be opened
 */
export async function openJsonStore<const Schema extends v.GenericSchema>(
  options: JsonStoreOptions<Schema>,
): Promise<Low<v.InferOutput<Schema>>> {
  const store = new Low<v.InferOutput<Schema>>(validatingAdapter(options), options.empty);
  await store.read();
  return store;
}
