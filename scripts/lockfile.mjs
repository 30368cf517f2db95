/**
 * What ships, by pnpm-lock.yaml (format 9): packages reached from `dependencies` and `optionalDependencies` of every
 * workspace package, with all below them.
 * @param {string} lockfile its text
 * @returns {{ name: string, version: string, platform: boolean }[]} each once, sorted; `platform`: for some systems only
 */
export function shippedPackages(lockfile) {
  const snapshots = childrenOf(section(lockfile, 'snapshots'), 2);
  const about = childrenOf(section(lockfile, 'packages'), 2);
  const waiting = [...childrenOf(section(lockfile, 'importers'), 2).values()].flatMap((importer) =>
    shippingBlocks(importer, 4).flatMap((block) =>
      [...childrenOf(block, 6)].map(([name, lines]) => keyOf(name, /^ +version: (.+)$/m.exec(lines.join('\n'))?.[1])),
    ),
  );
  const found = new Map();
  while (waiting.length > 0) {
    const key = waiting.pop();
    if (key === undefined || found.has(key)) continue;
    const own = snapshots.get(key);
    // Links to packages of this workspace are no snapshots; theirs are read as importers.
    if (!own) continue;
    const bare = key.replace(/\(.*$/, '');
    const at = bare.lastIndexOf('@');
    const platform = (about.get(bare) ?? []).some((line) => /^ +(os|cpu|libc): /.test(line));
    found.set(key, { name: bare.slice(0, at), version: bare.slice(at + 1), platform });
    const peers = childrenOf(about.get(bare) ?? [], 4).get('peerDependencies') ?? [];
    const asked = new Set(peers.map((line) => nameAndVersion(line).name));
    for (const line of shippingBlocks(own, 4).flat()) {
      const { name, version } = nameAndVersion(line);
      // Whoever gives a peer names it himself; one that only tools need (typescript) does not ship.
      if (!asked.has(name)) waiting.push(keyOf(name, version));
    }
  }
  const once = new Map([...found.values()].map((one) => [`${one.name}@${one.version}`, one]));
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function nameAndVersion(line) {
  const [, name, version] = /^ +'?([^':]+)'?: (.+)$/.exec(line) ?? [];
  return { name, version };
}

const unquoted = (text) => text?.replace(/^'(.*)'$/, '$1');
/** A dependency under another name carries its own before the version. */
const keyOf = (name, version) => {
  const plain = unquoted(version);
  return plain && (/^@?[a-z][^@(]*@/i.test(plain) ? plain : `${name}@${plain}`);
};

const section = (lockfile, name) => {
  const lines = lockfile.split('\n');
  const from = lines.indexOf(`${name}:`);
  const to = lines.findIndex((line, at) => at > from && /^\S/.test(line));
  return from < 0 ? [] : lines.slice(from + 1, to < 0 ? undefined : to);
};

/** @returns {Map<string, string[]>} lines below each key that stands at this indentation */
function childrenOf(lines, indent) {
  const children = new Map();
  let current = [];
  for (const line of lines) {
    if (line.search(/\S/) === indent) {
      current = [];
      children.set(unquoted(line.trim().replace(/:( \{\})?$/, '')), current);
    } else current.push(line);
  }
  return children;
}

const shippingBlocks = (lines, indent) => {
  const children = childrenOf(lines, indent);
  return ['dependencies', 'optionalDependencies'].flatMap((name) => {
    const block = children.get(name);
    return block ? [block] : [];
  });
};
