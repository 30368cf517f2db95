import { Component, type ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Shows a way on where the page itself has failed. */
export class CrashBoundary extends Component<Props, { readonly crashed: boolean }> {
  override readonly state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useI18n();
  return (
    <main className="gate" role="alert">
      <h1>{t('crash-title')}</h1>
      <p>{t('crash-step')}</p>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </button>
    </main>
  );
}
