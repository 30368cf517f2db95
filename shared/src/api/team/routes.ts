import type { Route, RouteGroup } from '../route.ts';
import { account } from './account.ts';
import { audit } from './audit.ts';
import { choices } from './choices.ts';
import { people } from './people.ts';
import { processes } from './processes.ts';
import { sharing } from './sharing.ts';
import { signIn } from './sign-in.ts';

/** What a team's server has beside the companion's own routes. */
export const teamApi = { signIn, people, account, audit, sharing, choices, processes } as const;

export const TEAM_ROUTES: readonly Route[] = Object.values<RouteGroup>(teamApi).flatMap((group) =>
  Object.values(group),
);
