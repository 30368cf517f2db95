export * from './moments.ts';
export * from './plot-paths.ts';
export * from './scale.ts';
export * from './timeline-plot.ts';
