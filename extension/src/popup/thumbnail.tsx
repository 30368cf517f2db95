import type { CSSProperties } from 'react';
import type { TabPlace } from '../messaging/content-messages.ts';
import { Glyph, type SymbolName } from '../ui/glyph.tsx';

/** A part of what the tab showed when the popup opened. */
export interface TabViewPart {
  /** `data:` address of the whole. */
  readonly image: string;
  readonly place: TabPlace;
}

/** Side of the square that holds a small copy, in CSS pixels. */
const SIDE = 40;
const PERCENT = 100;

/** How far along a larger background lies, as CSS counts it: 0 % at its beginning, 100 % at its end. */
const along = (start: number, length: number, whole: number): string =>
  `${whole > length ? (start / (whole - length)) * PERCENT : 0}%`;

/** The part alone, with its own proportions, within a square. */
export function partStyle({ image, place }: TabViewPart): CSSProperties {
  const { x, y, width, height, viewport } = place;
  const scale = SIDE / Math.max(width, height);
  return {
    width: width * scale,
    height: height * scale,
    backgroundImage: `url("${image}")`,
    backgroundSize: `${(viewport.width / width) * PERCENT}% ${(viewport.height / height) * PERCENT}%`,
    backgroundPosition: `${along(x, width, viewport.width)} ${along(y, height, viewport.height)}`,
  };
}

interface ThumbnailProps {
  /** Absent where it is out of view, in a frame, or the tab could not be looked at. */
  readonly part: TabViewPart | undefined;
  readonly symbol: SymbolName;
  /** Whether the symbol says something that the small copy does not. */
  readonly isKnown: boolean;
}

/** Which picture a row is about, and the sign of its step. Said by the words beside it. */
export function Thumbnail({ part, symbol, isKnown }: ThumbnailProps) {
  const chip = (
    <span className="chip">
      <Glyph name={symbol} />
    </span>
  );
  if (!part) return <span className="thumbnail">{chip}</span>;
  return (
    <span className="thumbnail">
      <span className="thumbnail-part" style={partStyle(part)} />
      {isKnown && chip}
    </span>
  );
}
