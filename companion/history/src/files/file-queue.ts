import { MAX_TITLE_LENGTH, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import type { VideoProgress } from '@touchstone/shared/api';
import { type FileKind, fileKind, MAX_BYTES } from './file-kind.ts';

export type FileState =
  | { readonly status: 'waiting' }
  | { readonly status: 'checking'; readonly progress?: VideoProgress }
  | { readonly status: 'cancelled' }
  | { readonly status: 'done'; readonly record: ResultRecord }
  | { readonly status: 'failed'; readonly error: TouchstoneError };

export interface FileEntry {
  readonly key: number;
  readonly name: string;
  readonly kind: FileKind;
  readonly file: File;
  readonly state: FileState;
}

/**
 * Files sent at once: enough pictures to keep the companion's decoder and model busy, few enough to stay fair to the
 * browser; one video, since its frames fill every batch by themselves.
 */
const AT_ONCE: Readonly<Record<FileKind, number>> = { picture: 3, video: 1 };

export type Check = (
  entry: FileEntry,
  onProgress: (progress: VideoProgress) => void,
  signal: AbortSignal,
) => Promise<ResultRecord>;

/** Checks files a few at a time; what every file is at is told through `onChange`. */
export class FileQueue {
  #entries: readonly FileEntry[] = [];
  #nextKey = 1;
  readonly #running = new Map<number, { readonly kind: FileKind; readonly abort: AbortController }>();
  readonly #check: Check;
  readonly #onChange: (entries: readonly FileEntry[]) => void;
  readonly #signal: AbortSignal;

  constructor(check: Check, onChange: (entries: readonly FileEntry[]) => void, signal: AbortSignal) {
    this.#check = check;
    this.#onChange = onChange;
    this.#signal = signal;
  }

  add(files: readonly File[], fallbackName: string): void {
    const added = files.map((file) => {
      const kind = fileKind(file);
      const name = (file.name || fallbackName).slice(0, MAX_TITLE_LENGTH);
      return { key: this.#nextKey++, name, kind, file, state: refusal(file, kind) };
    });
    this.#set([...this.#entries, ...added]);
    this.#work();
  }

  retry(key: number): void {
    this.#setState(key, { status: 'waiting' });
    this.#work();
  }

  /** Ends a check that is under way or waits; the companion stops reading at once. */
  cancel(key: number): void {
    this.#running.get(key)?.abort.abort();
    this.#setState(key, { status: 'cancelled' });
  }

  remove(key: number): void {
    this.#set(this.#entries.filter((entry) => entry.key !== key));
  }

  /** Forgets what is done or failed, and what has not begun. */
  clear(): void {
    this.#set(this.#entries.filter((entry) => entry.state.status === 'checking'));
  }

  #work(): void {
    for (const entry of this.#entries) {
      if (this.#signal.aborted) return;
      if (entry.state.status === 'waiting' && this.#hasRoomFor(entry.kind)) void this.#run(entry);
    }
  }

  #hasRoomFor(kind: FileKind): boolean {
    return [...this.#running.values()].filter((one) => one.kind === kind).length < AT_ONCE[kind];
  }

  async #run(entry: FileEntry): Promise<void> {
    const abort = new AbortController();
    this.#running.set(entry.key, { kind: entry.kind, abort });
    this.#setState(entry.key, { status: 'checking' });
    const signal = AbortSignal.any([this.#signal, abort.signal]);
    const onProgress = (progress: VideoProgress) => {
      if (!signal.aborted) this.#setState(entry.key, { status: 'checking', progress });
    };
    let state: FileState;
    try {
      state = { status: 'done', record: await this.#check(entry, onProgress, signal) };
    } catch (error) {
      state = {
        status: 'failed',
        error: error instanceof TouchstoneError ? error : new TouchstoneError('file-unreadable'),
      };
    }
    this.#running.delete(entry.key);
    if (this.#signal.aborted) return;
    if (!abort.signal.aborted) this.#setState(entry.key, state);
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
function refusal(file: File, kind: FileKind): FileState {
  if (file.size === 0) return { status: 'failed', error: new TouchstoneError('empty-file') };
  if (file.size > MAX_BYTES[kind]) return { status: 'failed', error: new TouchstoneError('too-large') };
  return { status: 'waiting' };
}
