import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PairedBrowser } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { fetchBrowsers, revokeBrowser } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useTeam } from '../team/team-context.tsx';
import { formatMoment } from '../text/format.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';

/** As a section of the settings, and as one of a page of a team, with the sections beside it. */
const LOOKS = {
  alone: {
    section: 'settings-section',
    heading: 'filter-title',
    list: 'browser-list',
    item: 'browser',
    text: 'browser-text',
  },
  team: { section: 'team-section', heading: '', list: 'team-list', item: 'team-item', text: 'team-item-text' },
} as const;

/** Browsers that may check pictures, each with a way to end that. */
export function PairedBrowserList() {
  const { t, locale } = useI18n();
  const { show } = useAnnouncer();
  const team = useTeam();
  const client = useQueryClient();
  const [asking, setAsking] = useState<PairedBrowser | null>(null);
  const browsers = useQuery({ queryKey: keys.browsers, queryFn: ({ signal }) => fetchBrowsers(signal) });
  const revoke = useMutation({
    mutationFn: (browser: PairedBrowser) => revokeBrowser(browser.id),
    onSuccess: async (_, browser) => {
      show(t('revoked', { name: foreignText(browser.name) }));
      setAsking(null);
      await client.invalidateQueries({ queryKey: keys.browsers });
    },
  });
  const seen = (browser: PairedBrowser) => {
    if (browser.connected) return t('connected');
    return browser.lastSeenAt === null
      ? t('never-seen')
      : t('last-seen', { date: formatMoment(locale, browser.lastSeenAt) });
  };
  const look = LOOKS[team ? 'team' : 'alone'];
  return (
    <section className={look.section}>
      <h3 className={look.heading}>{t('browsers')}</h3>
      {browsers.error && <ErrorMessage error={browsers.error} />}
      {browsers.data?.length === 0 && <p className="help">{t(team ? 'no-browsers-team' : 'no-browsers')}</p>}
      <ul className={look.list}>
        {browsers.data?.map((browser) => (
          <li key={browser.id} className={look.item}>
            {!team && <Icon name="plug" />}
            <span className={look.text}>
              <bdi className="row-name">{foreignText(browser.name)}</bdi>
              <span className="help">
                {t('paired-at', { date: formatMoment(locale, browser.pairedAt) })} · {seen(browser)}
              </span>
            </span>
            <Button
              className="button button-danger-quiet"
              aria-label={t('revoke-browser', { name: foreignText(browser.name) })}
              onPress={() => setAsking(browser)}
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <ModalDialog
        title={t('revoke-title', { name: foreignText(asking?.name ?? '') })}
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        role="alertdialog"
        actions={
          <>
            <Button className="button" autoFocus onPress={() => setAsking(null)}>
              {t('cancel')}
            </Button>
            <Button
              className="button button-danger"
              onPress={() => asking && !revoke.isPending && revoke.mutate(asking)}
            >
              {t('revoke')}
            </Button>
          </>
        }
      >
        <p>{t('revoke-text')}</p>
        {revoke.error && <ErrorMessage error={revoke.error} />}
      </ModalDialog>
    </section>
  );
}
