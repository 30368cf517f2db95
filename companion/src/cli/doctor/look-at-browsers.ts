import { hostState } from '../native-host/host-files.ts';
import { broken, type Finding, ok, type Subject } from './diagnosis.ts';

/** Whether the extension can start the companion. That nobody installed the host is no fault: pairing works by the link. */
export async function lookAtNativeHost({ hostPlaces }: Subject): Promise<Finding> {
  const states = hostPlaces.map((place) => ({ ...place, state: hostState(place) }));
  const foreign = states.filter(({ state }) => state === 'foreign');
  if (foreign.length > 0) {
    return broken(
      `The extension would start a program that is gone or none of ours: ${foreign.map(({ file }) => file).join(', ')}.`,
      'Run "npm run touchstone browser install".',
    );
  }
  const known = [...new Set(states.filter(({ state }) => state === 'installed').map(({ browser }) => browser))];
  return ok(
    known.length > 0
      ? `The extension can start Touchstone from ${known.join(', ')}.`
      : 'The extension cannot start Touchstone by itself; "npm run touchstone browser install" would let it.',
  );
}
