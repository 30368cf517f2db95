import { useMutation } from '@tanstack/react-query';
import { ERROR_CODES, errorReport, isKnownCode, TouchstoneError } from '@touchstone/shared';
import type { SignInMethods } from '@touchstone/shared/api';
import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import type { TeamLink, WaysIn } from '../api/team.ts';
import { useI18n } from '../i18n/i18n-context.tsx';
import { LanguageSelect } from '../settings/language-select.tsx';
import { JoinForm } from './join-form.tsx';
import { Outcome } from './outcome.tsx';
import { PasskeyButton } from './passkey-button.tsx';

interface Props {
  readonly methods: SignInMethods;
  readonly link: TeamLink;
  readonly ways: WaysIn;
  /** Called once somebody is signed in. */
  readonly onIn: () => void;
}

interface FormProps extends Omit<Props, 'link'> {
  readonly failed: TouchstoneError | null;
}

/** What the provider's way back said, as an error. */
function errorOf(code: string | undefined): TouchstoneError | null {
  if (code === undefined) return null;
  return TouchstoneError.fromReport(errorReport(isKnownCode(ERROR_CODES, code) ? code : 'sign-in-failed'));
}

/** The page of a team's server before anybody is signed in: signing in, or joining by an invitation. */
export function SignInPage({ methods, link, ways, onIn }: Props) {
  const { t } = useI18n();
  const title = t(link.invitation === undefined ? 'team-sign-in-title' : 'team-join-title');
  useEffect(() => {
    document.title = `${title} – ${t('popup-title')}`;
  }, [title, t]);
  return (
    <>
      <h1>{title}</h1>
      {link.invitation === undefined ? (
        <SignInForm methods={methods} ways={ways} failed={errorOf(link.failed)} onIn={onIn} />
      ) : (
        <JoinForm methods={methods} ways={ways} invitation={link.invitation} onIn={onIn} />
      )}
      <LanguageSelect />
    </>
  );
}

function SignInForm({ methods, ways, failed, onIn }: FormProps) {
  const { t } = useI18n();
  const passkey = useMutation({ mutationFn: () => ways.withPasskey(), onSuccess: onIn });
  const provider = useMutation({
    mutationFn: () => ways.providerAddress(undefined),
    onSuccess: (address) => window.location.assign(address),
  });
  const isPending = passkey.isPending || provider.isPending;
  const error = passkey.error ?? provider.error ?? (passkey.isIdle && provider.isIdle ? failed : null);
  return (
    <>
      {methods.passkeys && (
        <PasskeyButton isPending={isPending} onPress={() => passkey.mutate()} text={t('team-sign-in-passkey')} />
      )}
      {methods.provider !== null && (
        <Button className="button" isPending={isPending} onPress={() => provider.mutate()}>
          {t('team-sign-in-provider', { provider: methods.provider })}
        </Button>
      )}
      <Outcome isPending={isPending} error={error} />
    </>
  );
}
