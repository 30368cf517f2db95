import { useMutation } from '@tanstack/react-query';
import { type ChainProblem, type ChainVerification, entryOf } from '@touchstone/shared';
import { foreignText, type MessageKey } from '@touchstone/shared/words';
import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { verifyLog } from '../api/evidence.ts';
import { CopyText } from '../detail/copy-text.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { formatMoment } from '../text/format.ts';
import { ErrorMessage } from '../ui/error-message.tsx';
import { Icon } from '../ui/icons.tsx';

const HEAD = /^[0-9a-f]{64}$/;

const PROBLEM_KEYS: Readonly<Record<ChainProblem, MessageKey>> = {
  edited: 'break-edited',
  missing: 'break-missing',
  reordered: 'break-reordered',
  unreadable: 'break-unreadable',
};

/** Whether anything in the log was changed behind Touchstone's back. */
export function VerifyLog() {
  const { t } = useI18n();
  const [noted, setNoted] = useState('');
  const head = noted.trim().toLowerCase();
  const invalid = head !== '' && !HEAD.test(head);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => verifyLog(head === '' ? undefined : head),
  });
  return (
    <section className="settings-section">
      <h3 className="filter-title">{t('verify-title')}</h3>
      <p className="help">{t('verify-help')}</p>
      <TextField className="field" value={noted} onChange={setNoted} isInvalid={invalid}>
        <Label>{t('noted-head')}</Label>
        <Input className="input mono" dir="ltr" spellCheck={false} autoComplete="off" />
        {invalid && <span className="field-error">{t('noted-head-invalid')}</span>}
      </TextField>
      <Button className="button" isDisabled={isPending || invalid} onPress={() => mutate()}>
        <Icon name="link" size={18} />
        {t(isPending ? 'verifying' : 'verify')}
      </Button>
      <div role="status">{data && <Outcome outcome={data} />}</div>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </section>
  );
}

function Outcome({ outcome }: { readonly outcome: ChainVerification }) {
  const { t } = useI18n();
  const problemWords = (problem: string) => {
    const key = entryOf(PROBLEM_KEYS, problem);
    return key === undefined ? foreignText(problem) : t(key);
  };
  const { intact, records, heldBack, tombstones, unchained, head, damages, breaks, notedHeadFound } = outcome;
  const onlyDamaged = damages.length > 0 && breaks.length === 0 && notedHeadFound !== false;
  return (
    <div className={`outcome ${intact ? 'outcome-intact' : 'outcome-broken'}`}>
      <p className="outcome-words">
        <Icon name={intact ? 'check' : 'warning'} />
        {t(intact ? 'log-intact' : onlyDamaged ? 'log-damaged' : 'log-broken')}
      </p>
      <p className="help">
        {[
          t('results', { count: records }),
          ...(heldBack > 0 ? [t('log-held-back', { count: heldBack })] : []),
          t('log-tombstones', { count: tombstones }),
          ...(unchained > 0 ? [t('log-unchained', { count: unchained })] : []),
        ].join(' · ')}
      </p>
      {notedHeadFound !== undefined && <p>{t(notedHeadFound ? 'noted-head-found' : 'noted-head-missing')}</p>}
      {damages.length > 0 && (
        <ul className="bullets">
          {damages.map((damage) => (
            <DamageLine key={damage.at} damage={damage} />
          ))}
        </ul>
      )}
      {breaks.length > 0 && (
        <ul className="bullets">
          {breaks.map(({ id, problem }) => (
            <li key={`${id} ${problem}`}>
              {problemWords(problem)} <code dir="ltr">{foreignText(id)}</code>
            </li>
          ))}
        </ul>
      )}
      {head && (
        <>
          <p>{t('log-head')}</p>
          <CopyText text={head} />
          <p className="help">{t('log-head-help')}</p>
        </>
      )}
    </div>
  );
}

function DamageLine({ damage }: { readonly damage: ChainVerification['damages'][number] }) {
  const { t, locale } = useI18n();
  const { at, lost, altered, chainedAnew } = damage;
  return (
    <li>
      {[
        formatMoment(locale, at),
        lost === null ? t('damage-uncounted') : t('damage-lost', { count: lost }),
        ...(altered > 0 ? [t('damage-altered', { count: altered })] : []),
        ...(chainedAnew > 0 ? [t('damage-chained-anew', { count: chainedAnew })] : []),
      ].join(' · ')}
    </li>
  );
}
