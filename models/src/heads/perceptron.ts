/**
 * One hidden layer of hyperbolic tangents: logit = bias + sum over units of second x tanh(firstBias + first . features), as
 * scikit-learn's MLPClassifier(activation='tanh') with one hidden layer.
 */
export interface Perceptron {
  /** Units of the hidden layer. */
  readonly hidden: number;
  /** Weights of each unit for every feature, unit after unit. */
  readonly first: Float32Array | Float64Array;
  readonly firstBias: Float64Array;
  readonly second: Float64Array;
  readonly bias: number;
}

/** @returns the logit of one row of features */
export function perceptronLogit(
  { hidden, first, firstBias, second, bias }: Perceptron,
  values: Float32Array | Float64Array,
): number {
  const columns = first.length / hidden;
  let logit = bias;
  for (let unit = 0; unit < hidden; unit += 1) {
    const from = unit * columns;
    let z = firstBias[unit] ?? 0;
    for (let i = 0; i < columns; i += 1) z += (first[from + i] ?? 0) * (values[i] ?? 0);
    logit += (second[unit] ?? 0) * Math.tanh(z);
  }
  return logit;
}
