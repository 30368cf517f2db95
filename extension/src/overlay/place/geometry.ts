/** All lengths are CSS pixels of the viewport. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export const BADGE_CORNERS = ['top-start', 'top-end', 'bottom-start', 'bottom-end'] as const;
export type BadgeCorner = (typeof BADGE_CORNERS)[number];

/** Between a picture's edge and its badge. */
const BADGE_INSET_PIXELS = 6;
/** Between the card and the picture, and between the card and the edge of the viewport. */
export const CARD_GAP_PIXELS = 8;
/** A badge shows while at least this much of its picture's sides is in view; less leaves no room to stand on. */
const LEAST_VISIBLE_PIXELS = 28;

/** @returns the part of a box inside the viewport, or undefined where too little of it is left for a badge */
export function visiblePart(box: Box, viewport: Size): Box | undefined {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const width = Math.min(viewport.width, box.x + box.width) - x;
  const height = Math.min(viewport.height, box.y + box.height) - y;
  if (width < LEAST_VISIBLE_PIXELS || height < LEAST_VISIBLE_PIXELS) return undefined;
  return { x, y, width, height };
}

/** @returns the part of `box` inside `clip` (which may be empty or inverted) */
export function intersection(box: Box, clip: Box): Box {
  const x = Math.max(box.x, clip.x);
  const y = Math.max(box.y, clip.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(box.x + box.width, clip.x + clip.width) - x),
    height: Math.max(0, Math.min(box.y + box.height, clip.y + clip.height) - y),
  };
}

/** Whether two boxes share any of the screen. */
export function isOverlapping(one: Box, other: Box): boolean {
  const { width, height } = intersection(one, other);
  return width > 0 && height > 0;
}

/** Whether any of a box is inside the viewport. */
export function isTouching(box: Box, { width, height }: Size): boolean {
  return box.x < width && box.y < height && box.x + box.width > 0 && box.y + box.height > 0;
}

/**
 * @param inward how far it is moved from its corner towards the middle, as a share of the picture's sides
 * @returns where a badge's top left corner goes in the visible part of its picture
 */
export function badgeSpot(visible: Box, badge: Size, corner: BadgeCorner, direction: 'ltr' | 'rtl', inward = 0): Spot {
  const atLeft = corner.endsWith('start') === (direction === 'ltr');
  const [insetX, insetY] = [BADGE_INSET_PIXELS + inward * visible.width, BADGE_INSET_PIXELS + inward * visible.height];
  const left = visible.x + insetX;
  const right = visible.x + visible.width - badge.width - insetX;
  const top = visible.y + insetY;
  const bottom = visible.y + visible.height - badge.height - insetY;
  return {
    x: Math.round(atLeft ? Math.min(left, Math.max(right, visible.x)) : Math.max(visible.x, right)),
    y: Math.round(corner.startsWith('top') ? top : Math.max(visible.y, bottom)),
  };
}

function clamp(value: number, size: number, room: number): number {
  return Math.round(Math.max(CARD_GAP_PIXELS, Math.min(value, room - size - CARD_GAP_PIXELS)));
}

/** Lower than this, in CSS pixels, a card would show its title only: then it covers part of the player instead. */
const LOWEST_CARD_PIXELS = 220;
/** A player this many times as wide as the card stays in sight beside it: the card may cover half of its height. */
const WIDE_PLAYER = 2;

function fitsBeside(picture: Box, card: Size, viewport: Size): boolean {
  const needed = card.width + 2 * CARD_GAP_PIXELS;
  return picture.x >= needed || viewport.width - picture.x - picture.width >= needed;
}

/**
 * How high a card may be that belongs to a player: where it does not fit beside, it keeps to the room below, so that
 * the video and its timeline stay in sight, or to half of a wide player.
 * @returns undefined where it is as free as any card
 */
export function cardHeightLimit(player: Box, card: Size, viewport: Size): number | undefined {
  if (fitsBeside(player, card, viewport)) return undefined;
  const below = viewport.height - player.y - player.height - 2 * CARD_GAP_PIXELS;
  const shown = Math.min(viewport.height, player.y + player.height) - Math.max(0, player.y);
  const over = player.width >= WIDE_PLAYER * card.width ? shown / 2 : 0;
  return Math.round(Math.max(LOWEST_CARD_PIXELS, below, over));
}

/**
 * Where the card's top left corner goes: beside the picture at the end of the line, else at its start, else below, else
 * above, else over its upper corner; always inside the viewport.
 */
export function cardSpot(picture: Box, card: Size, viewport: Size, direction: 'ltr' | 'rtl'): Spot {
  const right = picture.x + picture.width + CARD_GAP_PIXELS;
  const left = picture.x - card.width - CARD_GAP_PIXELS;
  const below = picture.y + picture.height + CARD_GAP_PIXELS;
  const above = picture.y - card.height - CARD_GAP_PIXELS;
  const alongX = direction === 'ltr' ? picture.x : picture.x + picture.width - card.width;
  const beside = direction === 'ltr' ? [right, left] : [left, right];

  const fitsX = (x: number) => x >= CARD_GAP_PIXELS && x + card.width + CARD_GAP_PIXELS <= viewport.width;
  const fitsY = (y: number) => y >= CARD_GAP_PIXELS && y + card.height + CARD_GAP_PIXELS <= viewport.height;

  const x = beside.find(fitsX);
  if (x !== undefined) return { x: Math.round(x), y: clamp(picture.y, card.height, viewport.height) };
  const y = [below, above].find(fitsY);
  if (y !== undefined) return { x: clamp(alongX, card.width, viewport.width), y: Math.round(y) };

  const inside =
    direction === 'ltr' ? picture.x + picture.width - card.width - CARD_GAP_PIXELS : picture.x + CARD_GAP_PIXELS;
  return {
    x: clamp(inside, card.width, viewport.width),
    y: clamp(picture.y + CARD_GAP_PIXELS, card.height, viewport.height),
  };
}

/** Share of the window's height that a card may take from the picture that it explains. */
const EXPLAINING_SHARE = 0.4;

/** Room above and below a picture, without the gaps around a card. */
const roomAround = (picture: Box, viewport: Size) => ({
  above: picture.y - 2 * CARD_GAP_PIXELS,
  below: viewport.height - picture.y - picture.height - 2 * CARD_GAP_PIXELS,
});

/**
 * How high a card may be while colours over the picture show what it says: it keeps to the larger room above or below,
 * or to a strip of the window, so that they are seen.
 * @returns undefined where it is as free as any card
 */
export function explainingHeightLimit(picture: Box, card: Size, viewport: Size): number | undefined {
  if (fitsBeside(picture, card, viewport)) return undefined;
  const { above, below } = roomAround(picture, viewport);
  return Math.round(Math.max(above, below, Math.min(LOWEST_CARD_PIXELS, EXPLAINING_SHARE * viewport.height)));
}

/** As `cardSpot`, for a card of that height: where nothing is free, at the edge of the window with more room. */
export function explainingSpot(picture: Box, card: Size, viewport: Size, direction: 'ltr' | 'rtl'): Spot {
  const spot = cardSpot(picture, card, viewport, direction);
  if (!isOverlapping({ ...spot, ...card }, picture)) return spot;
  const { above, below } = roomAround(picture, viewport);
  return { x: spot.x, y: above > below ? CARD_GAP_PIXELS : viewport.height - card.height - CARD_GAP_PIXELS };
}
