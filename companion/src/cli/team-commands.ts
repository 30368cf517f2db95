import { TouchstoneError } from '@touchstone/shared';
import { type Command, Option } from 'commander';
import { optionHelp } from '../configuration/option-flags.ts';
import { LOG_LEVELS } from '../configuration/options.ts';

const DATABASE = [
  '--database <address>',
  'postgres://..., straight to the server; with a password in TOUCHSTONE_DATABASE',
] as const;
const CONTENT = [
  '--content <place>',
  'folder that all machines see, or https://host/bucket; TOUCHSTONE_CONTENT',
] as const;
const URL_FLAG = ['--url <address>', 'address that people type, https://...; TOUCHSTONE_URL'] as const;

const logLevel = (): Option =>
  new Option('--log-level <level>', 'how much is told on standard error').choices(LOG_LEVELS).default('info');

const role = (): Option => new Option('--role <role>', 'what they may do').choices(['reader', 'analyst', 'admin']);

/** Installed packages leave out what only a team's machines need. */
async function ofTeam<Module>(load: Promise<Module>): Promise<Module> {
  try {
    return await load;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new TouchstoneError('config-invalid', 'this installation does not hold what a team’s machines need', {
      cause: error,
      nextStep: 'Run Touchstone from its sources on machines of a team (docs/team.md).',
    });
  }
}

/** Commands of a team's machines (docs/team.md). @param wholePositive reads a number */
export function addTeamCommands(program: Command, wholePositive: (value: string) => number): void {
  program
    .command('serve')
    .description('serve a team: the history page and the API for everybody (docs/team.md)')
    .option(...URL_FLAG)
    .option('--listen <address>', 'address and port, 127.0.0.1:47616 by default; TOUCHSTONE_LISTEN')
    .option('--tls-cert <file>', 'certificate with its chain, PEM; TOUCHSTONE_TLS_CERT')
    .option('--tls-key <file>', 'its key; TOUCHSTONE_TLS_KEY')
    .option(
      '--behind-proxy <addresses...>',
      'instead: from where the proxy that has it connects; TOUCHSTONE_BEHIND_PROXY',
    )
    .option('--passkeys', 'people sign in with passkeys; TOUCHSTONE_PASSKEYS=1')
    .option('--oidc-issuer <address>', 'people sign in with this OpenID Connect provider; TOUCHSTONE_OIDC_ISSUER')
    .option(
      '--oidc-client <id>',
      'as the provider knows it; TOUCHSTONE_OIDC_CLIENT, with its secret in TOUCHSTONE_OIDC_SECRET',
    )
    .option('--oidc-name <name>', 'as people know the provider; TOUCHSTONE_OIDC_NAME')
    .option(...DATABASE)
    .option(...CONTENT)
    .addOption(logLevel())
    .action(async (options) => {
      process.exitCode = await (await ofTeam(import('./commands/serve.ts'))).serve(options);
    });

  program
    .command('worker')
    .description('take the checks of a team through the models of this machine (docs/team.md)')
    .option(...DATABASE)
    .option(...CONTENT)
    .option('--concurrency <count>', 'checks in work at a time', wholePositive)
    .option('--provider <name>', optionHelp('provider').description)
    .option(
      '--metrics [address]',
      'answer GET /metrics here, 127.0.0.1:47617 where no address is given; TOUCHSTONE_METRICS',
    )
    .addOption(logLevel())
    .action(async (options) => {
      process.exitCode = await (await ofTeam(import('./commands/worker.ts'))).worker(options);
    });

  program
    .command('migrate')
    .description("bring the tables of a team's database to this version (docs/team.md)")
    .option(...DATABASE)
    .option('--json', 'as one JSON object')
    .action(async (options) => (await ofTeam(import('./commands/migrate.ts'))).migrate(options));
  program
    .command('migrate-history')
    .description("take a single person's history over into a team's records (docs/team.md)")
    .requiredOption('--owner <id>', 'whose records they become: a person of the team, as "users list" shows them')
    .option('--from <folder>', 'a data folder or a backup of one; without it, your own')
    .option(...DATABASE)
    .option(...CONTENT)
    .option('--dry-run', 'count, and write nothing')
    .option('--json', 'as one JSON object')
    .action(async (options) => {
      process.exitCode = await (await ofTeam(import('./commands/migrate-history.ts'))).migrateHistory(options);
    });

  const users = program.command('users').description('people of a team (docs/team.md)');
  users
    .command('invite')
    .description('a one-time link with which somebody joins the team')
    .requiredOption('--name <name>', 'who it is for')
    .addOption(role().makeOptionMandatory())
    .option('--person <id>', 'somebody who is in the team and lost the way in')
    .option(...URL_FLAG)
    .option(...DATABASE)
    .action(async (options) => (await ofTeam(import('./commands/users.ts'))).inviteUser(options));
  users
    .command('list')
    .description('everybody in the team')
    .option('--json', 'one JSON object a line')
    .option(...DATABASE)
    .action(async (options) => (await ofTeam(import('./commands/users.ts'))).listUsers(options));
  users
    .command('role')
    .description('give somebody another role')
    .argument('<id>', 'their id, or the beginning of it')
    .addOption(role().makeOptionMandatory())
    .option(...DATABASE)
    .action(async (id: string, options) => {
      await (await ofTeam(import('./commands/users.ts'))).changeUser(id, { role: options.role }, options);
    });
  for (const [name, disabled, words] of [
    ['disable', true, 'keep somebody out: sessions and tokens end at once, records stay'],
    ['enable', false, 'let somebody in again'],
  ] as const) {
    users
      .command(name)
      .description(words)
      .argument('<id>', 'their id, or the beginning of it')
      .option(...DATABASE)
      .action(async (id: string, options) => {
        await (await ofTeam(import('./commands/users.ts'))).changeUser(id, { disabled }, options);
      });
  }
}
