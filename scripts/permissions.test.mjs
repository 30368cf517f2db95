import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './project.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const explained = [...read('docs/permissions.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name, why]) => ({
  name,
  why,
}));
const config = read('extension/wxt.config.ts');

/** Names in the one array of the configuration that follows a key. */
function listed(key) {
  const inside = new RegExp(`\\b${key}: \\[([^\\]]*)\\]`).exec(config)?.[1];
  if (inside === undefined) throw new Error(`${key} stands elsewhere now`);
  return [...inside.matchAll(/'([\w<>]+)'/g)].map(([, one]) => one);
}

describe('docs/permissions.md', () => {
  it('explains every permission that the extension asks for, and no other', () => {
    const asked = [...listed('permissions'), ...listed('optional_permissions'), ...listed('host_permissions')];
    expect(asked.length).toBeGreaterThan(4);
    expect(explained.map(({ name }) => name).toSorted()).toEqual(asked.toSorted());
    for (const { name, why } of explained) expect(why.trim().length, name).toBeGreaterThan(20);
  });

  it('is what the README names', () => {
    for (const { name } of explained.filter(({ name }) => name !== '<all_urls>'))
      expect(read('README.md')).toContain(`| \`${name}\` |`);
  });
});

it('what the stores are told of collected data is what the manifest says', () => {
  const optional = ['websiteContent', 'browsingActivity'];
  const written = optional.map((kind) => `'${kind}'`).join(', ');
  expect(config).toContain(`data_collection_permissions: { required: ['none'], optional: [${written}] }`);
  expect(read('docs/stores.md')).toContain(
    `\`required: ["none"]\`, \`optional: ${JSON.stringify(optional).replace(',', ', ')}\``,
  );
  // What the extension asks for later is what it may ask for.
  expect(read('extension/src/team-server/ask-to-reach.ts')).toContain(`= [${written}];`);
});
