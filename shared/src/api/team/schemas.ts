import { NewPasskey, OwnChange, Passkey, PasskeyChange, PasskeyParams, WaysOfPerson } from './account.ts';
import { AuditExportQuery, AuditPage, AuditQuery } from './audit.ts';
import { PacksToChoose } from './choices.ts';
import {
  InvitationAnswer,
  InvitationList,
  LetInAnswer,
  LetInRequest,
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
  AuditExportQuery,
  AuditPage,
  AuditQuery,
  CaseSharing,
  CaseSharingChange,
  CeremonyOptions,
  CeremonyResponse,
  Colleagues,
  GivenInvitation,
  InvitationAnswer,
  InvitationList,
  InvitationView,
  JoinRequest,
  LetInAnswer,
  LetInRequest,
  NewInvitation,
  PacksToChoose,
  NewPasskey,
  OwnChange,
  Passkey,
  PasskeyChange,
  PasskeyParams,
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
  WaysOfPerson,
} as const;
