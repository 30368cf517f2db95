/**
 * Commands as somebody types them who has a package and no clone: `touchstone ...` is on the PATH. The longest form stands first.
 * A place that a sentence names after "npm start" goes with it: a package has no folder to stand in.
 */
const COMMANDS = [
  [/npm run (?:--silent |-s )?touchstone -- /g, 'touchstone '],
  [/npm run (?:--silent |-s )?touchstone\b/g, 'touchstone'],
  [/npm start(["”“»])( in its folder| in seinem Ordner| في مجلده)/g, 'touchstone start$1'],
  [/\bnpm start\b/g, 'touchstone start'],
];

/** @returns the same text with the commands of a package in place of those of a clone */
export function packagedText(text) {
  return COMMANDS.reduce((said, [from, to]) => said.replace(from, to), text);
}
