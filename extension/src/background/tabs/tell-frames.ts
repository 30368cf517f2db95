import { chooseLanguage } from '@touchstone/shared/words';
import type { Asker } from '../checks/check-source.ts';
import type { Companion } from '../connection/companion.ts';
import { checksAutomatically } from '../settings/auto-check.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { cardWordsFor } from './card-words-for.ts';
import type { ContentPorts } from './content-ports.ts';

export interface TellFramesOptions {
  readonly ports: ContentPorts;
  readonly settings: SettingsStore;
  readonly companion: Pick<Companion, 'state'>;
}

/** Tells frames the words of the reader's language, and whether pictures there are checked without being asked. */
export async function tellFrames({ ports, settings, companion }: TellFramesOptions, only?: Asker): Promise<void> {
  const current = await settings.read();
  const {
    minimumSide,
    checkVideos: videos,
    minimumVideoSide,
    badgeCorner,
    imageSearch,
    language,
    onlyLikelyAi,
  } = current;
  const words = cardWordsFor(chooseLanguage(language, navigator.languages), companion.state);
  ports.each((send, asker, topUrl) => {
    if (only && only !== asker) return;
    send({ type: 'words', words });
    const enabled = checksAutomatically(current, topUrl, asker.incognito, companion.state);
    send({
      type: 'auto-check',
      enabled,
      minimumSide,
      videos,
      minimumVideoSide,
      badgeCorner,
      onlyLikelyAi,
      imageSearch,
    });
  });
}
