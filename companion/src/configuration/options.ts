import { PROVIDERS } from '@touchstone/models/provider-names';
import { DEFAULT_PORT, FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';

/** Levels of the companion's own log, loudest first. Requests are told at `debug`. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longest text of a flag or variable that is looked at; paths have no more. */
const MAX_TEXT = 4096;

const whole = (least: number, most: number) => v.pipe(FiniteNumber, v.integer(), v.minValue(least), v.maxValue(most));

/** One setting: everything that help, documentation and validation say of it stands here. */
interface ConfigurationOption {
  /** What the environment calls it. */
  readonly variable: string;
  /** What the command line calls it; absent where there is no flag. */
  readonly flag?: string;
  /** Of a value, for help: `--flag <value>`. */
  readonly value: 'number' | 'word' | 'path';
  readonly schema: v.GenericSchema<unknown, number | string>;
  /** Completes "it takes ..." */
  readonly allowed: string;
  /** In a sentence without a full stop. */
  readonly summary: string;
  /** Taken where nobody says anything; undefined: off, or the program chooses. */
  readonly fallback?: number | string;
  /** What the absence of a value means, for people. */
  readonly otherwise: string;
}

/**
 * The settings of whoever runs a companion, by the names that config.json in the data folder gives them. What a person chooses on
 * the history page (how long records are kept, which pack is used) is in settings.json and not here.
 */
export const OPTIONS = {
  port: {
    variable: 'TOUCHSTONE_PORT',
    flag: 'port',
    value: 'number',
    schema: whole(0, 65_535),
    allowed: 'a number from 0 (any free one) to 65535',
    summary: 'port on 127.0.0.1',
    fallback: DEFAULT_PORT,
    otherwise: String(DEFAULT_PORT),
  },
  provider: {
    variable: 'TOUCHSTONE_PROVIDER',
    flag: 'provider',
    value: 'word',
    schema: v.picklist(PROVIDERS),
    allowed: PROVIDERS.join(', '),
    summary: 'force an execution provider',
    otherwise: 'the fastest that passes its self-test',
  },
  logLevel: {
    variable: 'TOUCHSTONE_LOG_LEVEL',
    flag: 'log-level',
    value: 'word',
    schema: v.picklist(LOG_LEVELS),
    allowed: LOG_LEVELS.join(', '),
    summary: 'how much the log files in `logs` tell; from `debug` on each request, without its address',
    fallback: 'info',
    otherwise: 'info',
  },
  maxQueue: {
    variable: 'TOUCHSTONE_MAX_QUEUE',
    flag: 'max-queue',
    value: 'number',
    schema: whole(1, 1_000_000),
    allowed: 'a number from 1 to 1000000',
    summary: 'accepted checks that may wait; beyond it programs are told when to ask again',
    fallback: 50_000,
    otherwise: '50000',
  },
  maxQueueBytes: {
    variable: 'TOUCHSTONE_MAX_QUEUE_BYTES',
    flag: 'max-queue-bytes',
    value: 'number',
    schema: whole(1_000_000, 1e15),
    allowed: 'a number from 1000000 to 1000000000000000',
    summary: 'bytes of their content on the disk',
    fallback: 16 * 1024 ** 3,
    otherwise: '17179869184 (16 GiB)',
  },
  backupEveryHours: {
    variable: 'TOUCHSTONE_BACKUP_EVERY_HOURS',
    flag: 'backup-every-hours',
    value: 'number',
    schema: whole(1, 8_760),
    allowed: 'a number from 1 to 8760',
    summary: 'hours from one backup to the next, while the companion runs',
    otherwise: 'no backups',
  },
  backupFolder: {
    variable: 'TOUCHSTONE_BACKUP_FOLDER',
    flag: 'backup-folder',
    value: 'path',
    schema: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT), v.regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/)),
    allowed: 'an absolute path outside the data folder',
    summary: 'where those backups lie',
    otherwise: 'none; needed where backups are made',
  },
  backupKeep: {
    variable: 'TOUCHSTONE_BACKUP_KEEP',
    flag: 'backup-keep',
    value: 'number',
    schema: whole(1, 1_000),
    allowed: 'a number from 1 to 1000',
    summary: 'backups that stay; the oldest go',
    fallback: 7,
    otherwise: '7',
  },
} as const satisfies Readonly<Record<string, ConfigurationOption>>;

export type OptionName = keyof typeof OPTIONS;

export const OPTION_NAMES = Object.keys(OPTIONS) as [OptionName, ...OptionName[]];

type Value<Name extends OptionName> = v.InferOutput<(typeof OPTIONS)[Name]['schema']>;

/** Every setting that has a value; those that are off have none. */
export type Configuration = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends { readonly fallback: unknown }
    ? Value<Name>
    : Value<Name> | undefined;
};
