/** A smooth function: writes its gradient into `gradient` and returns its value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Steps at most. */
  readonly maxIterations?: number;
  /** Ends where no component of the gradient is larger. */
  readonly tolerance?: number;
  /** Called after every step; what it throws ends the work. */
  readonly onStep?: (iteration: number, value: number) => void;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether the gradient got below the tolerance. */
  readonly converged: boolean;
}

/** Pairs of steps that the curvature is estimated from: 10 is what SciPy's L-BFGS-B takes. */
const MEMORY = 10;
/** Strong Wolfe conditions as in Nocedal and Wright, Numerical Optimization (2006), chapter 3. */
const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 40;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

const largest = (a: Float64Array): number => a.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

/** Two-loop recursion (Nocedal and Wright, algorithm 7.4): the direction that the remembered curvature suggests. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((one) => -one);
  const alphas: number[] = [];
  for (const { step, change, rho } of pairs.toReversed()) {
    const alpha = rho * dot(step, direction);
    alphas.push(alpha);
    for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) - alpha * (change[i] ?? 0);
  }
  const last = pairs.at(-1);
  const scale = last
    ? 1 / (last.rho * dot(last.change, last.change))
    : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  for (const { step, change, rho } of pairs) {
    const beta = rho * dot(change, direction);
    const alpha = alphas.pop() ?? 0;
    for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) + (alpha - beta) * (step[i] ?? 0);
  }
  return direction;
}

interface Place {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/**
 * A step that satisfies the strong Wolfe conditions, by doubling and bisection.
 * @returns undefined where rounding leaves none
 */
function search(objective: Objective, from: Place, direction: Float64Array): Place | undefined {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return undefined;
  let [low, high, length] = [0, Number.POSITIVE_INFINITY, 1];
  let best: Place | undefined;
  for (let trial = 0; trial < MAX_TRIALS; trial += 1) {
    const point = from.point.map((one, i) => one + length * (direction[i] ?? 0));
    const gradient = new Float64Array(point.length);
    const place = { point, gradient, value: objective(point, gradient) };
    if (!(place.value <= from.value + SUFFICIENT_DECREASE * length * slope)) high = length;
    else {
      best = place;
      const here = dot(gradient, direction);
      if (Math.abs(here) <= CURVATURE * Math.abs(slope)) return place;
      if (here > 0) high = length;
      else low = length;
    }
    length = Number.isFinite(high) ? (low + high) / 2 : length * 2;
  }
  return best;
}

/**
 * Minimises a smooth function by L-BFGS (Liu and Nocedal 1989). The result does not hang on the machine: no randomness, one order
 * of sums.
 * @param start not changed
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { maxIterations = 500, tolerance = 1e-6, onStep } = options;
  const gradient = new Float64Array(start.length);
  let here: Place = { point: start.slice(), gradient, value: objective(start, gradient) };
  const pairs: Pair[] = [];
  let iterations = 0;
  while (iterations < maxIterations && largest(here.gradient) > tolerance) {
    const next = search(objective, here, descent(here.gradient, pairs));
    if (!next) {
      if (pairs.length === 0) break;
      // Curvature from far away misleads: once more, straight down.
      pairs.length = 0;
      continue;
    }
    const before = here;
    const step = next.point.map((one, i) => one - (before.point[i] ?? 0));
    const change = next.gradient.map((one, i) => one - (before.gradient[i] ?? 0));
    const curvature = dot(step, change);
    if (curvature > Number.EPSILON * dot(change, change)) {
      pairs.push({ step, change, rho: 1 / curvature });
      if (pairs.length > MEMORY) pairs.shift();
    }
    here = next;
    iterations += 1;
    onStep?.(iterations, here.value);
  }
  return { point: here.point, value: here.value, iterations, converged: largest(here.gradient) <= tolerance };
}
