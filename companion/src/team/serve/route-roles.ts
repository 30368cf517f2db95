import { api, type Role, type RouteGroup, teamApi } from '@touchstone/shared/api';
import { actionOf, isRouteDeed } from '../people/deeds.ts';

/** Who may call a route on a team's server: everybody of a role and those above it, anybody at all, or nobody, since it is not there. */
export type TeamAccess = Role | 'public' | 'absent';

type RolesOf<Groups> = {
  readonly [Group in keyof Groups]: { readonly [Name in keyof Groups[Group]]: TeamAccess };
};

/** Every route of the table with the least role that it needs: the types tell of one without its line. */
const ROLES: RolesOf<typeof api & typeof teamApi> = {
  companion: { status: 'reader', shutdown: 'absent' },
  checks: { picture: 'analyst', video: 'analyst' },
  history: {
    query: 'reader',
    facets: 'reader',
    // It tells how much all of them have checked.
    verify: 'admin',
    delete: 'analyst',
    deletions: 'analyst',
    undoDelete: 'analyst',
    prune: 'absent',
    export: 'analyst',
    events: 'reader',
  },
  records: {
    get: 'reader',
    thumbnail: 'reader',
    original: 'reader',
    peak: 'reader',
    view: 'reader',
    report: 'reader',
    explain: 'analyst',
    recheck: 'analyst',
    change: 'analyst',
    label: 'analyst',
  },
  cases: {
    list: 'reader',
    create: 'analyst',
    get: 'reader',
    change: 'analyst',
    delete: 'analyst',
    add: 'analyst',
    // What is their own: team-cases.ts.
    take: 'reader',
    takeAll: 'reader',
    report: 'reader',
  },
  settings: { get: 'reader', change: 'admin', autostart: 'absent', switchAutostart: 'absent' },
  packs: { refresh: 'absent', remove: 'absent' },
  browsers: { list: 'reader', revoke: 'reader' },
  tokens: { list: 'reader', create: 'reader', revoke: 'reader' },
  links: { pairing: 'absent', history: 'absent' },
  session: { open: 'absent', current: 'reader' },
  system: { figures: 'absent' },
  teachDatasets: absentOf(api.teachDatasets),
  teachTrainings: absentOf(api.teachTrainings),
  v1Checks: { create: 'analyst', list: 'reader', get: 'reader', cancel: 'analyst', events: 'reader' },
  v1Docs: { openapi: 'public' },
  v1Records: {
    list: 'reader',
    export: 'analyst',
    get: 'reader',
    change: 'analyst',
    delete: 'analyst',
    thumbnail: 'reader',
    original: 'reader',
    report: 'reader',
    labelContent: 'analyst',
  },
  v1Cases: {
    list: 'reader',
    create: 'analyst',
    get: 'reader',
    change: 'analyst',
    delete: 'analyst',
    add: 'analyst',
    take: 'reader',
    takeAll: 'reader',
    report: 'reader',
  },
  v1System: { health: 'public', ready: 'public', system: 'absent', metrics: 'admin' },
  v1Webhooks: absentOf(api.v1Webhooks),
  v1Datasets: absentOf(api.v1Datasets),
  v1Trainings: absentOf(api.v1Trainings),
  aliases: {
    predict: 'analyst',
    predictBatch: 'analyst',
    predictVideo: 'analyst',
    predictions: 'reader',
    detect: 'analyst',
    upload: 'analyst',
    process: 'reader',
    infer: 'analyst',
    status: 'reader',
  },
  trainingAliases: absentOf(api.trainingAliases),
  signIn: {
    methods: 'public',
    passkeyOptions: 'public',
    passkey: 'public',
    provider: 'public',
    callback: 'public',
    invitation: 'public',
    joinOptions: 'public',
    join: 'public',
    out: 'reader',
  },
  people: {
    me: 'reader',
    sessions: 'reader',
    endSession: 'reader',
    letIn: 'reader',
    list: 'admin',
    change: 'admin',
    invite: 'admin',
    invitations: 'admin',
    withdraw: 'admin',
  },
  choices: { packs: 'admin' },
  processes: { get: 'admin' },
  sharing: { get: 'analyst', change: 'analyst', colleagues: 'analyst' },
  account: {
    change: 'reader',
    waysIn: 'reader',
    passkeyOptions: 'reader',
    addPasskey: 'reader',
    namePasskey: 'reader',
    removePasskey: 'reader',
  },
  audit: { list: 'admin', export: 'admin' },
};

/** A group that a team's server has nothing of. */
function absentOf<Group extends RouteGroup>(group: Group): { readonly [Name in keyof Group]: 'absent' } {
  return Object.fromEntries(Object.keys(group).map((name) => [name, 'absent'])) as { [Name in keyof Group]: 'absent' };
}

/** Pages and their parts, which are in no table: nothing of anybody's is in them. */
const PAGES: Readonly<Record<string, TeamAccess>> = {
  'GET /': 'public',
  'GET /open': 'absent',
  'GET /icon.svg': 'public',
  'GET /assets/:file': 'public',
  'GET /v1/docs': 'public',
  'GET /pair': 'absent',
  'GET /pair/page.css': 'absent',
  'GET /pair/pair.js': 'absent',
  'GET /pair/tokens.css': 'absent',
};

const BY_NAME: ReadonlyMap<string, TeamAccess> = new Map([
  ...Object.entries(PAGES),
  ...Object.entries<RouteGroup>({ ...api, ...teamApi }).flatMap(([group, routes]) => {
    const roles: Readonly<Record<string, TeamAccess>> = ROLES[group as keyof typeof ROLES];
    return Object.entries(routes).map(([name, route]) => [actionOf(route), roles[name] ?? 'absent'] as const);
  }),
]);

/** Who may call a route. @returns undefined for one that is in no table: nobody may */
export function teamAccessOf(method: string, path: string | undefined): TeamAccess | undefined {
  return BY_NAME.get(`${method} ${path}`);
}

/** Whether a route is written into the audit log before it is done. */
export const isAudited = (method: string, path: string | undefined): boolean => isRouteDeed(`${method} ${path}`);
