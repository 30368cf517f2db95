import { STEP_SHAPES, type Step } from '@touchstone/shared/present';

/** Line icons, 20 x 20, drawn for this page. All are decoration: the words stand beside them or in the button's name. */
const PATHS = {
  ai: 'M10 2.5l1.9 5.6 5.6 1.9-5.6 1.9L10 17.5l-1.9-5.6L2.5 10l5.6-1.9z',
  camera: 'M3 6.5h3L7.5 4h5L14 6.5h3v9.5H3zM10 8.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8z',
  question: 'M7 7.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M10 15.2v.3',
  neutral: 'M4 10h12',
  search: 'M8.8 3.5a5.3 5.3 0 1 0 0 10.6 5.3 5.3 0 0 0 0-10.6zM12.8 12.8l4 4',
  close: 'M5 5l10 10M15 5L5 15',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 3.8v4.4M7 11.8v4.4',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  upload: 'M10 13V4M6.2 7.6L10 3.8l3.8 3.8M3.5 13v3.5h13V13',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  trash: 'M3.5 5.5h13M8 5.5V3.2h4v2.3M5.5 5.5l.8 11.3h7.4l.8-11.3M8.5 8.8v5M11.5 8.8v5',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  check: 'M4 10.5l4 4 8-9',
  pause: 'M7 4.5v11M13 4.5v11',
  warning: 'M10 3.2l7.5 13.3h-15zM10 8.2v4M10 14.4v.2',
  picture: 'M3 4.5h14v11H3zM3 13.5l4-4 3.5 3.5 2.5-2.5 4 4M12.8 7.6v.1',
  video: 'M3 4.5h14v11H3zM8.3 7.4v5.2l4.4-2.6z',
  // A sealed page: the sheet, its seal and the two ends of the ribbon.
  sealed:
    'M13.5 9V6.2L10.3 3H4v13h4.5M10.3 3v3.2h3.2M13.2 9.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM12 14.6v3l1.2-.9 1.2.9v-3',
  'sealed-unknown':
    'M13.5 8V6.2L10.3 3H4v13h5M10.3 3v3.2h3.2M12 11.2a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.6-.8 1.3M13.8 16.7v.1',
  'sealed-broken': 'M13.5 8V6.2L10.3 3H4v13h4.5M10.3 3v3.2h3.2M11 11l5.5 5.5M16.5 11L11 16.5',
  heat: 'M3 4.5h14v11H3zM7.7 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8zM13.4 10.4a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z',
  again: 'M15.8 8.2A6.2 6.2 0 1 0 16 12M16 4.2v4h-4',
  compare: 'M3 4.5h6v11H3zM11 4.5h6v11h-6zM5 8h2M5 11h2M13 8h2M13 11h2',
  eye: 'M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  link: 'M8.2 11.8a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3l-.9.9M11.8 8.2a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l.9-.9',
  left: 'M12.5 5l-5 5 5 5',
  right: 'M7.5 5l5 5-5 5',
  folder: 'M2.5 5h5l1.6 2h8.4v9h-15z',
  up: 'M10 16V4.5M5.5 9L10 4.5 14.5 9',
  previous: 'M5 12.5l5-5 5 5',
  next: 'M5 7.5l5 5 5-5',
  back: 'M11.5 4.5L6 10l5.5 5.5',
  label: 'M3.5 3.5h6.2l7 7-6.2 6.2-7-7zM6.8 6.8v.1',
  // A dial with its hand.
  gauge: 'M3.5 14.5a7 7 0 1 1 13 0M10 14.5l3.2-4.6M10 14.5v.1',
  people:
    'M7.5 4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM2.5 16c0-3 2-4.8 5-4.8s5 1.8 5 4.8M12.8 4.3a2.5 2.5 0 0 1 0 4.7M14.4 11.6c1.9.6 3.1 2.1 3.1 4.4',
  person: 'M10 3.2a3.3 3.3 0 1 0 0 6.6 3.3 3.3 0 0 0 0-6.6zM3.5 16.8c.5-3.2 3.1-4.8 6.5-4.8s6 1.6 6.5 4.8',
  key: 'M7 8.4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2zM9.7 9.5l6.3-6.3M13.4 5.8l2.4 2.4',
  plug: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v2.5',
} as const;

export type IconName = keyof typeof PATHS | Step;

const isStep = (name: IconName): name is Step => name in STEP_SHAPES;

/** Shapes of the scale are drawn on a grid of 16 x 16. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  const shape = isStep(name) ? STEP_SHAPES[name] : undefined;
  return (
    <svg
      className={`icon icon-${name}${shape?.full ? ' full' : ''}`}
      width={size}
      height={size}
      viewBox={shape ? '0 0 16 16' : '0 0 20 20'}
      aria-hidden="true"
      focusable="false"
    >
      <path d={isStep(name) ? STEP_SHAPES[name].path : PATHS[name]} />
    </svg>
  );
}
