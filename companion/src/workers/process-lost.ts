/** A process ended, or was ended, before it answered. */
export class ProcessLost extends Error {
  override readonly name = 'ProcessLost';
  /**
   * `crash`: it died, or spoke nonsense. `no-start`: it never got ready. `time-limit`, `memory-limit`: it was killed.
   * `gone`: it had ended before it was asked. `cancelled`: nobody waits any more. `closed`: all are being ended.
   */
  readonly why: 'crash' | 'no-start' | 'time-limit' | 'memory-limit' | 'gone' | 'cancelled' | 'closed';

  constructor(why: ProcessLost['why'], detail: string = why) {
    super(detail);
    this.why = why;
  }
}
