const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Milliseconds between two frames of the spinner. */
const FRAME_MS = 100;
/** Milliseconds between two lines where there is no terminal: often enough to see life, rare enough for a log. */
const LINE_MS = 15_000;

/** @param {number} ms @returns {string} for instance "0.8 s", "42 s", "3 min 05 s" */
export function duration(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * One line of progress: a spinner with the elapsed time on a terminal, plain lines elsewhere.
 * @param {string} name
 * @param {{ isTTY?: boolean, write(text: string): unknown }} stream
 */
export function createProgress(name, stream, now = Date.now) {
  const start = now();
  const elapsed = () => duration(now() - start);
  let frame = 0;
  const draw = () => stream.write(`\r\x1b[2K${FRAMES[frame++ % FRAMES.length]} ${name} ... ${elapsed()}`);
  if (stream.isTTY) draw();
  else stream.write(`${name} ...\n`);
  const timer = stream.isTTY
    ? setInterval(draw, FRAME_MS)
    : setInterval(() => stream.write(`${name} ... ${elapsed()}\n`), LINE_MS);
  timer.unref();
  const end = (mark, word) => {
    clearInterval(timer);
    if (stream.isTTY) stream.write(`\r\x1b[2K${mark} ${name} (${elapsed()})\n`);
    else stream.write(`${name}: ${word} (${elapsed()})\n`);
  };
  return { done: () => end('✓', 'done'), failed: (word = 'failed') => end('✗', word) };
}
