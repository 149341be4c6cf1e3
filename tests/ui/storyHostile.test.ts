import { NARRATOR_ID, type NewScenelet, type StoryboardEntry } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import { violationsOf } from '@story-tree/testkit/browser/axe.ts';
import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { type RunningApp, sharedApp } from '@story-tree/testkit/programs/app.ts';
import type { Workplace } from '@story-tree/testkit/programs/cli.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitsTheScreen, storyOn } from './storyPages.ts';

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const LONG = 'W'.repeat(400);
const FOREIGN = '‮מגדלור 🗼 "]]>&amp;\'';
const HOSTILE = `${MARKUP} ${FOREIGN} ${LONG}`;
const LINKS = '[click](javascript:alert(3)) ![](https://example.invalid/pixel.png) <iframe src="/story"></iframe>';

const WIDTHS = [390, 1280];

/** Puts a story straight into a workplace that has hostile words wherever there can be words. Returns its id. */
async function seedHostile({ database }: Workplace): Promise<string> {
  const { stories, scenelets, shots } = createStoryRepositories(database.kysely);
  const { id } = await stories.create({
    displayName: `${MARKUP} ${FOREIGN}`,
    namedByPerson: true,
    initialPrompt: HOSTILE,
    creationOptions: {},
    mode: 'stub',
  });
  const markdown = `# ${MARKUP}\n\n${LINKS}\n\n## ${LONG}\n\n${HOSTILE}`;
  await stories.saveConstitution(id, { markdown, targetSceneletsPerPath: 2, proposedTitle: 'Not used' });
  await stories.reviseConstitution(id, `${markdown}\n\nAnd more: ${MARKUP}`, 'chat');
  const [root] = await scenelets.addStep(id, { parentId: null, choicePrompt: null, scenelets: [hostileScenelet(0)] });
  const rootId = root?.id ?? '';
  await scenelets.addStep(id, {
    parentId: rootId,
    choicePrompt: HOSTILE,
    scenelets: ['a', 'b'].map((letter, ordinal) => hostileScenelet(ordinal, letter)),
  });
  await stories.saveVisualDesign(id, {
    global_aesthetic: {
      visual_style: { name: HOSTILE, description: HOSTILE },
      master_color_palette: [{ color_name: HOSTILE, hex_code: '#1f3a5f', usage_notes: HOSTILE }],
    },
    character_designs: [
      {
        character_id: 'mara',
        character_name: HOSTILE,
        role: HOSTILE,
        detailed_description: { facial_features: HOSTILE, physique: HOSTILE, attire: HOSTILE },
        associated_scenelet_ids: ['scenelet-1', MARKUP],
      },
    ],
    environment_designs: [
      {
        environment_id: 'quay',
        environment_name: HOSTILE,
        detailed_description: {
          overall_description: HOSTILE,
          key_elements: [HOSTILE, MARKUP],
          lighting_and_atmosphere: HOSTILE,
          color_tones: HOSTILE,
        },
        associated_scenelet_ids: [],
      },
    ],
  });
  await stories.saveVisualReference(id, {
    character_model_sheets: [
      {
        character_id: 'mara',
        reference_plates: [{ type: MARKUP, plate_description: HOSTILE, image_generation_prompt: HOSTILE }],
      },
    ],
    environment_keyframes: [
      {
        environment_id: 'quay',
        keyframes: [{ keyframe_description: HOSTILE, image_generation_prompt: HOSTILE }],
      },
    ],
  });
  await stories.saveAudioDesign(id, {
    sonic_identity: { musical_direction: HOSTILE, sound_effect_philosophy: HOSTILE },
    narrator_voice_profile: { character_id: NARRATOR_ID, voice_name: 'Kore', voice_profile: HOSTILE },
    character_voice_profiles: [
      { character_id: 'mara', character_name: HOSTILE, voice_name: 'Puck', voice_profile: HOSTILE },
    ],
    music_and_ambience_cues: [
      {
        cue_name: HOSTILE,
        cue_description: HOSTILE,
        music_generation_prompt: HOSTILE,
        associated_scenelet_ids: ['scenelet-1'],
      },
    ],
  });
  await shots.replaceForScenelet(id, rootId, 1, [{ shotIndex: 1, storyboard: hostileStoryboard() }]);
  return id;
}

