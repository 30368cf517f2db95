import { type CompanionStatus, TouchstoneError } from '@touchstone/shared';
import { type ApiClient, api } from '@touchstone/shared/api';
import { type ControlUpload, createControlClient } from '../../daemon/control-client.ts';
import { readControlFile } from '../../daemon/control-file.ts';
import { dataFolder } from '../../settings/data-folder.ts';

/** Milliseconds a companion on the same machine has for its status; it answers in a few. */
const STATUS_DEADLINE_MS = 3_000;

/** HTTP API of a running companion, over its private socket. */
export interface CompanionLink extends ApiClient<ControlUpload> {
  readonly port: number;
  /** As the companion said when the link was made. */
  readonly status: CompanionStatus;
}

/** @returns undefined where no companion runs with this data folder */
export async function findCompanion(): Promise<CompanionLink | undefined> {
  const control = await readControlFile(dataFolder());
  if (!control) return undefined;
  const client = createControlClient(control);
  try {
    const status = await client.call(api.companion.status, { signal: AbortSignal.timeout(STATUS_DEADLINE_MS) });
    return status.pid === control.pid ? { ...client, port: control.port, status } : undefined;
  } catch {
    // A file left behind by a companion that was killed, or another program in its place.
    return undefined;
  }
}

/** @throws TouchstoneError `companion-unreachable` */
export async function needCompanion(): Promise<CompanionLink> {
  const link = await findCompanion();
  if (!link) throw new TouchstoneError('companion-unreachable');
  return link;
}
