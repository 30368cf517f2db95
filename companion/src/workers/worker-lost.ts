/** A process or a thread ended, or was ended, before it answered. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  /**
   * `crash`: it died, or spoke nonsense. `no-start`: it never got ready. `time-limit`, `memory-limit`: it was ended.
   * `gone`: it had ended before it was asked. `cancelled`: nobody waits any more. `closed`: all are being ended.
   */
  readonly why: 'crash' | 'no-start' | 'time-limit' | 'memory-limit' | 'gone' | 'cancelled' | 'closed';

  constructor(why: WorkerLost['why'], detail: string = why) {
    super(detail);
    this.why = why;
  }
}
