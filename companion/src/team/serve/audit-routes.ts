import { Readable } from 'node:stream';
import { type AuditEntry, type AuditFormat, JSON_LINES_TYPE, teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { handlerOf } from '../../gateway/handle.ts';
import { csvHeaderOf, csvRowOf } from '../../gateway/routes/csv-table.ts';
import { inChunks } from '../../gateway/routes/in-chunks.ts';
import type { TeamPeople } from '../people/open-people.ts';

const moment = (at: number): string => new Date(at).toISOString();

/** One entry with a name for whoever did it, since ids tell nobody anything outside. */
interface NamedEntry extends AuditEntry {
  readonly name: string;
}

const COLUMNS = [
  ['number', (entry: NamedEntry) => entry.number],
  ['at', (entry: NamedEntry) => moment(entry.at)],
  ['person', (entry: NamedEntry) => entry.person],
  ['name', (entry: NamedEntry) => entry.name],
  ['deed', (entry: NamedEntry) => entry.deed],
  ['action', (entry: NamedEntry) => entry.action],
  ['target', (entry: NamedEntry) => entry.target],
  ['detail', (entry: NamedEntry) => entry.detail],
] as const;

async function* asCsv(entries: AsyncIterable<NamedEntry>): AsyncGenerator<string> {
  yield csvHeaderOf(COLUMNS);
  for await (const entry of entries) yield csvRowOf(COLUMNS, entry);
}

async function* asLines(entries: AsyncIterable<NamedEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify({ ...entry, at: moment(entry.at) })}\n`;
}

const FORMATS = {
  csv: { texts: asCsv, type: 'text/csv; charset=utf-8' },
  jsonl: { texts: asLines, type: JSON_LINES_TYPE },
} as const satisfies Record<AuditFormat, unknown>;

/** Who did what, in pages and as a file. */
export async function auditRoutes(app: FastifyInstance, { audit, people }: TeamPeople): Promise<void> {
  const handle = handlerOf(app);

  async function* named(entries: AsyncIterable<AuditEntry>): AsyncGenerator<NamedEntry> {
    const names = new Map((await people.list()).map(({ id, name }) => [id, name]));
    for await (const entry of entries) yield { ...entry, name: names.get(entry.person ?? '') ?? '' };
  }

  handle(teamApi.audit.list, async ({ query: { before, limit, ...chosen } }) => {
    const found = await audit.list(limit + 1, before, chosen);
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? (entries.at(-1)?.number ?? null) : null };
  });
  handle(teamApi.audit.export, async ({ query: { format, ...chosen }, reply }) => {
    const { texts, type } = FORMATS[format];
    const day = moment(Date.now()).slice(0, 10);
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="touchstone-audit-${day}.${format}"`)
      .send(Readable.from(inChunks(texts(named(audit.iterate(chosen)))), { objectMode: false }));
  });
}
