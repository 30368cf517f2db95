import '@touchstone/models/telemetry-off';
import { toErrorReport } from '@touchstone/shared';
import { answerNative } from './answer-native.ts';
import { refuseForeignCaller } from './caller.ts';
import { nativeMessage, readNativeMessage } from './native-frames.ts';

/** Browsers wait as long as the host lives; one that was asked nothing ends. Milliseconds. */
const SILENCE_MS = 10_000;

/**
 * The native messaging host: a browser starts it for one message of our extension, gets one answer and ends it. Everything
 * that goes to standard output is a message.
 */
process.umask(0o077);
const silent = setTimeout(() => process.exit(1), SILENCE_MS);
try {
  refuseForeignCaller(process.argv.slice(2));
  const message = await readNativeMessage(process.stdin);
  clearTimeout(silent);
  process.stdout.write(nativeMessage(await answerNative(message)));
} catch (error) {
  clearTimeout(silent);
  process.stdout.write(nativeMessage({ type: 'failed', error: toErrorReport(error) }));
  process.exitCode = 1;
}
// The browser keeps its end open.
process.stdin.destroy();
