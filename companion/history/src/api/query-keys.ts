/** Keys of the query cache. */
export const keys = {
  history: ['history'],
  record: (id: string) => ['record', id],
  facets: ['facets'],
  status: ['status'],
  settings: ['settings'],
  browsers: ['browsers'],
} as const;
