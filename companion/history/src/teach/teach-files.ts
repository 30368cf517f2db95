import { MAX_DATASET_ITEMS } from '@touchstone/shared';
import { unusableDataset } from '@touchstone/shared/words';

/** A file with the way to it inside what was given, with forward slashes. */
export interface FileOnItsWay {
  readonly path: string;
  readonly file: File;
}

/** What is sent: a zip as it is, a folder as a form. */
export interface TeachUpload {
  readonly name: string;
  readonly body: Blob | FormData;
}

/** What a file or folder chooser gave. */
export const chosenFiles = (list: FileList | null): FileOnItsWay[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** What was dropped, folders with everything in them. To be called while the event is handled: later it is empty. */
export function droppedFiles(data: DataTransfer): Promise<FileOnItsWay[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  // Files that a program put there have no entry.
  if (entries.length === 0) return Promise.resolve([...data.files].map((file) => ({ path: file.name, file })));
  return filesIn(entries);
}

async function filesIn(entries: readonly FileSystemEntry[]): Promise<FileOnItsWay[]> {
  const found: FileOnItsWay[] = [];
  for (const entry of entries) {
    const path = entry.fullPath.replace(/^\//, '');
    if (isFile(entry)) {
      found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
    } else if (isDirectory(entry)) {
      found.push(...(await filesIn(await listed(entry.createReader()))));
    }
    refuseTooMany(found.length);
  }
  return found;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A folder's reader gives a hundred entries at a time, and none at the end. */
async function listed(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** A CSV file and notes lie beside the pictures. */
const BESIDE = 100;

function refuseTooMany(count: number): void {
  if (count > MAX_DATASET_ITEMS + BESIDE) {
    throw unusableDataset('too-many', { count: MAX_DATASET_ITEMS });
  }
}

const endsIn = ({ path }: FileOnItsWay, ending: string): boolean => path.toLowerCase().endsWith(ending);
const depth = ({ path }: FileOnItsWay): number => path.split('/').length;

/**
 * What to send of the files that a person gave: one zip, or a folder in which folders `ai` and `real` or a CSV file say what is what.
 * @returns undefined for no files
 * @throws TouchstoneError `dataset-unusable` for more than can be taken
 */
export function uploadOf(files: readonly FileOnItsWay[]): TeachUpload | undefined {
  const [first] = files;
  if (!first) return undefined;
  if (files.length === 1 && endsIn(first, '.zip')) return { name: first.file.name, body: first.file };
  refuseTooMany(files.length);
  const form = new FormData();
  const [labels] = files.filter((one) => endsIn(one, '.csv')).toSorted((a, b) => depth(a) - depth(b));
  if (labels) form.append('labels', labels.file, labels.path);
  for (const one of files) {
    const hidden = one.path.split('/').some((part) => part.startsWith('.'));
    if (!hidden && !endsIn(one, '.csv')) form.append('picture', one.file, one.path);
  }
  return { name: first.path.split('/')[0] ?? first.file.name, body: form };
}
