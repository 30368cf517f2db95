import { useMutation, useQuery } from '@tanstack/react-query';
import { ERROR_CODES, errorReport, isKnownCode, TouchstoneError } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { keys } from '../api/query-keys.ts';
import { fetchPerson } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { LanguageSelect } from '../settings/language-select.tsx';
import { ErrorMessage } from '../ui/error-message.tsx';
import type { LetInStep } from './let-in.ts';

/** An extension that is there answers at once, and says hello to the server on the way. Milliseconds. */
const ANSWER_MS = 30_000;

interface Props {
  readonly step: LetInStep;
  /** Agrees, and hands the code over. */
  readonly agree: (verifierHash: string) => Promise<void>;
  /** To the history, without having agreed or after it. */
  readonly onLeave: () => void;
}

/** Asks whoever is signed in whether the extension of this browser may work in their name. */
export function LetInPage({ step, agree, onLeave }: Props) {
  const { t } = useI18n();
  const title = t(TITLES[step.step]);
  useEffect(() => {
    document.title = `${title} – ${t('popup-title')}`;
  }, [title, t]);
  return (
    <>
      <h1>{title}</h1>
      {step.step === 'asked' && <Question verifierHash={step.hash} agree={agree} onLeave={onLeave} />}
      {step.step === 'done' && <p role="status">{t('let-in-done')}</p>}
      {step.step === 'failed' && (
        <div role="alert">
          <ErrorMessage error={errorOf(step.code)} />
        </div>
      )}
      {step.step !== 'asked' && (
        <Button className="button" onPress={onLeave}>
          {t('let-in-history')}
        </Button>
      )}
      <LanguageSelect />
    </>
  );
}

const TITLES = { asked: 'let-in-title', done: 'let-in-done-title', failed: 'let-in-failed-title' } as const;

/** What the extension said, as an error: of its own codes alone. */
function errorOf(code: string): TouchstoneError {
  return TouchstoneError.fromReport(errorReport(isKnownCode(ERROR_CODES, code) ? code : 'internal'));
}

interface QuestionProps extends Omit<Props, 'step'> {
  readonly verifierHash: string;
}

function Question({ verifierHash, agree, onLeave }: QuestionProps) {
  const { t } = useI18n();
  const me = useQuery({ queryKey: keys.person, queryFn: ({ signal }) => fetchPerson(signal) });
  const agreeing = useMutation({ mutationFn: () => agree(verifierHash) });
  const late = useLate(agreeing.isSuccess);
  const error = agreeing.error ?? me.error;
  return (
    <>
      <p>{t('let-in-text', { name: foreignText(me.data?.name ?? '…') })}</p>
      <p className="help">{t('let-in-careful')}</p>
      <div className="gate-buttons">
        <Button
          className="button button-primary"
          isDisabled={!me.data || agreeing.isSuccess}
          isPending={agreeing.isPending}
          onPress={() => agreeing.mutate()}
        >
          {t('let-in-button')}
        </Button>
        <Button className="button" onPress={onLeave}>
          {t('let-in-no')}
        </Button>
      </div>
      <p role="status" className="help">
        {agreeing.isSuccess && t(late ? 'let-in-late' : 'let-in-waiting')}
      </p>
      {error && (
        <div role="alert">
          <ErrorMessage error={error} />
        </div>
      )}
    </>
  );
}

/** Whether something has been waited for too long. */
function useLate(waits: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => setLate(true), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  return late;
}
