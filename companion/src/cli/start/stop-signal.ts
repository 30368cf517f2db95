/** A terminal and npm both pass the same Ctrl-C on; only one that comes later than this asks for more. */
const SAME_SIGNAL_MS = 1_000;
const EXIT_FORCED = 130;

/** Aborts at the first signal that asks for an end; a later second one ends the program without waiting for work. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let askedAt = 0;
  const onSignal = () => {
    if (controller.signal.aborted) {
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(EXIT_FORCED);
      return;
    }
    askedAt = Date.now();
    process.stdout.write('\nStopping: finishing what was accepted (Ctrl-C again ends at once) ...\n');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller.signal;
}
