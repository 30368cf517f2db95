/** Keys of the query cache. */
export const keys = {
  history: ['history'],
  record: (id: string) => ['record', id],
  explanation: (id: string) => ['explanation', id],
  view: (id: string, view: string, place: string) => ['view', id, view, place],
  facets: ['facets'],
  status: ['status'],
  settings: ['settings'],
  system: ['system'],
  browsers: ['browsers'],
} as const;
