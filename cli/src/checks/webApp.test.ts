import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { buildFolder, finishBuild } from '../../../launcher/appBuild.mjs';
import { wantedAppStamp } from '../../../launcher/appStamp.mjs';
import { checkAppBuild } from './webApp.ts';

test('of the web app it is told whether it is built, from these sources, and whole', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'story-tree-check-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const build = buildFolder(root, {});
  const check = () => checkAppBuild(root);
  expect(check()).toMatchObject({ ok: true, detail: expect.stringContaining('not built yet') });

  await mkdir(path.join(build, 'server'), { recursive: true });
  writeFileSync(path.join(build, 'server/page.js'), 'the page');
  finishBuild(build, wantedAppStamp(root, process.version));
  expect(check()).toMatchObject({ ok: true, detail: 'built' });
  finishBuild(build, wantedAppStamp(root, 'v20.0.0'));
  expect(check()).toMatchObject({ ok: true, detail: expect.stringContaining('built from other sources') });

  rmSync(path.join(build, 'server'), { recursive: true });
  const detail = 'damaged, since server/page.js is missing: `npm run build` builds it again';
  expect(check()).toEqual({ what: 'Web app', ok: false, detail });
});
