import { api, type Scope, type TokenInfo } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import Table from 'cli-table3';
import { needCompanion } from '../link/companion-link.ts';
import { onlyMatch } from '../link/only-match.ts';

export interface CreateTokenOptions {
  readonly name: string;
  readonly scope: readonly Scope[];
  /** Null: it does not expire. */
  readonly days: number | null;
  readonly json?: boolean;
}

/** `touchstone tokens create`: its text alone on standard output, so that a script can keep it. */
export async function createToken({ name, scope, days, json = false }: CreateTokenOptions): Promise<void> {
  const created = await (await needCompanion()).call(api.tokens.create, { body: { name, scopes: [...scope], days } });
  process.stdout.write(json ? `${JSON.stringify(created)}\n` : `${created.token}\n`);
  if (json) return;
  const until = created.expiresAt === null ? 'until it is revoked' : `until ${timeText(created.expiresAt)}`;
  process.stderr.write(
    `Keep it: it is not shown again. It may ${created.scopes.join(', ')}, ${until}.\n` +
      `End it with "npm run touchstone tokens revoke ${created.id}".\n`,
  );
}

/** `touchstone tokens list` */
export async function listTokens({ json = false }: { readonly json?: boolean }): Promise<void> {
  const tokens = await (await needCompanion()).call(api.tokens.list);
  if (json) for (const token of tokens) process.stdout.write(`${JSON.stringify(token)}\n`);
  else if (tokens.length === 0)
    process.stdout.write('No program has a token. Make one with "npm run touchstone tokens create".\n');
  else process.stdout.write(`${tableOf(tokens)}\n`);
}

const timeText = (at: number): string => new Date(at).toLocaleString();

function tableOf(tokens: readonly TokenInfo[]): string {
  const table = new Table({ head: ['Id', 'Name', 'May', 'Expires', 'Last used'], style: { head: [], border: [] } });
  for (const { id, name, scopes, expiresAt, lastUsedAt } of tokens) {
    const expires = expiresAt === null ? 'never' : timeText(expiresAt);
    table.push([
      id,
      foreignText(name),
      scopes.join(', '),
      expires,
      lastUsedAt === null ? 'never' : timeText(lastUsedAt),
    ]);
  }
  return table.toString();
}

/** `touchstone tokens revoke`: a token by its id or the beginning of it. @throws TouchstoneError `bad-request` */
export async function revokeToken(id: string): Promise<void> {
  const link = await needCompanion();
  const token = onlyMatch(await link.call(api.tokens.list), id, ['tokens', 'token']);
  await link.fetch(api.tokens.revoke, { params: { id: token.id } });
  process.stdout.write(`${foreignText(token.name)} may do nothing any more.\n`);
}
