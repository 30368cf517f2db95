import { join } from 'node:path';
import type { CompanionStatus } from '@touchstone/shared';
import { dataFolder } from '../../settings/data-folder.ts';
import { factLines } from './fact-lines.ts';

/** Status in words, a line for each fact. */
export function statusText(status: CompanionStatus): string {
  const { live, asked, bulk } = status.queued;
  return factLines([
    [
      'Touchstone',
      `${status.version}, running since ${new Date(status.startedAt).toLocaleString()} (process ${status.pid})`,
    ],
    ['Address', `http://127.0.0.1:${status.port}`],
    ['Runs on', `${status.provider}: ${status.providerReason}`],
    ...status.packs.map(({ name, version, tier }): [string, string] => [
      'Model pack',
      `${name} ${version} (${tier === 'quick' ? 'quick, for what scrolls by' : 'thorough, for what you ask about'})`,
    ]),
    ['History', `${status.records} records${status.recordingPaused ? '; recording is paused' : ''}`],
    ['Waiting', `${live + asked + bulk} pictures`],
    ...(status.workerRestarts > 0
      ? [['Restarts', `the model's process was restarted ${status.workerRestarts} times`] as [string, string]]
      : []),
    ['Data folder', dataFolder()],
    ['Log files', join(dataFolder(), 'logs')],
  ]);
}
