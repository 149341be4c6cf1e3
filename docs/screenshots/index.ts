/**
 * Retakes every picture in the README and docs/pages.md. Usage: node docs/screenshots/index.ts
 *
 * It needs Node 24, and Chromium on PATH. A worker with the stub models makes the sample story in a temporary workplace, of
 * which nothing is left afterwards but `docs/images/`.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { SAMPLE_PROMPT } from '@story-tree/stub-models';
import { type Api, apiOf } from '@story-tree/testkit/http/api.ts';
import { startApp } from '@story-tree/testkit/programs/app.ts';
import { makeWorkplace, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { photographApp, photographSignIn } from './app.ts';
import { launchBrowser } from './camera.ts';
import { photographPlayer } from './player.ts';

/** Makes the whole sample story, and two stories that are barely begun. @returns the id of the sample */
async function makeStories({ submit, ended, read }: Api): Promise<string> {
  const make = async (prompt: string, runAll: boolean) => {
    const taskId = await submit({ operation: 'CREATE_STORY', payload: { prompt, runAll } });
    await ended(taskId);
    return String((await read<{ storyId: string }>(`/api/story-tasks/${taskId}`)).storyId);
  };
  await make('A clockmaker who can hear tomorrow.', false);
  await make('Two rival bakers inherit one oven.', false);
  const storyId = await make(SAMPLE_PROMPT, true);
  const turns = ['Let the sea be a character of its own.'];
  await ended(await submit({ operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload: { turns } }));
  return storyId;
}

async function takePictures(place: Workplace): Promise<void> {
  const browser = await launchBrowser();
  const app = await startApp({ place, worker: true });
  try {
    const storyId = await makeStories(apiOf(app));
    await photographApp(browser, app.url, storyId);
    await photographPlayer(browser, path.join(place.output, storyId));
  } finally {
    await app.close();
  }
  await photographSignIn(browser, place);
  await browser.close();
}

await rm(path.resolve(import.meta.dirname, '../images'), { recursive: true, force: true });
const place = await makeWorkplace();
try {
  await takePictures(place);
} finally {
  await place.remove();
}
// The connection to the test cluster would keep the process alive.
process.exit();
