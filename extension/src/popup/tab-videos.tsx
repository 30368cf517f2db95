import { useCallback, useEffect } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import type { ListedVideo } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { VideoRow } from './video-row.tsx';

/** Videos change while they play: the list is asked for anew this often while the popup is open. */
const ASK_EVERY_MS = 1_000;
/** Videos shown; the ones that play, and the largest, come first. */
const LISTED = 6;

interface TabVideosProps {
  readonly tabId: number;
  readonly canCheck: boolean;
  onCheck(video: ListedVideo): Promise<void>;
  onOpen(recordId: string): void;
}

/** The tab's videos, what is known of each, and a button to check it: also for what no right-click reaches. */
export function TabVideos({ tabId, canCheck, onCheck, onOpen }: TabVideosProps) {
  const translator = useTranslator();
  const videos = useLoaded(useCallback(() => askBackground({ type: 'tab-videos', tabId }), [tabId]));
  const { reload } = videos;
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!videos.value?.length) return null;
  return (
    <section className="panel results">
      <h2>{translator.text('tab-videos')}</h2>
      <ul>
        {videos.value.slice(0, LISTED).map((video, index) => (
          <VideoRow
            key={`${video.frameId} ${video.number}`}
            video={video}
            name={video.title || translator.text('video-number', { number: translator.number(index + 1) })}
            canCheck={canCheck}
            onCheck={() => void onCheck(video).then(reload)}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  );
}
