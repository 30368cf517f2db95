import { join } from 'node:path';
import type { CompanionStatus } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { dataFolder } from '../../settings/data-folder.ts';
import { factLines } from './fact-lines.ts';

/** What a pack is used for, in words. */
function useOf({ usedFor = [] }: CompanionStatus['packs'][number], packs: CompanionStatus['packs']): string {
  const quick = usedFor.includes('quick');
  const thorough = usedFor.includes('thorough') || (quick && !packs.some((pack) => pack.usedFor?.includes('thorough')));
  if (thorough) return quick ? 'in use for everything' : 'in use for what you ask about';
  return quick ? 'in use for what scrolls by' : 'installed';
}

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
    ...status.packs.map((pack): [string, string] => [
      'Model pack',
      `${pack.name} ${pack.version} (${pack.tier}; ${useOf(pack, status.packs)})`,
    ]),
    ['History', `${status.records} records${status.recordingPaused ? '; recording is paused' : ''}`],
    ['Waiting', `${live + asked + bulk} pictures`],
    ...(status.workerRestarts > 0
      ? [['Restarts', `the model's process was restarted ${status.workerRestarts} times`] as [string, string]]
      : []),
    ...(status.warnings ?? []).map(({ text }): [string, string] => ['Warning', foreignText(text)]),
    ['Data folder', dataFolder()],
    ['Log files', join(dataFolder(), 'logs')],
  ]);
}
