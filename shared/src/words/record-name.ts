import type { CaptureSource } from '../capture.ts';
import { foreignText } from './foreign-text.ts';

/**
 * What a person would call the picture: its file name, else the last part of its address, else the page's title.
 * @returns undefined where the record says nothing
 */
export function recordName(source: CaptureSource): string | undefined {
  const candidates = [source.fileName, nameInAddress(source.url), source.pageTitle, source.pageUrl];
  return candidates.map((text) => foreignText(text ?? '')).find((text) => text !== '');
}

function nameInAddress(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const last = url.pathname.split('/').findLast((part) => part !== '');
  if (!last) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
