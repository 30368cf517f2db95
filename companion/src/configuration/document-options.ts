import { OPTION_NAMES, OPTIONS } from './options.ts';

/** @returns docs/configuration.md, from the table of options; a test holds the page against it */
export function documentOptions(): string {
  const rows = OPTION_NAMES.map((name) => {
    const { variable, flag, allowed, summary, otherwise } = OPTIONS[name];
    return `| \`${name}\` | \`${variable}\` | \`--${flag}\` | ${summary} | ${allowed} | ${otherwise} |`;
  });
  return `# Configuration

Written from the table in [companion/src/configuration/options.ts](../companion/src/configuration/options.ts), from which help and
validation come too. A flag of \`touchstone start\` outweighs the environment, the environment outweighs \`config.json\` in the data folder, and that
what is built in. Every value that is given is looked at when the companion starts, also one that another outweighs: a wrong one ends the start
with its source and what is allowed. \`touchstone config check\` looks without starting, \`touchstone config show\` tells each value with its
source.

| in \`config.json\` | environment | flag | what | takes | default |
|---|---|---|---|---|---|
${rows.join('\n')}

By the environment alone: \`TOUCHSTONE_HOME\`, the data folder, in which \`config.json\` lies; \`TOUCHSTONE_NO_OPEN\`, with which no browser is ever
opened; \`OTEL_EXPORTER_OTLP_ENDPOINT\`, a collector of traces on this computer ([0018](decisions/0018-traces.md)). How long records are kept, what is kept of pictures and which packs are used is the choice of whoever uses the history page, and
stands in \`settings.json\`.

\`\`\`json
{ "logLevel": "debug", "backupEveryHours": 24, "backupFolder": "/mnt/other/touchstone", "backupKeep": 14 }
\`\`\`

Backups on a schedule are off by default, because a backup holds what is deleted after it was made ([0016](decisions/0016-backups.md)). With
\`touchstone autostart on\` the variables of the table go into the unit; \`config.json\` is the easier place.
`;
}
