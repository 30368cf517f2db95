import type { ResultRecord } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { CompareDialog } from '../compare/compare-dialog.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatMoment } from '../text/format.ts';
import { siteOf } from '../text/safe-link.ts';
import { STEP_KEYS } from '../ui/verdict-words.ts';

interface Props {
  readonly record: ResultRecord;
  readonly onOpen: (id: string) => void;
}

/** Earlier results of the same or nearly the same picture, each to be opened or compared with this one. */
export function EarlierNotes({ record, onOpen }: Props) {
  const { t, locale } = useI18n();
  const [compared, setCompared] = useState<string | null>(null);
  const { seenBefore, recheckOf } = record;
  const note = (id: string, words: string) => (
    <Note onOpen={() => onOpen(id)} {...(record.logged ? { onCompare: () => setCompared(id) } : {})}>
      {words}
    </Note>
  );
  return (
    <>
      {recheckOf !== undefined && note(recheckOf, t('is-recheck'))}
      {seenBefore &&
        seenBefore.recordId !== recheckOf &&
        note(
          seenBefore.recordId,
          seenWords(t, seenBefore.exact, siteOf(seenBefore.pageUrl), {
            date: formatMoment(locale, seenBefore.at),
            verdict: t(STEP_KEYS[stepOf({ value: seenBefore.verdict, leaning: seenBefore.leaning })]),
          }),
        )}
      <CompareDialog
        pair={compared === null ? null : [compared, record.id]}
        onClose={() => setCompared(null)}
        onOpen={onOpen}
      />
    </>
  );
}

function seenWords(
  t: ReturnType<typeof useI18n>['t'],
  exact: boolean,
  site: string | undefined,
  values: { readonly date: string; readonly verdict: string },
): string {
  if (site === undefined) return t(exact ? 'seen-exact' : 'history-seen-similar', values);
  return t(exact ? 'seen-exact-on' : 'history-seen-similar-on', { ...values, site });
}

interface NoteProps {
  readonly children: ReactNode;
  readonly onOpen: () => void;
  readonly onCompare?: () => void;
}

function Note({ children, onOpen, onCompare }: NoteProps) {
  const { t } = useI18n();
  return (
    <section className="detail-section seen">
      <p>{children}</p>
      <Button className="button-link" onPress={onOpen}>
        {t('open-earlier')}
      </Button>
      {onCompare && (
        <Button className="button-link" onPress={onCompare}>
          {t('compare-earlier')}
        </Button>
      )}
    </section>
  );
}
