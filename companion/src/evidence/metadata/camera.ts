import { foreignText } from '@touchstone/shared/words';
import type { FileFields } from './file-fields.ts';

/** Longest camera name passed on, in characters. */
const MAX_NAME_LENGTH = 80;

/**
 * Makers of games, and consoles: what they call a camera is a picture of what they drew. Consoles with a camera of their
 * own (3DS, PS Vita) name themselves otherwise.
 */
const GAMES =
  /^(?:Polyphony Digital|Sony (?:Interactive|Computer) Entertainment|Nintendo co\.,? ?ltd|Valve\b|NVIDIA\b|Microsoft Xbox|Rockstar Games|Capcom|Square Enix|Bandai Namco|Turn 10|Playground Games|Electronic Arts|Ubisoft)|\bPlayStation ?(?:®|\(R\))? ?[345]?\b|\bPS[345]\b|\bXbox\b|\bNintendo Switch\b|\bSteam Deck\b|\bGran Turismo\b|\bForza (?:Horizon|Motorsport)\b/i;

/** @returns "Make Model" of the camera; both must be there and look like names */
export function cameraName({ exif }: FileFields): string | undefined {
  const [make, model] = [exif.get('Make'), exif.get('Model')];
  if (!make || !model || !isName(make) || !isName(model)) return undefined;
  if (GAMES.test(make) || GAMES.test(model)) return undefined;
  const [maker, named] = [foreignText(make, { most: MAX_NAME_LENGTH }), foreignText(model, { most: MAX_NAME_LENGTH })];
  if (!maker || !named) return undefined;
  return named.toLowerCase().startsWith(maker.toLowerCase()) ? named : `${maker} ${named}`;
}

/** Some generators keep whole graphs in these fields. */
const isName = (text: string): boolean => text.length <= 200 && !/[{}<>\n]/.test(text);
