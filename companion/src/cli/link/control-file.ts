import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { dataFolder } from '../../settings/data-folder.ts';

/** What a running companion leaves in its data folder for programs of the same person; readable by nobody else. */
const Control = v.object({
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  token: v.pipe(v.string(), v.minLength(20)),
});
export type Control = v.InferOutput<typeof Control>;

/** @returns undefined where no companion has started or the file is not its own */
export async function readControl(folder = dataFolder()): Promise<Control | undefined> {
  try {
    const parsed = v.safeParse(Control, JSON.parse(await readFile(join(folder, 'control.json'), 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
