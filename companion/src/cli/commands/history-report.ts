import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText, type Language } from '@touchstone/shared/words';
import { needCompanion } from '../link/companion-link.ts';
import { givenPath } from '../terminal/given-path.ts';

export interface ReportCommandOptions {
  readonly format: 'html' | 'json';
  readonly out?: string;
  readonly language?: Language;
  /** With the place, serial numbers and other pages. */
  readonly private?: boolean;
}

/** `touchstone history report`: the evidence about one check as one file. */
export async function reportRecord(id: string, options: ReportCommandOptions): Promise<void> {
  const { format, out, language, private: withPrivate = false } = options;
  const link = await needCompanion();
  const query = { format, private: withPrivate ? '1' : '0', language } as const;
  const response = await link.fetch(api.records.report, { params: { id }, query });
  if (!response.body) throw new TouchstoneError('internal', 'the report has no body');
  if (out === undefined || out === '-') {
    await pipeline(response.body, process.stdout, { end: false });
    return;
  }
  // It names a page that a person has visited: nobody else on this machine may read it.
  await pipeline(response.body, createWriteStream(givenPath(out), { mode: 0o600 })).catch((cause: unknown) => {
    throw new TouchstoneError('file-unreadable', `${out}: ${String(cause)}`, { cause });
  });
  const shown = foreignText(out);
  process.stderr.write(
    format === 'html'
      ? `Written to ${shown}. Open it in a browser; printing it gives a PDF.\n`
      : `Written to ${shown}.\n`,
  );
}
