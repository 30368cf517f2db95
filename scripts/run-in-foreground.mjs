import { spawn } from 'node:child_process';

/** Signals that end a program politely, with what is passed on. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Milliseconds before a signal is passed on: on a terminal the program has already had it by itself. */
const PASS_ON_AFTER_MS = 150;

/** Some shells between npm and this program die of a signal without passing it on; an orphan looks for that this often. */
const LOOK_FOR_PARENT_MS = 500;
const parent = process.ppid;

/**
 * Gives the terminal to another program and waits for its end. Node 18 cannot replace itself by another program, so
 * this one stays as a shell would: it survives the signals until the other has ended. When its own parent dies, the other is asked to end.
 * @returns {Promise<number>} the other program's exit code; 1 where a signal ended it
 */
export function runInForeground(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const passOn = (signal) => {
      setTimeout(() => {
        if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      }, PASS_ON_AFTER_MS).unref();
    };
    for (const signal of SIGNALS) process.on(signal, passOn);
    const orphaned = setInterval(() => {
      if (process.ppid !== parent) passOn('SIGTERM');
    }, LOOK_FOR_PARENT_MS).unref();
    const finish = (act) => {
      clearInterval(orphaned);
      for (const signal of SIGNALS) process.off(signal, passOn);
      act();
    };
    child.once('error', (error) => finish(() => reject(error)));
    child.once('exit', (code) => finish(() => resolve(code ?? 1)));
  });
}