function hostileScenelet(ordinal: number, letter?: string): NewScenelet {
  return {
    label: letter === undefined ? 'scenelet-1' : `scenelet-2${letter}`,
    ordinal,
    choiceLabelFromParent: letter === undefined ? null : HOSTILE,
    isTerminalNode: letter !== undefined,
    content: {
      description: HOSTILE,
      dialogue: [{ character: HOSTILE, line: HOSTILE }],
      shot_suggestions: [HOSTILE],
    },
  };
}

function hostileStoryboard(): StoryboardEntry {
  return {
    framing_and_angle: HOSTILE,
    composition_and_content: HOSTILE,
    character_action_and_emotion: HOSTILE,
    camera_dynamics: HOSTILE,
    lighting_and_atmosphere: HOSTILE,
    continuity_notes: HOSTILE,
    referenced_designs: { characters: ['mara', MARKUP], environments: ['quay'] },
    audio_and_narrative: [
      { type: 'monologue', source: NARRATOR_ID, line: HOSTILE },
      { type: 'dialogue', source: MARKUP, line: HOSTILE },
    ],
  };
}

describe('hostile words in every part of a story', () => {
  const browser = useBrowser();
  let app: RunningApp;
  let storyId: string;
  beforeAll(async () => {
    app = await sharedApp();
    storyId = await seedHostile(app.place);
  });

  it('are shown as the words they are, on narrow and wide screens', async () => {
    const { page, faults } = await browser.open();
    const story = storyOn(page, app.url, storyId);
    const foreign: string[] = [];
    page.on('request', (request) => request.url().startsWith(app.url) || foreign.push(request.url()));
    for (const [tab, query] of [
      ['constitution', '?compare=1'],
      ['script', '?scenelet=scenelet-2b'],
      ['script', '?view=yaml'],
      ['visual', ''],
      ['audio', ''],
      ['shots', ''],
      ['costs', ''],
    ] as const) {
      await story.open(tab, query);
      // The name is in the heading; the tab's own words come after it.
      const shown = page.getByText('<script>alert(2)</script>');
      if (tab !== 'costs') await shown.nth(1).waitFor();
      for (const summary of await page.locator('summary').all()) await summary.click();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        expect(await fitsTheScreen(page), `${tab} on ${width} pixels`).toBe(true);
        expect(await violationsOf(page), `${tab} on ${width} pixels`).toEqual([]);
        expect(
          await page.locator('main :is(img[src="x"], script:not([nonce]), iframe, a[href^="javascript"])').count(),
        ).toBe(0);
      }
    }
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });

  it.each([
    ['lists within lists', `${'- '.repeat(6_000)}x`],
    ['quotes within quotes', '>'.repeat(12_000)],
    ['emphasis within emphasis', `${'*'.repeat(6_000)}a${'*'.repeat(6_000)}`],
    ['a heading on every line', 'a\n=\n'.repeat(3_000)],
  ])('do not keep the page from answering as %s', async (_, markdown) => {
    const { stories } = createStoryRepositories(app.place.database.kysely);
    const { id } = await stories.create({
      displayName: 'Deep',
      namedByPerson: true,
      initialPrompt: 'x',
      creationOptions: {},
      mode: 'stub',
    });
    await stories.saveConstitution(id, { markdown, targetSceneletsPerPath: 2, proposedTitle: 'Not used' });
    const { page, faults } = await browser.keep();
    const story = storyOn(page, app.url, id);
    await story.open('constitution');
    const shown = page.locator('main .prose');
    await expect.poll(async () => (await shown.textContent())?.length ?? 0).toBeGreaterThan(0);
    expect((await shown.textContent())?.length).toBeGreaterThan(2_999);
    expect(await shown.locator(`:scope${' > *'.repeat(50)}`).count()).toBe(0);
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the story' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('can be a name, and go through a renaming and a question', async () => {
    const { page, faults } = await browser.keep();
    const story = storyOn(page, app.url, await seedHostile(app.place));
    await story.open('script');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the story' }).fill(`${LONG.slice(0, 150)} ${MARKUP.slice(0, 40)}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => story.title.textContent()).toContain('WWW');
    expect(await fitsTheScreen(page)).toBe(true);
    await story.choose('More', /Delete story/);
    await page.getByRole('alertdialog').getByText('onerror').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
