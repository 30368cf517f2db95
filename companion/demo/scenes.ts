import {
  add,
  clamp,
  dot,
  hash,
  length,
  mix,
  noise,
  octaves,
  paletteColour,
  smooth,
  type Three,
  times,
  unit,
} from './noise.ts';

/** Colour of a place of a picture. @param x, y from -1 to 1, y up @param seed tells pictures of one scene apart */
export type Scene = (x: number, y: number, seed: number) => Three;

const WHITE: Three = [1, 1, 1];

/** Where a ray first comes as near to a surface as makes no difference. @returns its distance, Infinity where it never does */
function march(origin: Three, way: Three, distance: (at: Three) => number, far: number): number {
  let walked = 0;
  for (let step = 0; step < 110 && walked < far; step += 1) {
    const free = distance(add(origin, times(way, walked)));
    if (free < 1e-3 * (1 + walked)) return walked;
    walked += free;
  }
  return Number.POSITIVE_INFINITY;
}

function normalAt(at: Three, distance: (at: Three) => number): Three {
  const e = 1e-3;
  const slope = (d: Three): number => distance(add(at, d)) - distance(add(at, times(d, -1)));
  return unit([slope([e, 0, 0]), slope([0, e, 0]), slope([0, 0, e])]);
}

const sky = (way: Three, seed: number): Three =>
  mix(paletteColour(0.1, seed), mix(WHITE, paletteColour(0.55, seed), 0.5), smooth(-0.1, 0.7, way[1]));

/** Bodies given by their distance, lit by a sun with hard shadows before a sky. */
function lit(distance: (at: Three, seed: number) => number, colourOf: (at: Three, seed: number) => Three): Scene {
  return (x, y, seed) => {
    const turn = hash(1, 2, seed) * 2 * Math.PI;
    const own = (at: Three): number => distance(at, seed);
    const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
    const ahead = unit([x * 0.9, y * 0.9 - 0.25, 1.6]);
    const way: Three = [ahead[0] * cos + ahead[2] * sin, ahead[1], ahead[2] * cos - ahead[0] * sin];
    const origin: Three = [-4.2 * sin, 1.4, -4.2 * cos];
    const far = 40;
    const walked = march(origin, way, own, far);
    if (walked > far) return sky(way, seed);
    const at = add(origin, times(way, walked));
    const normal = normalAt(at, own);
    const sun = unit([0.6 - hash(3, 4, seed), 0.9, -0.5]);
    const shadow = march(add(at, times(normal, 0.02)), sun, own, 12) < 12 ? 0.25 : 1;
    const light = 0.25 + 0.75 * shadow * clamp(dot(normal, sun));
    const bounced = add(way, times(normal, -2 * dot(way, normal)));
    const shine = shadow * clamp(dot(bounced, sun)) ** 40;
    const colour = add(times(colourOf(at, seed), light), times(WHITE, 0.5 * shine));
    return mix(colour, sky(way, seed), smooth(8, far, walked));
  };
}

const ground = (at: Three): number => at[1] + 1;
const chequered = (at: Three, seed: number): Three =>
  (Math.floor(at[0]) + Math.floor(at[2])) % 2 === 0 ? [0.85, 0.85, 0.82] : paletteColour(0.3, seed + 5);

const spheres = lit(
  (at, seed) => {
    let nearest = ground(at);
    for (let i = 0; i < 5; i += 1) {
      const r = 0.35 + 0.5 * hash(i, 1, seed);
      const middle: Three = [4 * hash(i, 2, seed) - 2, r - 1, 4 * hash(i, 3, seed) - 2];
      nearest = Math.min(nearest, length(add(at, times(middle, -1))) - r);
    }
    return nearest;
  },
  (at, seed) => (at[1] < -0.99 ? chequered(at, seed) : paletteColour(Math.floor(at[0] * 1.3) * 0.37, seed)),
);

