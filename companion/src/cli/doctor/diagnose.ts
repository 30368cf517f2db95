import { brokenBy, type Finding, type Subject } from './diagnosis.ts';
import { lookAtNativeHost } from './look-at-browsers.ts';
import { lookAtConfiguration, lookAtDisk, lookAtPort, lookAtVersions } from './look-at-computer.ts';
import { lookAtClock, lookAtLog, lookAtPairing, lookAtPermissions } from './look-at-folder.ts';
import { lookAtHashes, lookAtProvider, lookAtTrustLists, lookAtVideo } from './look-at-models.ts';

/** In the order in which they are told: what others depend on comes first. */
const LOOKS = {
  configuration: lookAtConfiguration,
  versions: lookAtVersions,
  permissions: lookAtPermissions,
  disk: lookAtDisk,
  clock: lookAtClock,
  log: lookAtLog,
  hashes: lookAtHashes,
  provider: lookAtProvider,
  video: lookAtVideo,
  port: lookAtPort,
  pairing: lookAtPairing,
  'native-host': lookAtNativeHost,
  'trust-lists': lookAtTrustLists,
} as const satisfies Readonly<Record<string, (subject: Subject) => Promise<Finding>>>;

export type LookName = keyof typeof LOOKS;

export interface NamedFinding extends Finding {
  readonly look: LookName;
}

/** Takes every look, one after the other; one that fails by itself is a finding too. Changes nothing. */
export async function diagnose(subject: Subject): Promise<NamedFinding[]> {
  const found: NamedFinding[] = [];
  for (const [look, take] of Object.entries(LOOKS) as [LookName, (typeof LOOKS)[LookName]][]) {
    found.push({ look, ...(await take(subject).catch(brokenBy)) });
  }
  return found;
}
