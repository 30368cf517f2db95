import { EXIT } from '../check/outcome.ts';

/** Ends the program as a closed pipe does to any other (`touchstone ... | head`), instead of with a stack trace. */
export function endOnClosedPipe(): void {
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.closedPipe);
    throw error;
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
}

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the program at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}
