export * from './heat-map.ts';
export * from './moments.ts';
export * from './plot-paths.ts';
export * from './provenance.ts';
export * from './scale.ts';
export * from './timeline-plot.ts';
