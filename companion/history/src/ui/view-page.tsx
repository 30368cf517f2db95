import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useI18n } from '../i18n/i18n-context.tsx';
import { ErrorMessage } from './error-message.tsx';
import { Icon } from './icons.tsx';

interface ViewPageProps {
  readonly title: string;
  readonly lead: string;
  /** What stands beside the title. */
  readonly aside?: ReactNode;
  /** Why what is shown may be old, or missing. */
  readonly error?: Error | null;
  readonly errorTitle?: string;
  /** The title, for who brings the focus back to it. */
  readonly headingRef?: RefObject<HTMLHeadingElement | null>;
  onClose(): void;
  readonly children: ReactNode;
}

/** A view in place of the list: a way back, and a title that has the focus at first, so that keys and screen readers start there. */
export function ViewPage(props: ViewPageProps) {
  const { title, lead, aside, error, errorTitle, headingRef, onClose, children } = props;
  const { t } = useI18n();
  const own = useRef<HTMLHeadingElement>(null);
  const heading = headingRef ?? own;
  useEffect(() => {
    heading.current?.focus();
  }, [heading]);
  return (
    <main className="system-page">
      <div className="system-head">
        <Button className="button" onPress={onClose}>
          <Icon name="back" />
          {t('back-to-history')}
        </Button>
        <div className="view-title">
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <p className="help">{lead}</p>
        </div>
        {aside}
      </div>
      {error && (
        <div className="system-error" role="alert">
          {errorTitle !== undefined && <h3>{errorTitle}</h3>}
          <ErrorMessage error={error} />
        </div>
      )}
      {children}
    </main>
  );
}
