/** A photograph in the public domain, and the pictures that are cut out of it. */
interface Photograph {
  readonly name: string;
  /** As its package ships it. */
  readonly file: string;
  /** It is made this wide first, in pixels; absent: it stays. */
  readonly width?: number;
  /** Top left corners of the cuts, which do not overlap. */
  readonly crops: readonly (readonly [left: number, top: number])[];
}

const SIDE = 200;

/** Cuts side by side. */
const grid = (columns: number, rows: number, left = 0, top = 0): [number, number][] =>
  Array.from({ length: columns * rows }, (_, index) => [
    left + (index % columns) * SIDE,
    top + Math.floor(index / columns) * SIDE,
  ]);

/** Cuts of one photograph stand on one side of the split: its folder ties them. */
export const PHOTOGRAPHS: readonly Photograph[] = [
  { name: 'astronaut', file: 'astronaut.png', crops: grid(2, 2, 56, 0) },
  { name: 'brick', file: 'brick.png', crops: grid(2, 2) },
  { name: 'cat', file: 'chelsea.png', crops: grid(2, 1, 25, 40) },
  { name: 'clock', file: 'clock_motion.png', crops: grid(2, 1, 0, 50) },
  { name: 'coffee', file: 'coffee.png', crops: grid(3, 2) },
  { name: 'gravel', file: 'gravel.png', crops: grid(2, 2) },
  { name: 'hubble', file: 'hubble_deep_field.jpg', crops: grid(4, 3, 100, 100) },
  { name: 'retina', file: 'retina.jpg', width: 800, crops: grid(3, 3, 100, 100) },
  { name: 'rocket', file: 'rocket.jpg', crops: grid(3, 2, 20, 10) },
  {
    name: 'seeds',
    file: 'seeding_by_Clements_Engelhardt.jpg',
    width: 1600,
    crops: grid(8, 4).filter((_, i) => i % 2 === 0),
  },
];
