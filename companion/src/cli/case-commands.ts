import { type Command, Option } from 'commander';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** The commands of cases; each is imported when it runs. */
export function addCaseCommands(program: Command): void {
  const cases = program.command('cases').description('named folders of results, such as all pictures of one story');
  cases
    .command('list')
    .description('all cases, those changed last first')
    .option('--json', 'one JSON object a line')
    .action(async (options) => (await import('./commands/cases.ts')).listCases(options));
  cases
    .command('create')
    .description('make a case; its id is printed')
    .argument('<name>', 'what it is called')
    .option('--note <text>', 'what it is about')
    .option('--tag <tag>', 'a word to find it by; may be given again', collect)
    .option('--json', 'as one JSON object')
    .action(async (name: string, options) => (await import('./commands/cases.ts')).createCase(name, options));
  cases
    .command('add')
    .description('put results into a case; they may be in several')
    .argument('<case>', 'its name, its id, or the beginning of that')
    .argument('<ids...>', 'of the records, as the history page and exports name them')
    .action(async (name: string, ids: string[]) => (await import('./commands/cases.ts')).addToCase(name, ids));
  cases
    .command('report')
    .description('write one report of all results of a case as one file that stands alone')
    .argument('<case>', 'its name, its id, or the beginning of that')
    .option('-o, --out <file>', 'write to this file instead of standard output')
    .addOption(new Option('--language <language>', 'of the report').choices(['en', 'de', 'ar']))
    .action(async (name: string, options) => (await import('./commands/cases.ts')).reportCase(name, options));
}
