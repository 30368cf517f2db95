import { aliases } from './aliases.ts';
import { browsers } from './browsers.ts';
import { checks } from './checks.ts';
import { companion } from './companion.ts';
import { history } from './history.ts';
import { links } from './links.ts';
import { packs } from './packs.ts';
import { records } from './records.ts';
import type { Route, RouteGroup } from './route.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';
import { teachDatasets, teachTrainings } from './teach.ts';
import { tokens } from './tokens.ts';
import { trainingAliases } from './training-aliases.ts';
import { cases, v1Cases } from './v1/cases.ts';
import { v1Checks } from './v1/checks.ts';
import { v1Docs } from './v1/docs.ts';
import { v1Records } from './v1/records.ts';
import { v1System } from './v1/system.ts';
import { v1Datasets, v1Trainings } from './v1/trainings.ts';
import { v1Webhooks } from './v1/webhooks.ts';

/**
 * The HTTP API of the companion, all under http://127.0.0.1:PORT and on the owner's private socket. Two ways in: the history
 * page's session (cookie and CSRF header), and the control token from the 0600 file `control.json` in the data folder
 * (`Authorization: Bearer`), for the command line and scripts. A request with a control token must not carry an Origin.
 *
 * Server, clients and README take every route from here; a page that needs few of them imports their group alone.
 */
export const api = {
  companion,
  checks,
  history,
  records,
  cases,
  settings,
  packs,
  browsers,
  tokens,
  links,
  session,
  system,
  teachDatasets,
  teachTrainings,
  v1Checks,
  v1Docs,
  v1Records,
  v1Cases,
  v1System,
  v1Webhooks,
  v1Datasets,
  v1Trainings,
  aliases,
  trainingAliases,
} as const;

/** Every route there is. */
export const ALL_ROUTES: readonly Route[] = Object.values<RouteGroup>(api).flatMap((group) => Object.values(group));
