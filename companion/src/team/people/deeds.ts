import { api, DEEDS, type Deed, type DeedWord, type Route, type RouteDeed, teamApi } from '@touchstone/shared/api';

/** As the audit log has it: a word, or the method and path of a route. */
export type Action = DeedWord | `${string} ${string}`;

export const actionOf = ({ method, path }: Pick<Route, 'method' | 'path'>): Action => `${method} ${path}`;

/** Routes that are written down before they are done, by the deed that each is. */
const ROUTES: Readonly<Record<RouteDeed, readonly Route[]>> = {
  'records-deleted': [api.history.delete, api.v1Records.delete],
  'deletion-undone': [api.history.undoDelete],
  'records-exported': [api.history.export, api.v1Records.export],
  'report-made': [api.records.report, api.v1Records.report, api.cases.report, api.v1Cases.report],
  'case-deleted': [api.cases.delete, api.v1Cases.delete],
  'audit-exported': [teamApi.audit.export],
};

const BY_ACTION: ReadonlyMap<string, Deed> = new Map(
  Object.entries(ROUTES).flatMap(([deed, routes]) =>
    routes.map((route) => [actionOf(route), deed as RouteDeed] as const),
  ),
);

const isRoute = (deed: Deed): deed is RouteDeed => deed in ROUTES;

/** Whether an action is a route that is written down before it is done. */
export const isRouteDeed = (action: string): boolean => BY_ACTION.has(action);

/** What an action is; the action itself where it is none that is known, of a newer version for example. */
export const deedOf = (action: string): string =>
  DEEDS.find((deed) => deed === action) ?? BY_ACTION.get(action) ?? action;

/** Every action that is a deed. */
export const actionsOf = (deed: Deed): readonly Action[] => (isRoute(deed) ? ROUTES[deed].map(actionOf) : [deed]);
