import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Case, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText, type Language } from '@touchstone/shared/words';
import Table from 'cli-table3';
import { type CompanionLink, needCompanion } from '../link/companion-link.ts';
import { onlyMatch } from '../link/only-match.ts';
import { givenPath } from '../terminal/given-path.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** The case that a person names: by its whole name, by its id or by the beginning of that. @throws TouchstoneError `bad-request` */
async function caseNamed(link: CompanionLink, given: string): Promise<Case> {
  const { cases } = await link.call(api.cases.list);
  const [named, second] = cases.filter(({ name }) => name === given);
  if (named && second) throw new TouchstoneError('bad-request', `several cases are called ${given}: give the id`);
  return named ?? onlyMatch(cases, given, ['cases', 'case']);
}

/** `touchstone cases list` */
export async function listCases({ json = false }: JsonOption): Promise<void> {
  const { cases } = await (await needCompanion()).call(api.cases.list);
  if (json) for (const one of cases) process.stdout.write(`${JSON.stringify(one)}\n`);
  else if (cases.length === 0)
    process.stdout.write('There are no cases. Make one with "npm run touchstone cases create NAME".\n');
  else process.stdout.write(`${tableOf(cases)}\n`);
}

function tableOf(cases: readonly Case[]): string {
  const table = new Table({ head: ['Id', 'Name', 'Results', 'Tags', 'Changed'], style: { head: [], border: [] } });
  for (const { id, name, records, tags, updatedAt } of cases) {
    const words = tags.map((tag) => foreignText(tag)).join(', ');
    table.push([id, foreignText(name), records, words, new Date(updatedAt).toLocaleString()]);
  }
  return table.toString();
}

export interface CreateCaseOptions extends JsonOption {
  readonly note?: string;
  readonly tag?: string[];
}

/** `touchstone cases create`: its id alone on standard output, so that a script can keep it. */
export async function createCase(
  name: string,
  { note = '', tag = [], json = false }: CreateCaseOptions,
): Promise<void> {
  const made = await (await needCompanion()).call(api.cases.create, { body: { name, note, tags: tag } });
  process.stdout.write(json ? `${JSON.stringify(made)}\n` : `${made.id}\n`);
}

/** `touchstone cases add`: records by their ids, as the history page and exports name them. */
export async function addToCase(given: string, ids: string[]): Promise<void> {
  const link = await needCompanion();
  const { id } = await caseNamed(link, given);
  const answer = await link.call(api.cases.add, { params: { id }, body: { ids } });
  const others = ids.length - answer.added;
  const rest = others > 0 ? `; ${others} were in it already, or are not in the history` : '';
  process.stdout.write(`${answer.added} added to ${foreignText(answer.case.name)}${rest}.\n`);
}

export interface CaseReportOptions {
  readonly out?: string;
  readonly language?: Language;
}

/** `touchstone cases report`: one report of a case as one file. */
export async function reportCase(given: string, { out, language }: CaseReportOptions): Promise<void> {
  const link = await needCompanion();
  const { id } = await caseNamed(link, given);
  const response = await link.fetch(api.cases.report, { params: { id }, query: { language } });
  if (!response.body) throw new TouchstoneError('internal', 'the report has no body');
  if (out === undefined || out === '-') {
    await pipeline(response.body, process.stdout, { end: false });
    return;
  }
  // It names pages that a person has visited: nobody else on this machine may read it.
  await pipeline(response.body, createWriteStream(givenPath(out), { mode: 0o600 })).catch((cause: unknown) => {
    throw new TouchstoneError('file-unreadable', `${out}: ${String(cause)}`, { cause });
  });
  process.stderr.write(`Written to ${foreignText(out)}. Open it in a browser; printing it gives a PDF.\n`);
}
