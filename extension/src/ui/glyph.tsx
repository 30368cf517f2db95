import { type IconName, iconPath, isFull } from '../overlay/draw/icons.ts';

const extra = {
  connected: 'M3 8.5 6.5 12 13 4.5',
  picture: 'M2 3h12v10H2ZM2 11l3.600-3.600 3 3 1.900-1.900L14 12M10.500 6v.1',
  video: 'M2 3.5h12v9H2ZM6.8 6v4l3.400-2Z',
  connecting: 'M8 2a6 6 0 1 1-6 6',
  'not-running': 'M5 3v10M11 3v10',
  'not-paired': 'M6.5 9.5l3-3M7 4.5l1.5-1.500a2.8 2.8 0 0 1 4 4L11 8.500M9 11.500l-1.5 1.500a2.8 2.8 0 0 1-4-4L5 7.5',
  refused: 'M8 2.2 14.4 13.400H1.600ZM8 6.600v3M8 11.600v.1',
} as const;

export type SymbolName = IconName | keyof typeof extra;

/** A decorative drawing beside words. */
export function Glyph({ name }: { readonly name: SymbolName }) {
  const path = name in extra ? extra[name as keyof typeof extra] : iconPath(name as IconName);
  return (
    <svg className={`glyph glyph-${name}${isFull(name) ? ' full' : ''}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
