import type { Case } from '@touchstone/shared';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { useRights } from '../team/rights.ts';
import { Icon } from '../ui/icons.tsx';
import { ShareDialog } from './share-dialog.tsx';

/** Opens the choice of who else sees a case, for its owner in a team. */
export function ShareButton({ of, describedBy }: { readonly of: Case; readonly describedBy?: string }) {
  const { t } = useI18n();
  const { mayShare } = useRights();
  const [open, setOpen] = useState(false);
  if (!mayShare(of)) return null;
  return (
    <>
      <Button
        className="button"
        onPress={() => setOpen(true)}
        {...(describedBy && { 'aria-describedby': describedBy })}
      >
        <Icon name="people" />
        {t('share-case')}
      </Button>
      {open && <ShareDialog of={of} onClose={() => setOpen(false)} />}
    </>
  );
}
