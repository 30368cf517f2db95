import { api, ROLES, type Route, roleAllows, SCOPES, type Scope, scopesOf } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { teamAccessOf } from './route-roles.ts';

/** What each scope is for. */
const FIRST: Readonly<Record<Scope, Route>> = {
  read: api.v1Records.list,
  check: api.v1Checks.create,
  train: api.v1Records.change,
  admin: api.v1Records.delete,
};

it('lets each role give a token the scopes for what the role itself may do', () => {
  for (const role of ROLES) {
    const own = SCOPES.filter((scope) => {
      const { access, method, path } = FIRST[scope];
      const needed = teamAccessOf(method, path);
      expect(access).toBe(scope);
      return needed !== undefined && needed !== 'public' && needed !== 'absent' && roleAllows(role, needed);
    });
    expect([role, scopesOf(role)]).toEqual([role, own]);
  }
});
