import { joinMessages } from '../join-messages.ts';
import type { LanguageFolder } from '../language-folder.ts';
import { card } from './card.ts';
import { datasetFaults } from './dataset-faults.ts';
import { extension } from './extension.ts';
import { history } from './history.ts';
import { historyActions } from './history-actions.ts';
import { historyCases } from './history-cases.ts';
import { historyPeople } from './history-people.ts';
import { historyProvenance } from './history-provenance.ts';
import { historyReport } from './history-report.ts';
import { historySharing } from './history-sharing.ts';
import { historySystem } from './history-system.ts';
import { historyTeach } from './history-teach.ts';
import { historyTeam } from './history-team.ts';
import { historyVideo } from './history-video.ts';
import { historyViews } from './history-views.ts';
import { pairing } from './pairing.ts';
import { provider } from './provider.ts';
import { report } from './report.ts';
import { sentences } from './sentences.ts';

export const de: LanguageFolder = {
  name: 'Deutsch',
  direction: 'ltr',
  // The mark lets bundlers leave out what a script does not show.
  messages: /* @__PURE__ */ joinMessages(
    card,
    datasetFaults,
    extension,
    history,
    historyActions,
    historyCases,
    historyPeople,
    historyProvenance,
    historyReport,
    historySharing,
    historySystem,
    historyTeach,
    historyTeam,
    historyVideo,
    historyViews,
    pairing,
    provider,
    report,
  ),
  sentences,
};
