import { TouchstoneError } from '@touchstone/shared';
import type { Person, PersonChange, Role } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import Table from 'cli-table3';
import { joinLink, readDatabaseAddress, readPublicAddress } from '../../team/addresses.ts';
import { openPeople, type TeamPeople } from '../../team/people/open-people.ts';
import { onlyMatch } from '../link/only-match.ts';

export interface UserOptions {
  readonly database?: string;
}

export interface InviteOptions extends UserOptions {
  readonly name: string;
  readonly role: Role;
  /** Of somebody who lost the way in: id, or its beginning. */
  readonly person?: string;
  readonly url?: string;
}

async function withPeople(options: UserOptions, work: (team: TeamPeople) => Promise<void>): Promise<void> {
  const team = await openPeople(readDatabaseAddress(options.database));
  try {
    await work(team);
  } finally {
    await team.close();
  }
}

const find = async ({ people }: TeamPeople, id: string): Promise<Person> =>
  onlyMatch(await people.list(), id, ['people', 'person']);

/** `touchstone users invite`: the link alone on standard output, so that a script can send it. */
export async function inviteUser({ name, role, person, ...options }: InviteOptions): Promise<void> {
  const address = readPublicAddress(options.url);
  await withPeople(options, async (team) => {
    const known = person === undefined ? undefined : (await find(team, person)).id;
    const { secret, expiresAt } = await team.invitations.issue({ name, role, person: known }, null);
    process.stdout.write(`${joinLink(address, secret)}\n`);
    process.stderr.write(`It opens once, until ${new Date(expiresAt).toLocaleString()}. Send it to nobody else.\n`);
  });
}

/** `touchstone users list` */
export async function listUsers({
  json = false,
  ...options
}: UserOptions & { readonly json?: boolean }): Promise<void> {
  await withPeople(options, async ({ people }) => {
    const all = await people.list();
    if (json) for (const person of all) process.stdout.write(`${JSON.stringify(person)}\n`);
    else if (all.length === 0)
      process.stdout.write(
        'Nobody is here yet. Invite the first: "touchstone users invite --role admin --name NAME".\n',
      );
    else process.stdout.write(`${tableOf(all)}\n`);
  });
}

function tableOf(all: readonly Person[]): string {
  const table = new Table({ head: ['Id', 'Name', 'Role', 'May sign in'], style: { head: [], border: [] } });
  for (const { id, name, role, disabledAt } of all)
    table.push([id, foreignText(name), role, disabledAt === null ? 'yes' : 'no']);
  return table.toString();
}

/** `touchstone users role|disable|enable`: somebody by their id or the beginning of it. @throws TouchstoneError `last-admin` */
export async function changeUser(id: string, change: PersonChange, options: UserOptions): Promise<void> {
  await withPeople(options, async (team) => {
    const person = await find(team, id);
    const changed = await team.people.change(person.id, change, null);
    if (!changed) throw new TouchstoneError('not-found');
    const may = changed.disabledAt === null ? `is ${changed.role}` : 'may not sign in any more';
    process.stdout.write(`${foreignText(changed.name)} ${may}.\n`);
    if (person.disabledAt !== null && changed.disabledAt === null) {
      process.stderr.write(
        `Passkeys from before are gone: "touchstone users invite --person ${changed.id}" makes a new way in.\n`,
      );
    }
  });
}
