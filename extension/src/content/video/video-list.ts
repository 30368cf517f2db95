import { scanVideos } from '../../capture/scan-videos.ts';
import type { TabVideo } from '../../messaging/content-messages.ts';
import { isTouching } from '../../overlay/place/geometry.ts';
import { elementName } from '../element-name.ts';
import type { PagePictures } from '../page-pictures.ts';
import { tabPlace } from '../tab-place.ts';
import type { Follower } from './follow-video.ts';
import type { Moving } from './frame-grabber.ts';
import { type Player, playerOf } from './player.ts';

/** Videos listed of one frame; feeds hold hundreds. */
const LISTED = 30;
/** Displayed shorter side, in CSS pixels, below which a video is a counting pixel or an icon. */
const SMALLEST_SIDE = 48;

type Listed = Omit<TabVideo, 'number'> & { readonly element: Moving };

/** What of a person may rest on a video. */
export type Meaning = Pick<PagePictures, 'focused' | 'pointed'>;

/** Whether the focus is on a video or on what holds it alone, or lies over it as the boxes of players do; else the pointer. */
function meantOf(element: Element, { focused, pointed }: Meaning): TabVideo['meant'] {
  const focus = focused();
  const holds = focus?.element.contains(element) && focus.element.querySelectorAll('video, canvas').length <= 1;
  if (holds || focus?.under() === element) return 'focus';
  return pointed() === element ? 'pointer' : undefined;
}

function listed(element: Moving, player: Player, follower: Follower | undefined, meaning: Meaning): Listed | undefined {
  const box = element.getBoundingClientRect();
  const { width, height } = box;
  if (Math.min(width, height) < SMALLEST_SIDE && !follower) return undefined;
  const state = follower?.state;
  const seen = state?.kind === 'video' ? state : undefined;
  const [place, meant] = [tabPlace(box), meantOf(element, meaning)];
  return {
    element,
    title: elementName(element, player.address()),
    width: Math.round(width),
    height: Math.round(height),
    inView: isTouching(box, { width: innerWidth, height: innerHeight }),
    ...(place && { place }),
    ...(meant && { meant }),
    duration: player.duration(),
    playing: player.playing(),
    framesAnalyzed: seen?.framesAnalyzed ?? 0,
    ...(seen && { activity: seen.activity }),
    ...(seen?.verdict && { verdict: seen.verdict.value, probability: seen.verdict.probability }),
    ...(seen?.verdict?.leaning && { leaning: seen.verdict.leaning }),
    ...(seen?.record && { recordId: seen.record.id, logged: seen.record.logged }),
    ...(state?.kind === 'error' && { error: state.error }),
  };
}

/** Videos of this frame, the followed canvases among them. */
export function* describeVideo(
  followed: ReadonlyMap<Element, { readonly player: Player; readonly follower: Follower }>,
  meaning: Meaning,
): Generator<Listed> {
  const canvases = [...followed.values()]
    .map(({ player }) => player.element)
    .filter((one) => !(one instanceof HTMLVideoElement));
  let count = 0;
  for (const element of [...scanVideos(document), ...canvases]) {
    const known = followed.get(element);
    const video = listed(element, known?.player ?? playerOf(element), known?.follower, meaning);
    if (!video) continue;
    yield video;
    count += 1;
    if (count === LISTED) return;
  }
}
