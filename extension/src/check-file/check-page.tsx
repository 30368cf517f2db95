import { Connection } from '../popup/connection.tsx';
import { teamInUse } from '../team-server/team-in-use.ts';
import { useTranslator } from '../ui/translation.tsx';
import { useConnection } from '../ui/use-background.ts';
import { DropArea } from './drop-area.tsx';
import { FileResults } from './file-results.tsx';
import { useFileChecks } from './use-file-checks.ts';

/** A tab that takes files: unlike the popup it stays when another window gets the focus. */
export function CheckPage() {
  const translator = useTranslator();
  const connection = useConnection();
  const { checks, checkFiles } = useFileChecks();
  const state = connection.value;
  return (
    <>
      <header>
        <img src="/icon/96.png" width="40" height="40" alt="" />
        <h1>{translator.text('check-file')}</h1>
      </header>
      <main>
        {state && state.phase !== 'connected' && (
          <div className="card">
            <Connection state={state} reload={connection.reload} />
          </div>
        )}
        <DropArea team={teamInUse(state)} onFiles={checkFiles} />
        <FileResults checks={checks} />
      </main>
    </>
  );
}
