import type { Pack, ProviderChoice } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import type { CompanionLink } from '../link/companion-link.ts';
import type { HostPlace } from '../native-host/host-places.ts';

/** `warning`: it works, but something is missing or may come to harm. */
export type State = 'ok' | 'warning' | 'broken';

/** What one look found. */
export interface Finding {
  readonly state: State;
  /** One sentence; paths in it are the person's own. */
  readonly text: string;
  /** What to do; absent where nothing is to be done. */
  readonly nextStep?: string;
}

/** What the looks are at. Everything that a test must be able to break is here. */
export interface Subject {
  /** Data folder. */
  readonly home: string;
  readonly port: number;
  /** What is wrong with the settings, if anything is: the others are then as if nothing were set. */
  readonly configuration: unknown;
  readonly packFolders: readonly string[];
  /** The running companion, if there is one. */
  readonly link: Pick<CompanionLink, 'port' | 'status'> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Bytes that the person may still write below a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Provider that was asked for (TOUCHSTONE_PROVIDER). */
  readonly provider: string | undefined;
  readonly chooseProvider: (pack: Pack, wanted: string) => Promise<ProviderChoice>;
  /** Where browsers look for the native messaging host. */
  readonly hostPlaces: readonly HostPlace[];
  /** Whether the decoder of video files can be loaded. */
  readonly videoDecoderLoads: () => Promise<boolean>;
  /** Version of Node.js, such as "24.21.0". */
  readonly nodeVersion: string;
}

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const warning = (text: string, nextStep: string): Finding => ({ state: 'warning', text, nextStep });
export const broken = (text: string, nextStep: string): Finding => ({ state: 'broken', text, nextStep });

/** A failure in its own words, with what its code says to do next. */
export function brokenBy(error: unknown): Finding {
  if (!(error instanceof TouchstoneError)) {
    return broken(
      String(error),
      'Send the report of "npm run touchstone -- doctor --bundle report.json" to whoever maintains Touchstone.',
    );
  }
  return broken(error.detail ? `${error.message} (${error.detail})` : error.message, error.nextStep);
}
