/** Videos of one page that are sampled at the same time. The companion takes 16 of one browser, all tabs together. */
export const PAGE_VIDEOS = 12;

/** What decides whether anybody watches a video, and whether it may cost something. */
export interface Watching {
  /** The tab is in front. */
  readonly pageVisible: boolean;
  /** It plays in a window of its own, which lies above every tab. */
  readonly inPicture: boolean;
  /** A person asked for it. */
  readonly asked: boolean;
  readonly batteryLow: boolean;
  /** Of the video in view, in CSS pixels. */
  readonly area: number;
}

/** The area by which a video is ranked; 0 for one that is not sampled: nobody sees it, or the battery is low and nobody asked. */
export function watchedArea({ pageVisible, inPicture, asked, batteryLow, area }: Watching): number {
  const seen = pageVisible || inPicture;
  return seen && (asked || !batteryLow) ? area : 0;
}

export interface Candidate {
  /** A person asked for it. */
  readonly asked: boolean;
  /** Visible area in CSS pixels; 0 where it is out of view. */
  readonly area: number;
  /** It plays, and nothing but a place is missing. */
  readonly wants: boolean;
}

export type Place = 'sampled' | 'crowded' | 'idle';

/** Who is sampled: visible ones that play, what a person asked for first, then the largest. In the order given. */
export function assignPlaces(candidates: readonly Candidate[], places: number = PAGE_VIDEOS): Place[] {
  const ranked = candidates
    .map((candidate, index) => ({ ...candidate, index }))
    .filter(({ wants, area }) => wants && area > 0)
    .sort((a, b) => Number(b.asked) - Number(a.asked) || b.area - a.area || a.index - b.index);
  const sampled = new Set(ranked.slice(0, places).map(({ index }) => index));
  const crowded = new Set(ranked.slice(places).map(({ index }) => index));
  return candidates.map((_, index) => (sampled.has(index) ? 'sampled' : crowded.has(index) ? 'crowded' : 'idle'));
}
