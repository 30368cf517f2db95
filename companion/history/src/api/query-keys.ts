/** Keys of the query cache. */
export const keys = {
  history: ['history'],
  /** Begins the key of every record. */
  records: ['record'],
  record: (id: string) => ['record', id],
  explanation: (id: string) => ['explanation', id],
  view: (id: string, view: string, place: string) => ['view', id, view, place],
  facets: ['facets'],
  cases: ['cases'],
  status: ['status'],
  settings: ['settings'],
  autostart: ['autostart'],
  system: ['system'],
  browsers: ['browsers'],
  person: ['person'],
  sessions: ['sessions'],
  datasets: ['datasets'],
  datasetMap: (id: string) => ['dataset-map', id],
  trainings: ['trainings'],
  trainingResult: (id: string) => ['training-result', id],
  predictions: (id: string, choice: string) => ['predictions', id, choice],
} as const;
