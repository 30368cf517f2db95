import { useCallback, useEffect, useState } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import type { ListedPicture, ListedVideo, TabView } from '../messaging/requests.ts';
import { useTranslator } from '../ui/translation.tsx';
import { useFresh } from '../ui/use-background.ts';
import { PictureRow } from './picture-row.tsx';
import type { TabViewPart } from './thumbnail.tsx';
import { VideoRow } from './video-row.tsx';

/** Pages load pictures while they are read, and videos play: the lists are asked for anew this often while the popup is open. */
const ASK_EVERY_MS = 1_500;
/** Videos shown; the ones that play, and the largest, come first. */
const VIDEOS = 6;

interface TabMediaProps {
  readonly tabId: number;
  readonly canCheck: boolean;
  /** Opens the card on the page, as a right-click does. */
  onCheckPicture(picture: ListedPicture): Promise<void>;
  onCheckVideo(video: ListedVideo): Promise<void>;
  onOpen(recordId: string): void;
}

type Listed = Pick<ListedPicture, 'frameId' | 'number'>;

const keyOf = (kind: 'picture' | 'video', { frameId, number }: Listed): string => `${kind} ${frameId} ${number}`;

/** The tab's videos and pictures, what is known of each, and a button to check or show it: also for what no right-click reaches. */
export function TabMedia({ tabId, canCheck, onCheckPicture, onCheckVideo, onOpen }: TabMediaProps) {
  const translator = useTranslator();
  const pictures = useFresh(
    useCallback(() => askBackground({ type: 'tab-pictures', tabId }), [tabId]),
    'results',
  );
  const videos = useFresh(
    useCallback(() => askBackground({ type: 'tab-videos', tabId }), [tabId]),
    'results',
  );
  const parts = useParts(tabId);
  const { reload: reloadPictures } = pictures;
  const { reload: reloadVideos } = videos;
  const reload = useCallback(() => Promise.all([reloadPictures(), reloadVideos()]), [reloadPictures, reloadVideos]);
  useEffect(() => {
    const timer = setInterval(() => void reload(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const [moving, still] = [(videos.value ?? []).slice(0, VIDEOS), pictures.value ?? []];
  if (moving.length + still.length === 0) return null;
  const title = moving.length === 0 ? 'tab-pictures' : still.length === 0 ? 'tab-videos' : 'tab-media';
  return (
    <section className="panel results media">
      <h2>{translator.text(title)}</h2>
      <ul>
        {moving.map((video, index) => (
          <VideoRow
            key={keyOf('video', video)}
            video={video}
            name={video.title || translator.text('video-number', { number: translator.number(index + 1) })}
            part={parts.get(keyOf('video', video))}
            canCheck={canCheck}
            onCheck={() => void onCheckVideo(video).then(reload)}
            onOpen={onOpen}
          />
        ))}
        {still.map((picture, index) => (
          <PictureRow
            key={keyOf('picture', picture)}
            picture={picture}
            name={picture.name || translator.text('picture-number', { number: translator.number(index + 1) })}
            part={parts.get(keyOf('picture', picture))}
            canCheck={canCheck}
            onCheck={() => void onCheckPicture(picture).then(reload)}
            // Where the popup stands, the card may not be seen.
            onShow={() => void onCheckPicture(picture).then(() => window.close())}
          />
        ))}
      </ul>
    </section>
  );
}

/** What lay where in the tab when the popup opened; empty until then, and where the tab cannot be looked at. */
function useParts(tabId: number): ReadonlyMap<string, TabViewPart> {
  const [parts, setParts] = useState<ReadonlyMap<string, TabViewPart>>(new Map());
  useEffect(() => {
    let isOld = false;
    askBackground({ type: 'tab-view', tabId }).then(
      (view) => isOld || setParts(partsOf(view)),
      // The rows have their symbols.
      () => undefined,
    );
    return () => {
      isOld = true;
    };
  }, [tabId]);
  return parts;
}

function partsOf({ image, pictures, videos }: TabView): ReadonlyMap<string, TabViewPart> {
  const all = [
    ...pictures.map((one) => [keyOf('picture', one), one.place] as const),
    ...videos.map((one) => [keyOf('video', one), one.place] as const),
  ];
  return new Map(all.flatMap(([key, place]) => (place ? [[key, { image, place }] as const] : [])));
}
