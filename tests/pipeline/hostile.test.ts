import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type StoryBundle, storyBundleSchema } from '@story-tree/domain';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type AnswerCall, type GeminiServer, startGeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { answerFromStub } from '@story-tree/testkit/gemini/stubAnswers.ts';
import { jsonOf, makeWorkplace, runCli, type Workplace } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavDuration } from '../../agent-backend/src/models/media.ts';

const HOSTILE = `</script><img src=x onerror=alert(1)> $' $& <!-- "quoted" 'single' \\ 🦊 שלום \u2028 ../../etc`;
const NAMES = ['李小龙', '李小龙', '李小龙', 'Zoé', '🦊'];

interface HostileDocument {
  proposed_story_title?: string;
  choice_prompt?: string;
  character_designs?: { character_name: string }[];
}

/** The stub's documents with hostile words in every free text, and five more characters whose names ask for trouble. */
const answer: AnswerCall = async (call) => {
  const given = await answerFromStub({ sceneletCount: 3, shotsPerScenelet: 2, branching: 2 })(call);
  if (!('text' in given)) return given;
  const document = JSON.parse(given.text) as HostileDocument;
  if (document.proposed_story_title) document.proposed_story_title = HOSTILE;
  if (document.choice_prompt) document.choice_prompt = HOSTILE;
  const [design] = document.character_designs ?? [];
  if (design) document.character_designs?.push(...NAMES.map((character_name) => ({ ...design, character_name })));
  return { text: JSON.stringify(document, hostileTexts) };
};

/** Free texts that nothing refers to. */
function hostileTexts(key: string, value: unknown): unknown {
  const isFree = ['description', 'usage_notes', 'composition_and_content', 'voice_profile', 'role'].includes(key);
  return isFree && typeof value === 'string' ? `${value} ${HOSTILE}` : value;
}

let server: GeminiServer;
let place: Workplace;
let folder: string;
let bundle: StoryBundle;

beforeAll(async () => {
  server = await startGeminiServer({ answer, faults: [{ fault: 'jpeg' }, { fault: 'wav' }] });
  place = await makeWorkplace({ GEMINI_API_KEY: 'k', GEMINI_BASE_URL: server.baseUrl });
  const run = await runCli(['run-all', '--prompt', HOSTILE, '--mode', 'real', '--json'], place.variables);
  expect(run.code, run.stderr).toBe(0);
  folder = String(jsonOf(run).bundlePath);
  bundle = storyBundleSchema.parse(JSON.parse(await readFile(path.join(folder, 'story.json'), 'utf8')));
});
afterAll(async () => {
  await place.remove();
  await server.close();
});

describe('a story of hostile words, JPEG images and WAV speech', () => {
  const browser = useBrowser();

  it('keeps every word as it is', () => {
    expect(bundle.metadata.title).toBe(HOSTILE.trim());
    expect(bundle.scenelets[0]?.description).toContain('<img src=x onerror=alert(1)>');
  });

  it('stores PNG files and WAV files under those names', async () => {
    const files = (await readdir(place.assets, { recursive: true })).filter((name) => /\.\w+$/.test(name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = await readFile(path.join(place.assets, file));
      if (file.endsWith('.png')) expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
      else expect(wavDuration(bytes)).toBeGreaterThan(0);
    }
  });

  it('gives characters of any script, three of one name, an id each, files of their own, and a voice each', async () => {
    const sheets = await readdir(path.join(place.assets, `generated/${bundle.metadata.storyId}/visuals/characters`));
    expect(sheets).toEqual(expect.arrayContaining(['李小龙', '李小龙-2', '李小龙-3', 'zoe', 'u-1f98a']));
    const { rows } = await place.database.pool.query<{ ids: string[] }>(
      `select jsonb_path_query_array(audio_design_document, '$.character_voice_profiles[*].character_id') as ids from stories`,
    );
    expect(new Set(rows[0]?.ids)).toEqual(new Set(sheets));
  });

  it('plays, and shows the title as text', async () => {
    const { page, faults } = await browser.open();
    await page.goto(pathToFileURL(path.join(folder, 'player.html')).href);
    await page.getByRole('button', { name: 'Begin', exact: true }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(
      '</script><img src=x onerror=alert(1)>',
    );
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
