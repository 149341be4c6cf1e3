import {
  audioDesignReplySchema,
  type StoryboardEntry,
  sceneletContentSchema,
  storyboardEntrySchema,
  type VisualDesign,
  VOICE_NAMES,
  visualDesignReplySchema,
  visualReferenceSchema,
  withoutPerformanceNotes,
} from '@story-tree/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStubModels } from './index.ts';
import {
  answer,
  CONSTITUTION,
  inConstitution,
  inTree,
  inVisualDesign,
  type TestScenelet,
  textRequest,
  withIds,
  writeScript,
} from './testRequests.ts';

const models = createStubModels();
let tree: TestScenelet[];
let design: VisualDesign;

async function designFor(scenelets: readonly TestScenelet[]): Promise<VisualDesign> {
  const request = textRequest('CREATE_VISUAL_DESIGN', inConstitution(CONSTITUTION), inTree(scenelets));
  return withIds(visualDesignReplySchema.parse(await answer(models, request)));
}

interface ShotsReply {
  scenelet_id: string;
  shots: { shot_index: number; storyboard_entry: StoryboardEntry }[];
}

function shotsFor(label: string, scenelets: readonly TestScenelet[], visualDesign: VisualDesign): Promise<ShotsReply> {
  const parts = [inConstitution(CONSTITUTION), inTree(scenelets), inVisualDesign(visualDesign), `Target: ${label}`];
  return answer<ShotsReply>(models, textRequest('CREATE_SHOT_PRODUCTION', ...parts));
}

/** The checks that every reply about shots has to pass, whoever wrote the script. */
function expectConsistent(reply: ShotsReply, scenelet: TestScenelet, visualDesign: VisualDesign): void {
  const characters = visualDesign.character_designs.map(({ character_id }) => character_id);
  const environments = visualDesign.environment_designs.map(({ environment_id }) => environment_id);
  const said: string[] = [];
  expect(reply.scenelet_id).toBe(scenelet.id);
  reply.shots.forEach(({ shot_index, storyboard_entry }, index) => {
    const entry = storyboardEntrySchema.parse(storyboard_entry);
    expect(shot_index).toBe(index + 1);
    expect(characters).toEqual(expect.arrayContaining(entry.referenced_designs.characters));
    expect(environments).toEqual(expect.arrayContaining(entry.referenced_designs.environments));
    const sources = new Set(entry.audio_and_narrative.map(({ source }) => source));
    expect(sources.size).toBeLessThanOrEqual(2);
    for (const { type, source, line } of entry.audio_and_narrative) {
      if (type === 'dialogue') expect(characters).toContain(source);
      said.push(withoutPerformanceNotes(line));
    }
  });
  expect(said).toEqual(scenelet.dialogue.map(({ line }) => withoutPerformanceNotes(line)));
}

beforeAll(async () => {
  tree = await writeScript(models);
  design = await designFor(tree);
});

describe('the sample story', () => {
  it('is large enough for a sample', () => {
    const endings = tree.filter(({ role }) => role === 'terminal');
    expect(tree.length).toBeGreaterThanOrEqual(14);
    expect(tree.filter(({ role }) => role === 'branch').length).toBeGreaterThanOrEqual(2);
    expect(new Set(endings.map(({ description }) => description)).size).toBeGreaterThanOrEqual(3);
    expect(design.character_designs).toHaveLength(4);
    expect(design.environment_designs.length).toBeGreaterThanOrEqual(3);
  });

  it('has only well-formed scenelets, and labelled choices with a question where it branches', () => {
    for (const scenelet of tree) {
      sceneletContentSchema.parse(scenelet);
      const children = tree.filter(({ parent }) => parent === scenelet.id);
      expect(children.length).toBe({ terminal: 0, linear: 1, branch: children.length }[scenelet.role]);
      if (scenelet.role !== 'branch') continue;
      expect(scenelet.choice_prompt).toMatch(/\S/);
      expect(new Set(children.map(({ choice_label }) => choice_label)).size).toBe(children.length);
    }
  });

  it('can be said in short breaths and played in a few minutes', () => {
    const seconds = (scenelet: TestScenelet | undefined): number =>
      scenelet === undefined
        ? 0
        : scenelet.dialogue.reduce((sum, { line }) => sum + line.length / 14 + 0.4, 0) +
          seconds(tree.find(({ id }) => id === scenelet.parent));
    for (const { dialogue } of tree) for (const { line } of dialogue) expect(line.length / 14).toBeLessThan(9);
    for (const ending of tree.filter(({ role }) => role === 'terminal')) {
      expect(seconds(ending)).toBeGreaterThan(140);
      expect(seconds(ending)).toBeLessThan(300);
    }
  });

  it('is drawn and spoken by everyone and everywhere, each once', async () => {
    const labels = tree.map(({ id }) => id);
    for (const { associated_scenelet_ids } of [...design.character_designs, ...design.environment_designs]) {
      expect(associated_scenelet_ids.length).toBeGreaterThan(0);
      expect(labels).toEqual(expect.arrayContaining(associated_scenelet_ids));
    }
    const parts = [inConstitution(CONSTITUTION), inTree(tree), inVisualDesign(design)];
    const reference = visualReferenceSchema.parse(
      await answer(models, textRequest('CREATE_VISUAL_REFERENCE', ...parts)),
    );
    expect(reference.character_model_sheets.map(({ character_id }) => character_id)).toEqual(
      design.character_designs.map(({ character_id }) => character_id),
    );
    expect(reference.environment_keyframes.map(({ environment_id }) => environment_id)).toEqual(
      design.environment_designs.map(({ environment_id }) => environment_id),
    );
    const audio = audioDesignReplySchema.parse(await answer(models, textRequest('CREATE_AUDIO_DESIGN', ...parts)));
    expect(audio.character_voice_profiles.map(({ character_name }) => character_name)).toEqual(
      design.character_designs.map(({ character_name }) => character_name),
    );
    const voices = [audio.narrator_voice_profile, ...audio.character_voice_profiles].map(
      ({ voice_name }) => voice_name,
    );
    expect(new Set(voices).size).toBe(voices.length);
    for (const cue of audio.music_and_ambience_cues) {
      expect(labels).toEqual(expect.arrayContaining(cue.associated_scenelet_ids));
    }
  });

  it('has two or three shots for each scenelet that say all of its lines', async () => {
    for (const scenelet of tree) {
      const reply = await shotsFor(scenelet.id, tree, design);
      expectConsistent(reply, scenelet, design);
      expect([2, 3]).toContain(reply.shots.length);
    }
  });
});

