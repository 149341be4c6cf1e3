import { type StoryState, StoryTreeError } from '@story-tree/domain';
import { EXPORTED_AT, everythingThere } from '@story-tree/testkit/stories/bundleWorkplace.ts';
import { chain, type SceneletSketch, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { assembleBundleJson, languageTag } from './assembleBundleJson.ts';
import type { AssetManifest } from './bundleAssets.ts';

const NO_ASSETS = [{ image: false, audio: false }];

function assemble(state: StoryState, manifest: AssetManifest = everythingThere, strict = false) {
  return assembleBundleJson({ state, manifest, exportedAt: EXPORTED_AT, strict });
}

function failureOf(state: StoryState, manifest?: AssetManifest, strict?: boolean): StoryTreeError {
  try {
    assemble(state, manifest, strict);
  } catch (error) {
    if (error instanceof StoryTreeError) return error;
    throw error;
  }
  throw new Error('the story was bundled');
}

/** A root, a branch point below it and as many choices as there are shots given. */
function branching(...shotsOfChoices: SceneletSketch['shots'][]): SceneletSketch[] {
  const letters = ['a', 'b', 'c'];
  return [
    { label: 'scenelet-1' },
    { label: 'scenelet-2', parent: 'scenelet-1', choicePrompt: 'Which way?' },
    ...shotsOfChoices.map((shots, index) => ({
      label: `scenelet-3${letters[index]}`,
      parent: 'scenelet-2',
      choiceLabel: `Way ${index + 1}`,
      ending: true,
      ...(shots === undefined ? {} : { shots }),
    })),
  ];
}

const nextOf = (state: StoryState, id: string, manifest?: AssetManifest) =>
  assemble(state, manifest).bundle.scenelets.find((scenelet) => scenelet.id === id)?.next;

describe('a story that cannot be bundled', () => {
  it('without scenelets names every task that is missing', () => {
    const error = failureOf(
      storyState([], { storyConstitution: null, visualDesignDocument: null, audioDesignDocument: null }),
    );
    expect(error.code).toBe('prerequisite_missing');
    expect(error.message).toMatch(
      /no scenelets .*CREATE_CONSTITUTION, CREATE_INTERACTIVE_SCRIPT, CREATE_VISUAL_DESIGN, CREATE_AUDIO_DESIGN, CREATE_SHOT_PRODUCTION, then CREATE_SHOT_IMAGES or CREATE_SHOT_AUDIO/,
    );
  });

  it('without shots names the tasks that make them', () => {
    const error = failureOf(storyState([{ label: 'scenelet-1', shots: [] }]));
    expect(error.code).toBe('prerequisite_missing');
    expect(error.message).toMatch(
      /no shots .*run CREATE_SHOT_PRODUCTION, then CREATE_SHOT_IMAGES or CREATE_SHOT_AUDIO/,
    );
    expect(error.details).toEqual({ missingTasks: 'CREATE_SHOT_PRODUCTION,CREATE_SHOT_IMAGES,CREATE_SHOT_AUDIO' });
  });

  it('without any asset says so', () => {
    const error = failureOf(storyState([{ label: 'scenelet-1', shots: NO_ASSETS }]));
    expect(error.code).toBe('no_playable_content');
    expect(error.message).toContain("none of the story's shots");
  });

  it('whose files are all gone is treated alike', () => {
    const nothing = { imagePath: () => null, audioPath: () => null, musicPath: () => null };
    expect(failureOf(storyState(chain(3)), nothing).code).toBe('no_playable_content');
  });

  it('whose root has no asset names it', () => {
    const error = failureOf(storyState([{ label: 'scenelet-1', shots: NO_ASSETS }, ...chain(2).slice(1)]));
    expect(error.code).toBe('no_playable_content');
    expect(error.message).toContain('scenelet-1');
  });

  it('with several roots', () => {
    const error = failureOf(storyState([{ label: 'scenelet-1' }, { label: 'scenelet-9' }]));
    expect(error.code).toBe('bundle_invalid');
    expect(error.message).toContain('2 first scenelets (scenelet-1, scenelet-9)');
  });

  it('whose scenelets go round in a circle', () => {
    const state = storyState(chain(2));
    const [first, second] = state.scenelets;
    const scenelets = [{ ...first, parentId: second?.id ?? null }, second] as typeof state.scenelets;
    expect(failureOf({ ...state, scenelets }).code).toBe('bundle_invalid');
  });

  it.each([0, 1])('with a branch point that %i choices are stored for', (count) => {
    const error = failureOf(storyState(branching(...Array.from({ length: count }, () => undefined))));
    expect(error.code).toBe('bundle_invalid');
    expect(error.issues).toMatchObject([{ path: 'scenelets.scenelet-2' }]);
  });

  it('with two scenelets after one that is not a branch point', () => {
    const error = failureOf(storyState([...chain(2), { label: 'scenelet-2x', parent: 'scenelet-1' }]));
    expect(error.issues).toMatchObject([{ path: 'scenelets.scenelet-1' }]);
  });

  it('with a choice that has no label', () => {
    const [root, branch, first, second] = branching(undefined, undefined) as [SceneletSketch, ...SceneletSketch[]];
    const { choiceLabel: _, ...unlabelled } = second as SceneletSketch;
    const error = failureOf(storyState([root, branch as SceneletSketch, first as SceneletSketch, unlabelled]));
    expect(error.issues).toMatchObject([{ path: 'scenelets.scenelet-3b' }]);
  });
});

describe('what a bundle holds', () => {
  it('describes the story and its one root', () => {
    const state = storyState(chain(3), {
      displayName: 'Über </script> "alles" 🦉',
      creationOptions: { language: 'German' },
    });
    const { bundle } = assemble(state);
    expect(bundle.metadata).toEqual({
      storyId: state.story.id,
      title: 'Über </script> "alles" 🦉',
      exportedAt: '2026-11-20T10:00:00.000Z',
      language: 'de',
    });
    expect(bundle.rootSceneletId).toBe('scenelet-1');
    expect(bundle.scenelets.map(({ id, description }) => [id, description])).toEqual([
      ['scenelet-1', 'What happens at scenelet-1'],
      ['scenelet-2', 'What happens at scenelet-2'],
      ['scenelet-3', 'What happens at scenelet-3'],
    ]);
  });

  it('leaves the language out when it is not known', () => {
    expect(assemble(storyState(chain(1))).bundle.metadata).not.toHaveProperty('language');
  });

  it('has every shot in order, null where nothing was made', () => {
    const state = storyState([
      {
        label: 'scenelet-1',
        ending: true,
        shots: [{ audio: false }, { image: false }, { image: false, audio: false, lines: [] }],
      },
    ]);
    const { bundle } = assemble({ ...state, shots: state.shots.toReversed() });
    expect(bundle.scenelets[0]?.shots).toEqual([
      expect.objectContaining({
        shotIndex: 1,
        imagePath: 'assets/shots/scenelet-1/1_key_frame.png',
        audioPath: null,
        alternativeText: 'Shot 1 of scenelet-1',
        captions: [{ speaker: null, line: 'So it began.' }],
      }),
      expect.objectContaining({ shotIndex: 2, imagePath: null, audioPath: 'assets/shots/scenelet-1/2_audio.wav' }),
      expect.objectContaining({ shotIndex: 3, imagePath: null, audioPath: null, captions: [] }),
    ]);
  });

  it('never asks for a file that no row names', () => {
    const state = storyState([{ label: 'scenelet-1', shots: [{ audio: false }] }]);
    expect(assemble(state).bundle.scenelets[0]?.shots[0]?.audioPath).toBeNull();
  });

  it('has the music of its scenelets and no other', () => {
    const music = { harbour: ['scenelet-1', 'scenelet-2', 'scenelet-1', 'nowhere'], gone: ['scenelet-2'], idle: [] };
    const state = storyState(
      [{ label: 'scenelet-1' }, { label: 'scenelet-2', parent: 'scenelet-1', shots: NO_ASSETS }],
      {
        music,
      },
    );
    const { bundle, report } = assemble(state);
    expect(bundle.music).toEqual([
      { cueName: 'harbour', audioPath: 'assets/music/harbour.m4a', sceneletIds: ['scenelet-1'] },
    ]);
    expect(report.musicCues).toBe(1);
    expect(assemble(state, { ...everythingThere, musicPath: () => null }).bundle).not.toHaveProperty('music');
  });
});

describe('what follows a scenelet', () => {
  it('is the one child, or an ending without further fields', () => {
    const state = storyState(chain(2));
    expect(nextOf(state, 'scenelet-1')).toEqual({ type: 'linear', sceneletId: 'scenelet-2' });
    expect(nextOf(state, 'scenelet-2')).toEqual({ type: 'terminal' });
  });

  it('is a branch with the choices in their order, however they are stored', () => {
    const state = storyState(branching(undefined, undefined, undefined));
    expect(nextOf({ ...state, scenelets: state.scenelets.toReversed() }, 'scenelet-2')).toEqual({
      type: 'branch',
      choicePrompt: 'Which way?',
      choices: [
        { label: 'Way 1', sceneletId: 'scenelet-3a' },
        { label: 'Way 2', sceneletId: 'scenelet-3b' },
        { label: 'Way 3', sceneletId: 'scenelet-3c' },
      ],
    });
  });

  it('keeps a branch of the two choices out of three that play', () => {
    const next = nextOf(storyState(branching(undefined, NO_ASSETS, undefined)), 'scenelet-2');
    expect(next).toMatchObject({ choices: [{ sceneletId: 'scenelet-3a' }, { sceneletId: 'scenelet-3c' }] });
  });

  it('is linear where one choice is left', () => {
    const { bundle, report } = assemble(storyState(branching(NO_ASSETS, undefined)));
    expect(bundle.scenelets[1]?.next).toEqual({ type: 'linear', sceneletId: 'scenelet-3b' });
    expect(report.excluded).toEqual([{ sceneletId: 'scenelet-3a', reason: 'no_assets' }]);
  });

  it('is incomplete where nothing is left, or nothing was written yet', () => {
    const state = storyState(branching(NO_ASSETS, NO_ASSETS));
    expect(nextOf(state, 'scenelet-2')).toEqual({ type: 'incomplete' });
    expect(assemble(state).report.incomplete).toEqual(['scenelet-2']);
    expect(nextOf(storyState([{ label: 'scenelet-1' }]), 'scenelet-1')).toEqual({ type: 'incomplete' });
  });

  it('may be missing unless the bundle is to be strict', () => {
    const state = storyState([{ label: 'scenelet-1' }]);
    const { report } = assembleBundleJson({ state, manifest: everythingThere, exportedAt: EXPORTED_AT });
    expect(report.incomplete).toEqual(['scenelet-1']);
  });

  it('strictly, has to be an ending', () => {
    expect(failureOf(storyState([{ label: 'scenelet-1' }]), everythingThere, true).message).toContain('"strict"');
    const cutOff = storyState([
      { label: 'scenelet-1' },
      { label: 'scenelet-2', parent: 'scenelet-1', shots: NO_ASSETS, ending: true },
    ]);
    expect(failureOf(cutOff, everythingThere, true)).toMatchObject({ code: 'bundle_invalid' });
    expect(assemble(storyState(chain(3)), everythingThere, true).report.incomplete).toEqual([]);
  });

  it('never goes on after an ending', () => {
    const { bundle, report } = assemble(
      storyState([
        { label: 'scenelet-1', ending: true },
        { label: 'scenelet-2', parent: 'scenelet-1' },
      ]),
    );
    expect(bundle.scenelets.map(({ id }) => id)).toEqual(['scenelet-1']);
    expect(report.excluded).toEqual([{ sceneletId: 'scenelet-2', reason: 'unreachable' }]);
  });
});

describe('the report', () => {
  it('tells what has no asset from what can then not be reached', () => {
    const [one, two, three, four] = chain(4);
    const { bundle, report } = assemble(
      storyState([one, { ...two, shots: NO_ASSETS }, three, { ...four, shots: [] }] as SceneletSketch[]),
    );
    expect(bundle.scenelets).toMatchObject([{ id: 'scenelet-1', next: { type: 'incomplete' } }]);
    expect(report.excluded).toEqual([
      { sceneletId: 'scenelet-2', reason: 'no_assets' },
      { sceneletId: 'scenelet-3', reason: 'unreachable' },
      { sceneletId: 'scenelet-4', reason: 'no_assets' },
    ]);
  });

  it('counts what is in the bundle', () => {
    const { report } = assemble(storyState(branching([{}, { audio: false }], NO_ASSETS)));
    expect(report).toMatchObject({ scenelets: 3, shots: 4, keyFrames: 4, speeches: 3 });
  });

  it('warns of what was never made and of files that are gone, not of silent shots', () => {
    const shots = [{ image: false }, { audio: false }, { audio: false, lines: [] }, {}];
    const gone = { ...everythingThere, audioPath: () => null };
    const { report } = assemble(storyState([{ label: 'scenelet-1', ending: true, shots }]), gone);
    expect(report.warnings).toEqual([
      { sceneletId: 'scenelet-1', shotIndex: 1, asset: 'key frame', reason: 'not_made' },
      { sceneletId: 'scenelet-1', shotIndex: 1, asset: 'speech', reason: 'file_missing' },
      { sceneletId: 'scenelet-1', shotIndex: 2, asset: 'speech', reason: 'not_made' },
      { sceneletId: 'scenelet-1', shotIndex: 4, asset: 'speech', reason: 'file_missing' },
    ]);
  });

  it('warns of lost files of scenelets that are left out as well', () => {
    const lost: AssetManifest = {
      ...everythingThere,
      imagePath: (shot, label) => (label === 'scenelet-2' ? null : everythingThere.imagePath(shot, label)),
    };
    const { report } = assemble(
      storyState([{ label: 'scenelet-1' }, { label: 'scenelet-2', parent: 'scenelet-1', shots: [{ audio: false }] }]),
      lost,
    );
    expect(report.excluded).toHaveLength(1);
    expect(report.warnings).toEqual([
      { sceneletId: 'scenelet-2', shotIndex: 1, asset: 'key frame', reason: 'file_missing' },
    ]);
  });
});

describe('a big story', () => {
  it('may be ten thousand scenelets deep', () => {
    const { bundle } = assemble(storyState(chain(10_000)));
    expect(bundle.scenelets).toHaveLength(10_000);
    expect(bundle.scenelets.at(-1)).toMatchObject({ id: 'scenelet-10000', next: { type: 'terminal' } });
  });

  it('asks the manifest once for every file', () => {
    let asked = 0;
    const counting: AssetManifest = {
      ...everythingThere,
      imagePath: (shot, label) => {
        asked += 1;
        return everythingThere.imagePath(shot, label);
      },
    };
    assemble(storyState(chain(2_000)), counting);
    expect(asked).toBe(2_000);
  });
});

it.each([
  ['de', 'de'],
  ['pt_br', 'pt-BR'],
  ['ZH-hant-tw', 'zh-Hant-TW'],
  ['German', 'de'],
  [' deutsch ', 'de'],
  ['Français', 'fr'],
  ['日本語', 'ja'],
  ['Brazilian Portuguese', 'pt-BR'],
])('takes the language %s for %s', (language, tag) => {
  expect(languageTag(language)).toBe(tag);
});

it.each([undefined, '', 'Elvish', 'zz', 'a language of your choice', '<script>', 'x-private', '-', 'en-'])(
  'does not guess which language %j is',
  (language) => {
    expect(languageTag(language)).toBeUndefined();
  },
);
