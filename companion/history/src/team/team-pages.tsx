import './team.css';
import type { TeamPage } from '../app/address.ts';
import { AccountPage } from './account/account-page.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { PeoplePage } from './people/people-page.tsx';

const PAGES = { people: PeoplePage, account: AccountPage, audit: AuditPage } as const satisfies Record<
  TeamPage,
  unknown
>;

interface Props {
  readonly page: TeamPage;
  readonly onClose: () => void;
}

/** The pages that only a team's server has; a person's own computer never loads them. */
export default function TeamPages({ page, onClose }: Props) {
  const Page = PAGES[page];
  return <Page onClose={onClose} />;
}
