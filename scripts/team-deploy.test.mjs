import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './project.mjs';

const deploy = join(root, 'deploy');
const read = (...path) => readFileSync(join(deploy, ...path), 'utf8');
const composed = parse(read('compose.yaml'), { merge: true });

/** Names of variables in a text, as Compose fills them in. */
const variablesIn = (text) => new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));

describe('compose.yaml', () => {
  it('is what the Compose Specification allows', () => {
    const { $schema: _, ...schema } = JSON.parse(
      readFileSync(join(root, 'scripts/compose-spec/compose-spec.json'), 'utf8'),
    );
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(composed);
    expect(validate.errors).toBeNull();
    expect(validate({ ...composed, services: { server: { imag: 'touchstone' } } })).toBe(false);
  });

  it('names every volume, network and file that it uses', () => {
    for (const [name, { volumes = [], networks = [] }] of Object.entries(composed.services)) {
      for (const volume of volumes) {
        const [from, to] = volume.split(':');
        if (to === undefined) continue;
        if (from.startsWith('./')) expect(read(from).length, name).toBeGreaterThan(0);
        else expect(composed.volumes, name).toHaveProperty(from);
      }
      for (const network of networks) expect(composed.networks, name).toHaveProperty(network);
    }
  });

  it('asks for nothing that env.example does not have', () => {
    const given = new Set([...read('env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect([...variablesIn(read('compose.yaml'))].filter((name) => !given.has(name))).toEqual(['TOUCHSTONE_EDGE']);
    expect([...given].filter((name) => !variablesIn(read('compose.yaml')).has(name))).toEqual([]);
  });

  it('lets nobody in but through the proxy', () => {
    const open = Object.entries(composed.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(open.filter((port) => !/ 127\.0\.0\.1:/.test(port))).toEqual([
      'caddy 80:80',
      'caddy 443:443',
      'caddy 443:443/udp',
    ]);
    expect(composed.services.postgres.networks).toEqual(['inside']);
    expect(composed.services.server.networks).toEqual(['inside', 'edge']);
  });

  it('runs ours with no rights beyond their own folders', () => {
    for (const name of ['server', 'worker', 'migrate']) {
      expect(composed.services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        environment: { TOUCHSTONE_DATABASE: expect.stringMatching(/@postgres\/touchstone$/) },
      });
    }
  });

  it('has the numbers of every worker asked for, where nobody else reaches them', () => {
    const { worker, prometheus } = composed.services;
    const [, port] = /^0\.0\.0\.0:(\d+)$/.exec(worker.environment.TOUCHSTONE_METRICS) ?? [];
    const { scrape_configs: jobs } = parse(read('observe', 'prometheus.yml'));
    const found = jobs.find(({ job_name: name }) => name === 'workers').dns_sd_configs;
    expect(found).toEqual([expect.objectContaining({ names: ['worker'], type: 'A', port: Number(port) })]);
    const together = worker.networks.filter((network) => prometheus.networks.includes(network));
    expect(together).toEqual(['figures']);
    expect(composed.networks.figures).toEqual({ internal: true });
    const inside = Object.entries(composed.services).filter(([, { networks = [] }]) => networks.includes('figures'));
    expect(inside.map(([name]) => name)).toEqual(['worker', 'prometheus']);
    expect(worker.ports).toBeUndefined();
  });

  it('pins every image of others', () => {
    const images = Object.values(composed.services).map(({ image }) => image);
    expect(images.filter((image) => image !== 'touchstone' && !/:v?\d+\.\d+[\w.-]*$/.test(image))).toEqual([]);
  });
});

describe('systemd units', () => {
  const units = readdirSync(join(deploy, 'systemd'));

  it('say how workers tell their numbers to their own machine, each at a port of its own', () => {
    expect(read('systemd', 'touchstone-worker@.service')).toContain(
      '\n#Environment=TOUCHSTONE_METRICS=127.0.0.1:4770%i\n',
    );
  });

  it.each(units)('%s keeps to its own folder', (name) => {
    const unit = read('systemd', name);
    for (const line of [
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'UMask=0077',
      'User=touchstone',
      'TimeoutStopSec=30',
    ])
      expect(unit).toContain(`\n${line}\n`);
    expect(unit).not.toMatch(/TOUCHSTONE_DATABASE|postgres:\/\//);
  });

  const analyze = spawnSync('systemd-analyze', ['--version']);
  if (!analyze.error) {
    it.each(units)('%s is one that systemd takes', (name) => {
      const verified = spawnSync('systemd-analyze', ['verify', '--man=no', join(deploy, 'systemd', name)], {
        encoding: 'utf8',
      });
      const about = verified.stderr
        .split('\n')
        .filter((line) => line.includes(name) && !/is not executable|not found/.test(line));
      expect(about).toEqual([]);
    });
  }
});

describe('proxies', () => {
  it('pass on what the server takes', () => {
    const [nginx, caddy] = [read('proxy', 'nginx.conf'), read('proxy', 'Caddyfile')];
    for (const line of ['client_max_body_size 500m;', 'proxy_read_timeout      600s;', 'proxy_buffering         off;'])
      expect(nginx).toContain(line);
    for (const line of ['max_size 500MB', 'read_timeout 600s', 'flush_interval -1']) expect(caddy).toContain(line);
  });
});
