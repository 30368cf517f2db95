import { basename } from 'node:path';
import { foreignText } from '@touchstone/shared/words';
import { Presets, SingleBar } from 'cli-progress';
import type { VideoProgress } from './judge.ts';

export interface Progress {
  /** One more file is done. */
  increment(): void;
  /** How far a video is, and how long it still takes. */
  video(file: string, progress: VideoProgress): void;
  stop(): void;
}

const silent: Progress = { increment: () => {}, video: () => {}, stop: () => {} };

/** Fewer files than this need no bar of files; a video has one of its own. */
const BAR_FROM_FILES = 4;

/** Bar on standard error, so that standard output stays clean; nothing where nobody watches or for a few pictures. */
export function createProgressBar(stream: NodeJS.WriteStream, files: number): Progress {
  if (!stream.isTTY) return silent;
  const options = { stream, clearOnComplete: true, hideCursor: true };
  if (files < BAR_FROM_FILES) return videoBars(options);
  const format = ' {bar} {value} of {total} checked, {duration_formatted}{video}';
  const bar = new SingleBar({ ...options, format }, Presets.shades_classic);
  bar.start(files, 0, { video: '' });
  return {
    increment: () => bar.increment({ video: '' }),
    video: (file, progress) => bar.update({ video: `, ${videoWords(file, progress)}` }),
    stop: () => bar.stop(),
  };
}

/** One bar, for the video that was heard of last. */
function videoBars(options: object): Progress {
  const bar = new SingleBar({ ...options, format: ' {bar} {words}' }, Presets.shades_classic);
  let running = false;
  const stop = (): void => {
    if (running) bar.stop();
    running = false;
  };
  return {
    increment: stop,
    video(file, progress) {
      const payload = { words: videoWords(file, progress) };
      if (!running) bar.start(progress.framesPlanned, progress.framesAnalyzed, payload);
      else {
        // How many there are becomes clear on the way.
        bar.setTotal(progress.framesPlanned);
        bar.update(progress.framesAnalyzed, payload);
      }
      running = true;
    },
    stop,
  };
}

/** "clip.mp4: 12 of 60 frames, about 3 s left". */
export function videoWords(file: string, { framesAnalyzed, framesPlanned, timeLeft }: VideoProgress): string {
  const left = timeLeft === null ? '' : `, about ${timeWords(timeLeft)} left`;
  return `${foreignText(basename(file))}: ${framesAnalyzed} of ${framesPlanned} frames${left}`;
}

function timeWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
