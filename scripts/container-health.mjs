/** Health check of the container (companion/Dockerfile): whether a companion answers on the port that it was given. */
const DEFAULT_PORT = 47_615;

/** Milliseconds; it answers in a few. */
const ANSWER_MS = 4_000;

const port = process.env.TOUCHSTONE_PORT || DEFAULT_PORT;
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
