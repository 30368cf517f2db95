import { FileResults } from '../check-file/file-results.tsx';
import { useFileChecks } from '../check-file/use-file-checks.ts';
import { askBackground } from '../messaging/ask-background.ts';
import { Connection } from '../popup/connection.tsx';
import { TeamForm } from '../team-server/team-form.tsx';
import { privacyText, teamInUse } from '../team-server/team-in-use.ts';
import { useTranslator } from '../ui/translation.tsx';
import { useConnection } from '../ui/use-background.ts';

/** Ships with the extension, so that the first verdict needs no other page. */
const SAMPLE = { url: '/sample.jpg', fileName: 'sample.jpg' } as const;

/** What a person sees once after the installation: find the companion, see a verdict, know the two gestures. */
export function Welcome() {
  const translator = useTranslator();
  const connection = useConnection();
  const { checks, checkAt } = useFileChecks();
  const state = connection.value;
  const team = teamInUse(state);
  const connected = state?.phase === 'connected';
  const running = checks.some(({ outcome }) => !outcome);
  const checkSample = () => void checkAt(new URL(SAMPLE.url, window.location.href).href, SAMPLE.fileName);
  return (
    <>
      <header>
        <img src="/icon/96.png" width="40" height="40" alt="" />
        <h1>{translator.text('welcome-title')}</h1>
      </header>
      <main>
        <p>{translator.text('about-text')}</p>
        <ol className="steps">
          <li>
            <section>
              <h2>{translator.text('welcome-connect')}</h2>
              <div className="card">
                {state && <Connection state={state} reload={connection.reload} />}
                {!connected && team === null && (
                  <>
                    <p className="hint">{translator.text('welcome-install')}</p>
                    {state?.team === null && (
                      <>
                        <p>{translator.text('welcome-team')}</p>
                        <TeamForm address={null} />
                      </>
                    )}
                  </>
                )}
                {connected && (
                  <div className="row">
                    {team === null && <p className="hint grow">{translator.text('welcome-autostart')}</p>}
                    <button
                      type="button"
                      className="button"
                      onClick={() => void askBackground({ type: 'open-history' }).catch(connection.reload)}
                    >
                      {translator.text('history')}
                    </button>
                  </div>
                )}
              </div>
            </section>
          </li>
          <li>
            <section>
              <h2>{translator.text('welcome-sample')}</h2>
              <div className="card">
                <div className="sample">
                  <figure>
                    <img src={SAMPLE.url} alt="" />
                    <figcaption className="hint">{translator.text('welcome-sample-picture')}</figcaption>
                  </figure>
                  <button
                    type="button"
                    className="button primary"
                    disabled={!connected || running}
                    onClick={checkSample}
                  >
                    {translator.text('welcome-check-sample')}
                  </button>
                </div>
                <FileResults checks={checks} />
              </div>
            </section>
          </li>
          <li>
            <section>
              <h2>{translator.text('welcome-gestures')}</h2>
              <div className="card">
                <p>{translator.text('welcome-right-click')}</p>
                <p>{translator.text('welcome-badges')}</p>
              </div>
            </section>
          </li>
        </ol>
        <p className="hint">{privacyText(translator, team)}</p>
      </main>
    </>
  );
}