const towers = lit(
  (at, seed) => {
    const [column, row] = [Math.round(at[0] / 1.2), Math.round(at[2] / 1.2)];
    const height = 0.3 + 1.5 * hash(column, row, seed);
    const [dx, dy] = [Math.abs(at[0] - column * 1.2) - 0.38, Math.abs(at[1] + 1) - height];
    const dz = Math.abs(at[2] - row * 1.2) - 0.38;
    const outside = length([Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)]);
    // The next tower may be nearer than this one: no step goes beyond the middle between them.
    return Math.min(ground(at), Math.min(outside + Math.min(Math.max(dx, dy, dz), 0), 0.45));
  },
  (at, seed) => {
    const window = Math.abs(Math.sin(at[1] * 14)) > 0.6 && Math.abs(Math.sin((at[0] + at[2]) * 14)) > 0.5;
    return window
      ? [0.95, 0.9, 0.6]
      : paletteColour(hash(Math.round(at[0] / 1.2), Math.round(at[2] / 1.2), seed), seed);
  },
);

const rings = lit(
  (at, seed) => {
    const p = add(at, [0, -0.2, 0]);
    const ring = (q: Three): number => length([length([q[0], 0, q[2]]) - 1.1, q[1], 0]) - 0.28;
    const tilt = 0.4 + hash(9, 9, seed);
    const turned: Three = [
      p[0],
      p[1] * Math.cos(tilt) - p[2] * Math.sin(tilt),
      p[1] * Math.sin(tilt) + p[2] * Math.cos(tilt),
    ];
    const [a, b] = [ring(turned), ring([turned[1], turned[0] - 1, turned[2]])];
    const blend = smooth(-0.4, 0.4, b - a);
    return Math.min(ground(at), b + (a - b) * blend - 0.2 * blend * (1 - blend));
  },
  (at, seed) => (at[1] < -0.99 ? chequered(at, seed) : paletteColour(at[0] * 0.2, seed)),
);

/** Height of a landscape over a place. */
const height = (x: number, z: number, seed: number): number => 2.6 * octaves(x * 0.35, z * 0.35, seed) ** 2 - 1.2;

const hills: Scene = (x, y, seed) => {
  const way = unit([x * 0.8, y * 0.7 - 0.22, 1.2]);
  for (let walked = 0.5; walked < 22; walked += 0.03 + walked * 0.012) {
    const at = add([20 * hash(1, 1, seed), 1.2, 0], times(way, walked));
    const rise = height(at[0], at[2], seed);
    if (at[1] > rise) continue;
    const [dx, dz] = [height(at[0] + 0.05, at[2], seed) - rise, height(at[0], at[2] + 0.05, seed) - rise];
    const light = clamp(dot(unit([-dx, 0.05, -dz]), unit([0.7, 0.5, -0.3])));
    const rock = mix(paletteColour(0.35, seed), WHITE, smooth(-0.2, 0.3, rise));
    return mix(times(rock, 0.25 + 0.75 * light), sky(way, seed), smooth(4, 22, walked));
  }
  return sky(way, seed);
};

const clouds: Scene = (x, y, seed) => {
  const bent = octaves(x * 1.5 + 9, y * 2.5, seed + 40, 4);
  const thick = octaves(x * 1.8 + bent, y * 3 + bent, seed, 6);
  const sun = length([x - hash(1, 5, seed) + 0.5, y - 0.4, 0]);
  const blue = mix(paletteColour(0.55, seed), WHITE, clamp(0.5 - y * 0.4));
  return add(
    mix(blue, [0.97, 0.95, 0.92], smooth(0.45, 0.7, thick)),
    times([1, 0.8, 0.5], 0.6 * Math.exp(-8 * sun * sun)),
  );
};

