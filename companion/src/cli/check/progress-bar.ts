import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** One more file is done. */
  step(): void;
  stop(): void;
}

const silent: Progress = { step: () => {}, stop: () => {} };

/** Fewer files than this need no bar. */
const BAR_FROM_FILES = 4;

/** Bar on standard error, so that standard output stays clean; nothing where nobody watches or for a few files. */
export function createProgressBar(stream: NodeJS.WriteStream, files: number): Progress {
  if (!stream.isTTY || files < BAR_FROM_FILES) return silent;
  const bar = new SingleBar(
    {
      format: ' {bar} {value} of {total} checked, {duration_formatted}',
      stream,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(files, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
