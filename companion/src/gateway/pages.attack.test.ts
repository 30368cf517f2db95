import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from './fixtures/raw-request.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';

const SECRET = 'only for the owner';

describe('attack: files behind the pages', () => {
  let test: TestCompanion;
  let folder: string;
  beforeEach(async () => {
    test = await startTestCompanion();
    folder = join(test.home, 'history-page');
    await mkdir(join(folder, 'assets', 'deeper'), { recursive: true });
    await writeFile(join(folder, 'index.html'), '<title>History</title>');
    await writeFile(join(folder, 'assets', 'app.js'), 'export {};');
    await writeFile(join(folder, 'assets', '.hidden'), SECRET);
    await writeFile(join(folder, 'assets', 'deeper', 'file.js'), SECRET);
    await writeFile(join(folder, 'not-an-asset.txt'), SECRET);
    await writeFile(join(test.home, 'secret.txt'), SECRET);
  });

  it('is no attack: the page and its parts are served', async () => {
    for (const path of ['/', '/open']) expect((await test.request(path)).text).toBe('<title>History</title>');
    const script = await test.request('/assets/app.js');
    expect([script.status, script.text]).toEqual([200, 'export {};']);
    expect(script.headers['content-type']).toContain('javascript');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/../../control.json',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/assets/....//....//secret.txt',
    '/assets/%252e%252e%252fsecret.txt',
    '/assets/..%252f..%252fsecret.txt',
    '/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt',
    '/assets/%uff0e%uff0e/secret.txt',
    '/assets/../../secret.txt%00.js',
    '/assets/..;/..;/secret.txt',
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '//etc/passwd',
    '/pair/../../pages/pair-page.ts',
    '/pair/..%2fpair-page.ts',
    '/pair/page.css/../pair-page.ts',
    '/assets/.hidden',
    '/assets/deeper/file.js',
    '/assets/deeper%2ffile.js',
    '/assets/.',
    '/assets/..',
    '/assets/',
    '/assets/deeper',
    '/not-an-asset.txt',
    '/index.html',
    '/APP.JS',
    '/assets/APP.JS',
    '/assets/app.js::$DATA',
    '/assets/app.js.',
    '/assets/CON',
  ])('read a file that is no part of a page: %s', async (target) => {
    const answer = await rawRequest(test.companion.port, { target });
    expect([400, 401]).toContain(answer.status);
    expect(answer.body).not.toMatch(/only for the owner|root:|History|export/);
  });

  it('read a file by a link that somebody put among the built files', async () => {
    await symlink(join(test.home, 'secret.txt'), join(folder, 'assets', 'linked.js'));
    await symlink(test.home, join(folder, 'assets', 'home'));
    await symlink(join(test.home, 'secret.txt'), join(folder, 'icon.svg'));
    await symlink(join(folder, 'assets', 'app.js'), join(folder, 'assets', 'alias.js'));
    for (const path of [
      '/assets/linked.js',
      '/assets/home',
      '/assets/home/secret.txt',
      '/icon.svg',
      '/assets/alias.js',
    ]) {
      const answer = await test.request(path);
      expect([answer.status, answer.text.includes(SECRET)]).toEqual([401, false]);
    }
    // A second name of a file is a file: whoever can make one could write its bytes there too.
    await link(join(folder, 'assets', 'app.js'), join(folder, 'assets', 'same.js'));
    expect((await test.request('/assets/same.js')).status).toBe(200);
  });

  it('read a file by a link in place of the page or of a whole folder', async () => {
    const other = await startTestCompanion();
    const built = join(other.home, 'history-page');
    await mkdir(built);
    await symlink(join(test.home, 'secret.txt'), join(built, 'index.html'));
    await symlink(test.home, join(built, 'assets'));
    expect((await other.request('/')).text).not.toContain(SECRET);
    expect((await other.request('/assets/secret.txt')).text).not.toContain(SECRET);
  });

  it('put a page of ours into a frame, to lead clicks astray', async () => {
    for (const path of ['/', '/open', '/pair', '/pair/page.css', '/assets/app.js', '/assets/nothing', '/api/status']) {
      const { headers } = await test.request(path);
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  it('run a script of theirs in a page of ours', async () => {
    for (const path of ['/', '/open', '/pair']) {
      const policy = String((await test.request(path)).headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'none'");
      expect(policy).not.toMatch(/unsafe|script-src|\*|https?:/);
    }
    for (const accepted of ['"><script>alert(1)</script>', "de'onload=x", 'en\u00a0<img>']) {
      const page = await test.request('/pair?<script>#<script>', { headers: { 'accept-language': accepted } });
      expect(page.text).not.toMatch(/<script(?![^>]*src="\/pair\/pair\.js")|onload|<img/);
    }
  });

  it('see in shared caches what was answered to the person', async () => {
    for (const path of ['/api/status', '/api/settings', '/api/history/facets', '/api/nothing']) {
      expect((await test.control(path)).headers['cache-control']).toBe('no-store');
    }
  });
});
