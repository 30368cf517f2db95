import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestCompanion } from '../companion/src/gateway/fixtures/test-companion.ts';
import { METRICS } from '../companion/src/metrics/metric-table.ts';
import { root } from './project.mjs';
import { findPromtool } from './promtool.mjs';

const folder = join(root, 'companion', 'observability');
const read = (name) => readFileSync(join(folder, name), 'utf8');
const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');

const PARTS = /_(bucket|sum|count)$/;
/** Names in expressions; a histogram is asked for by its parts. */
const namesIn = (text) =>
  new Set(
    [...text.matchAll(/\btouchstone_[a-z_]+/g)].map(([name]) => (name in METRICS ? name : name.replace(PARTS, ''))),
  );

const panelsOf = ({ panels }) => panels.flatMap((panel) => [panel, ...panelsOf({ panels: panel.panels ?? [] })]);
const dashboard = JSON.parse(read('dashboard.json'));
const panels = panelsOf(dashboard);
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const alerts = [...read('alerts.yml').matchAll(/^ *- alert: (\w+)$/gm)].map(([, name]) => name);
const alertExpressions = read('alerts.yml').match(/^ *expr: (?:\|\n.*|.*)$/gm) ?? [];

describe('dashboard and alerts', () => {
  it('ask for no metric that does not exist', () => {
    const asked = namesIn([...expressions, ...alertExpressions].join('\n'));
    expect(asked.size).toBeGreaterThan(20);
    expect([...asked].filter((name) => !(name in METRICS))).toEqual([]);
  });

  it('leave out none: each metric is on the dashboard or in an alert', () => {
    const asked = namesIn([...expressions, ...alertExpressions].join('\n'));
    expect(Object.keys(METRICS).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('filter and group by labels that the metric has', () => {
    const own = new Set(['le', 'job', ...Object.values(METRICS).flatMap(({ labels }) => labels)]);
    for (const expression of [...expressions, ...alertExpressions]) {
      for (const [, name, filter] of expression.matchAll(/\b(touchstone_[a-z_]+)\{([^}]*)\}/g)) {
        const metric = METRICS[name in METRICS ? name : name.replace(PARTS, '')];
        for (const [, label] of filter.matchAll(/(\w+)(?:=~|!~|!=|=)"/g)) expect(metric.labels, name).toContain(label);
      }
      for (const [, labels] of expression.matchAll(/\b(?:by|on) \(([^)]*)\)/g)) {
        for (const label of labels.split(',')) expect(own, expression).toContain(label.trim());
      }
    }
  });

  it('the dashboard’s panels have a title, an expression and a place of their own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { type, title, targets, gridPos } of panels) {
      expect(title).toMatch(/\S/);
      if (type !== 'row') expect(targets.length, title).toBeGreaterThan(0);
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    }
    const overlaps = panels.filter((one, i) =>
      panels.slice(i + 1).some(({ gridPos: { x, y, w, h } }) => {
        const { gridPos: own } = one;
        return own.x < x + w && x < own.x + own.w && own.y < y + h && y < own.y + own.h;
      }),
    );
    expect(overlaps).toEqual([]);
  });

  it('the runbook tells of each alert what it means and the first step, and of no other', () => {
    const chapter = runbook.split('\n## Alerts\n')[1]?.split('\n## ')[0] ?? '';
    const sections = chapter.split('\n### ').slice(1);
    const told = sections.filter((text) => /^\w+\n\n\S[\s\S]+?\n\nFirst: \S/.test(text));
    const nameOf = (text) => text.split('\n')[0];
    expect(sections.map(nameOf).toSorted()).toEqual(alerts.toSorted());
    expect(told.map(nameOf).toSorted()).toEqual(alerts.toSorted());
  });

  it('nothing but this computer is scraped or told', () => {
    for (const name of readdirSync(folder)) expect(read(name), name).not.toMatch(/https?:/);
    const targets = [...read('prometheus.yml').matchAll(/targets: \["(.*)"\]/g)].map(([, list]) => list);
    expect(targets).toEqual(['127.0.0.1:47615']);
  });
});

describe('promtool', () => {
  const promtool = findPromtool();
  if (promtool === undefined) console.warn('NOT CHECKED by promtool: "node scripts/ensure-tools.mjs" fetches it.');
  const check = (args, options = {}) => spawnSync(promtool, args, { cwd: folder, encoding: 'utf8', ...options });

  it.runIf(promtool)('finds nothing wrong with configuration, alerts and their tests', () => {
    for (const args of [
      ['check', 'config', '--syntax-only', 'prometheus.yml'],
      ['check', 'rules', '--lint-fatal', 'alerts.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = check(args);
      expect(status, `${stdout}${stderr}`).toBe(0);
    }
  });

  it.runIf(promtool)('finds nothing wrong with what a companion answers', async () => {
    const test = await startTestCompanion();
    await test.control('/api/check', { method: 'POST', body: 'picture' });
    await test.control('/api/check', { method: 'POST', body: '' });
    const { text } = await test.control('/metrics');
    const { status, stdout, stderr } = check(['check', 'metrics'], { input: text });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});
