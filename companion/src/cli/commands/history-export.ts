import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TouchstoneError, type VerdictValue } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { needCompanion } from '../link/companion-link.ts';
import { givenPath } from '../terminal/given-path.ts';

export interface ExportOptions {
  readonly format: 'csv' | 'json';
  readonly verdict?: VerdictValue[];
  readonly site?: string;
  readonly search?: string;
  readonly output?: string;
}

/** `touchstone history export`: the log as CSV or JSON, streamed to a file or standard output. */
export async function exportHistory({ format, verdict, site, search, output }: ExportOptions): Promise<void> {
  const link = await needCompanion();
  const filter = { ...(verdict && { verdict }), ...(site && { site }), ...(search && { search }) };
  const response = await link.fetch(api.history.export, { body: { format, filter } });
  if (!response.body) throw new TouchstoneError('internal', 'the export has no body');
  const records = response.body;
  if (output === undefined || output === '-') {
    await pipeline(records, process.stdout, { end: false });
    return;
  }
  // Records name pages a person has visited: nobody else on this machine may read them.
  await pipeline(records, createWriteStream(givenPath(output), { mode: 0o600 })).catch((cause: unknown) => {
    throw new TouchstoneError('file-unreadable', `${output}: ${String(cause)}`, { cause });
  });
  process.stderr.write(`Written to ${output}.\n`);
}