const sea: Scene = (x, y, seed) => {
  const horizon = 0.15 + 0.2 * hash(2, 2, seed);
  const way: Three = unit([x, y - horizon, 1]);
  if (y > horizon) return sky(way, seed);
  const far = 1 / (horizon - y + 0.02);
  const wave = (dx: number): number => octaves((x + dx) * far * 1.6, far * 5, seed, 5);
  const slope = (wave(0.02) - wave(-0.02)) * 3;
  const glint = smooth(0.5, 0.9, wave(0) + 0.3 * Math.exp(-9 * x * x));
  const deep = mix(paletteColour(0.6, seed), [0.02, 0.1, 0.18], 0.7);
  return mix(
    add(mix(deep, sky([0, 0.4, 1], seed), clamp(0.25 + slope)), times(WHITE, 0.35 * glint)),
    sky(way, seed),
    smooth(8, 40, far),
  );
};

/** How soon a point leaves, smoothly counted; 1 where it stays. */
function leavesAfter(x: number, y: number, cx: number, cy: number): number {
  const most = 220;
  let [a, b] = [x, y];
  for (let step = 0; step < most; step += 1) {
    [a, b] = [a * a - b * b + cx, 2 * a * b + cy];
    const size = a * a + b * b;
    if (size > 64) return (step + 1 - Math.log2(Math.log(size) / Math.log(64))) / most;
  }
  return 1;
}
const escaped = (found: number, seed: number): Three =>
  found === 1 ? [0.02, 0.02, 0.04] : paletteColour(4 * Math.sqrt(found), seed);

/** Places at the edge of the set, so that there is something to see. */
const EDGES = [
  [-0.743, 0.126, 0.02],
  [-1.25, 0.02, 0.12],
  [0.285, 0.53, 0.06],
  [-0.1, 0.84, 0.18],
  [-0.5, 0, 1.3],
  [-0.16, 1.035, 0.05],
] as const;
const mandelbrot: Scene = (x, y, seed) => {
  const [cx, cy, zoom] = EDGES[seed % EDGES.length] ?? EDGES[0];
  return escaped(leavesAfter(0, 0, cx + x * zoom, cy + y * zoom), seed);
};
const julia: Scene = (x, y, seed) => {
  const angle = 2 * Math.PI * hash(8, 1, seed);
  return escaped(leavesAfter(x * 1.5, y * 1.5, 0.7885 * Math.cos(angle), 0.7885 * Math.sin(angle)), seed + 3);
};

const panes: Scene = (x, y, seed) => {
  const [px, py] = [x * 4, y * 4];
  let [first, second, owner] = [9, 9, 0];
  for (let cell = 0; cell < 9; cell += 1) {
    const [cx, cy] = [Math.floor(px) + (cell % 3) - 1, Math.floor(py) + Math.floor(cell / 3) - 1];
    const far = length([cx + hash(cx, cy, seed) - px, cy + hash(cx, cy, seed + 1) - py, 0]);
    if (far < first) [second, first, owner] = [first, far, hash(cx, cy, seed + 2)];
    else second = Math.min(second, far);
  }
  return times(paletteColour(owner, seed), smooth(0.02, 0.09, second - first) * (1.1 - 0.45 * first));
};

const marble: Scene = (x, y, seed) => {
  const bent = octaves(x * 1.6, y * 1.6, seed, 6);
  const again = octaves(x * 2 + 3 * bent, y * 2 - 2 * bent, seed + 9, 5);
  const vein = Math.abs(Math.sin(5 * (x + 3 * again))) ** 0.4;
  return mix(paletteColour(again, seed), [0.93, 0.91, 0.88], vein);
};

const tunnel: Scene = (x, y, seed) => {
  const [far, angle] = [1 / (length([x, y, 0]) + 0.05), Math.atan2(y, x)];
  const tile = noise(far * 3 + 20 * hash(1, 3, seed), ((angle / Math.PI + 1) * 8) % 16, seed);
  const edge = Math.abs(Math.sin(angle * 8)) ** 0.3 * Math.abs(Math.sin(far * 6)) ** 0.3;
  return times(paletteColour(tile, seed), edge * clamp(1.6 / far));
};

/** Every kind of scene by name, in the order in which they are drawn. */
export const SCENES: Readonly<Record<string, Scene>> = {
  spheres,
  towers,
  rings,
  hills,
  clouds,
  sea,
  mandelbrot,
  julia,
  panes,
  marble,
  tunnel,
};
