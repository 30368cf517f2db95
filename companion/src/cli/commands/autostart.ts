import { foreignText } from '@touchstone/shared/words';
import { companionProgram } from '../../autostart/program.ts';
import { starterFor, stateOf, switchOff, switchOn } from '../../autostart/starter.ts';

/**
 * `touchstone autostart on|off|status`: whether the companion starts when you log in.
 * @throws TouchstoneError `autostart-failed`
 */
export async function autostart(
  action: 'on' | 'off' | 'status',
  { json = false }: { readonly json?: boolean } = {},
): Promise<void> {
  const starter = starterFor(process.platform, companionProgram());
  if (action === 'status') {
    const state = await stateOf(starter);
    const words = state.registered ? `on, ${state.running ? 'running' : 'not running'}` : 'off';
    process.stdout.write(json ? `${JSON.stringify(state)}\n` : `Autostart is ${words}.\n`);
  } else if (action === 'on') {
    await switchOn(starter);
    process.stdout.write(`Touchstone runs, and starts when you log in (${foreignText(starter.file)}).\n`);
  } else {
    const was = await switchOff(starter);
    process.stdout.write(was ? 'Touchstone no longer starts by itself.\n' : 'Touchstone did not start by itself.\n');
  }
}