describe('other stories', () => {
  it('begin with the requested premise', async () => {
    const premise = 'A lighthouse keeper finds a door in the sea';
    const asked = await writeScript(models, `# The Door\n\n> ${premise}\n`);
    const [root] = asked;
    expect(root?.description).toContain(premise);
    expect(root?.dialogue[0]).toEqual({ character: 'Narrator', line: expect.stringContaining(premise) });
    expect(asked.slice(1)).toEqual(tree.slice(1));
    const reply = await shotsFor('scenelet-1', asked, design);
    expect(JSON.stringify(reply)).toContain(premise);
    expect(reply.shots).toHaveLength(3);
  });

  it('keep lines and designs that a person has changed', async () => {
    const changed = tree.map((scenelet) => ({
      ...scenelet,
      dialogue: scenelet.dialogue.map(({ character, line }, index) => ({
        character: character === 'Tam' ? '李小龙' : character,
        line: index === 0 ? `${line} - "x": '</script>' \n## Visual design (JSON)` : line,
      })),
    }));
    const other = await designFor(changed);
    expect(other.character_designs.map(({ character_name }) => character_name)).toContain('李小龙');
    for (const scenelet of changed) expectConsistent(await shotsFor(scenelet.id, changed, other), scenelet, other);
  });

  it('get shots for three strangers of one name, and for people without a design', async () => {
    const strangers: TestScenelet[] = [
      {
        id: 'scenelet-1',
        parent: null,
        role: 'terminal',
        description: 'A room without a name.',
        dialogue: ['Kim', 'Kim', 'kim', 'Narrator', 'Nobody'].map((character) => ({
          character,
          line: `(aside) ${character}?`,
        })),
        shot_suggestions: [],
      },
    ];
    const kim = (await designFor(strangers)).character_designs[0];
    const namesakes = await designFor(strangers);
    if (kim === undefined) throw new Error('nobody was designed');
    namesakes.character_designs = ['kim', 'kim-2', 'kim-3'].map((character_id) => ({ ...kim, character_id }));
    for (const scenelet of strangers)
      expectConsistent(await shotsFor(scenelet.id, strangers, namesakes), scenelet, namesakes);
    const parts = [inTree(strangers), inVisualDesign(namesakes)];
    const audio = audioDesignReplySchema.parse(await answer(models, textRequest('CREATE_AUDIO_DESIGN', ...parts)));
    expect(audio.character_voice_profiles.map(({ character_name }) => character_name)).toEqual(['Kim', 'Kim', 'Kim']);
    for (const { voice_name } of audio.character_voice_profiles) expect(VOICE_NAMES).toContain(voice_name);
  });

  it('end well where nothing follows in the sample', async () => {
    const request = textRequest('CREATE_INTERACTIVE_SCRIPT', inConstitution(CONSTITUTION), 'Target: scenelet-9zz');
    expect(await answer(models, request)).toMatchObject({ branch_point: false, is_concluding_scene: true });
  });
});
