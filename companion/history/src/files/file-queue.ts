import { MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, type ResultRecord, TouchstoneError } from '@touchstone/shared';

export type FileState =
  | { readonly step: 'waiting' }
  | { readonly step: 'checking' }
  | { readonly step: 'done'; readonly record: ResultRecord }
  | { readonly step: 'failed'; readonly error: TouchstoneError };

export interface FileEntry {
  readonly key: number;
  readonly name: string;
  readonly file: File;
  readonly state: FileState;
}

/** Files sent at once: enough to keep the companion's decoder and model busy, few enough to stay fair to the browser. */
const AT_ONCE = 3;

type Check = (file: Blob, fileName: string, signal: AbortSignal) => Promise<ResultRecord>;

/** Checks files a few at a time; what every file is at is told through `onChange`. */
export class FileQueue {
  #entries: readonly FileEntry[] = [];
  #nextKey = 1;
  #running = 0;
  readonly #check: Check;
  readonly #onChange: (entries: readonly FileEntry[]) => void;
  readonly #signal: AbortSignal;

  constructor(check: Check, onChange: (entries: readonly FileEntry[]) => void, signal: AbortSignal) {
    this.#check = check;
    this.#onChange = onChange;
    this.#signal = signal;
  }

  add(files: readonly File[], fallbackName: string): void {
    const added = files.map((file) => ({
      key: this.#nextKey++,
      name: (file.name || fallbackName).slice(0, MAX_TITLE_LENGTH),
      file,
      state: refusal(file),
    }));
    this.#set([...this.#entries, ...added]);
    this.#work();
  }

  retry(key: number): void {
    this.#setState(key, { step: 'waiting' });
    this.#work();
  }

  remove(key: number): void {
    this.#set(this.#entries.filter((entry) => entry.key !== key));
  }

  /** Forgets what is done or failed, and what has not begun. */
  clear(): void {
    this.#set(this.#entries.filter((entry) => entry.state.step === 'checking'));
  }

  #work(): void {
    while (this.#running < AT_ONCE && !this.#signal.aborted) {
      const next = this.#entries.find((entry) => entry.state.step === 'waiting');
      if (!next) return;
      this.#running += 1;
      this.#setState(next.key, { step: 'checking' });
      void this.#run(next);
    }
  }

  async #run(entry: FileEntry): Promise<void> {
    let state: FileState;
    try {
      state = { step: 'done', record: await this.#check(entry.file, entry.name, this.#signal) };
    } catch (error) {
      state = {
        step: 'failed',
        error: error instanceof TouchstoneError ? error : new TouchstoneError('file-unreadable'),
      };
    }
    this.#running -= 1;
    if (this.#signal.aborted) return;
    this.#setState(entry.key, state);
    this.#work();
  }

  #setState(key: number, state: FileState): void {
    this.#set(this.#entries.map((entry) => (entry.key === key ? { ...entry, state } : entry)));
  }

  #set(entries: readonly FileEntry[]): void {
    this.#entries = entries;
    this.#onChange(entries);
  }
}

/** Refuses here what the companion would refuse after reading it all. */
function refusal(file: File): FileState {
  if (file.size === 0) return { step: 'failed', error: new TouchstoneError('empty-file') };
  if (file.size > MAX_CAPTURE_BYTES) return { step: 'failed', error: new TouchstoneError('too-large') };
  return { step: 'waiting' };
}
