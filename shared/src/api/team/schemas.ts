import { PacksToChoose } from './choices.ts';
import {
  AuditPage,
  AuditQuery,
  InvitationAnswer,
  NewInvitation,
  Person,
  PersonChange,
  PersonList,
  PersonParams,
  SessionList,
} from './people.ts';
import { TeamProcesses } from './processes.ts';
import { CaseSharing, CaseSharingChange, Colleagues } from './sharing.ts';
import {
  CeremonyOptions,
  CeremonyResponse,
  GivenInvitation,
  InvitationView,
  JoinRequest,
  ProviderAnswer,
  ProviderCallback,
  ProviderRequest,
  SignInMethods,
} from './sign-in.ts';

/** Every schema of a route that only a team's server has, under the name that docs/api.md gives it. */
export const TEAM_SCHEMAS = {
  AuditPage,
  AuditQuery,
  CaseSharing,
  CaseSharingChange,
  CeremonyOptions,
  CeremonyResponse,
  Colleagues,
  GivenInvitation,
  InvitationAnswer,
  InvitationView,
  JoinRequest,
  NewInvitation,
  PacksToChoose,
  Person,
  PersonChange,
  PersonList,
  PersonParams,
  ProviderAnswer,
  ProviderCallback,
  ProviderRequest,
  SessionList,
  SignInMethods,
  TeamProcesses,
} as const;
