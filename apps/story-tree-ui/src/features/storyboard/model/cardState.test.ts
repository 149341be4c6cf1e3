import type { SceneletSketch } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { assetAddress } from '../../kit/storyParts.ts';
import { isMade, type Making, makingNow } from '../../kit/storyWork.ts';
import { cardState, type IsMaking, pictures, progressWords, spokenState } from './cardState.ts';
import { testBoard } from './testTrees.ts';

const LABEL = 'scenelet-1';

function stateOf(shots: NonNullable<SceneletSketch['shots']>, isMaking: IsMaking = () => false) {
  return cardState(cardWith(shots), isMaking);
}

function cardWith(shots: NonNullable<SceneletSketch['shots']>) {
  const card = testBoard([{ label: LABEL, shots }]).cards.get(LABEL);
  if (card === undefined) throw new Error('no card');
  return card;
}

function working(task: string, unit: string): IsMaking {
  const making = makingNow([{ kind: 'call-started', task, unit }]);
  return (workflowTask, key) => isMade(making, workflowTask, key);
}

describe('live state', () => {
  it('is missing before there are shots', () => {
    expect(stateOf([])).toMatchObject({
      shots: { state: 'missing', done: 0 },
      keyFrames: { state: 'missing', total: 0 },
      speech: { state: 'missing', total: 0 },
    });
  });

  it('counts what is there', () => {
    expect(stateOf([{}, { image: false }, { audio: false }])).toMatchObject({
      shots: { state: 'done', done: 3 },
      keyFrames: { state: 'missing', done: 2, total: 3 },
      speech: { state: 'missing', done: 2, total: 3 },
    });
  });

  it('wants no speech where nobody speaks', () => {
    expect(stateOf([{ lines: [], audio: false }]).speech).toEqual({ state: 'done', done: 0, total: 0 });
  });

  it('knows what is being made', () => {
    expect(stateOf([], working('CREATE_SHOT_PRODUCTION', LABEL)).shots.state).toBe('making');
    const unmade = [{ image: false, audio: false }];
    expect(stateOf(unmade, working('CREATE_SHOT_IMAGES', `${LABEL}/1`)).keyFrames.state).toBe('making');
    expect(stateOf(unmade, working('CREATE_SHOT_IMAGES', `${LABEL}/2`)).keyFrames.state).toBe('missing');
    expect(stateOf(unmade, working('CREATE_SHOT_AUDIO', `${LABEL}/1`)).speech.state).toBe('making');
    expect(stateOf([], working('CREATE_INTERACTIVE_SCRIPT', LABEL)).isContinued).toBe(true);
  });

  it('shows a key frame that is being regenerated as being made', () => {
    expect(stateOf([{}], working('CREATE_SHOT_IMAGES', `${LABEL}/1`)).keyFrames).toMatchObject({
      state: 'making',
      done: 1,
    });
  });
});

describe('pictures', () => {
  it('have addresses once they are made, and tell which is being made', () => {
    const card = cardWith([{}, { image: false }]);
    expect(pictures(card, working('CREATE_SHOT_IMAGES', `${LABEL}/2`), assetAddress)).toEqual([
      {
        shotIndex: 1,
        source: expect.stringMatching(/^\/generated\/.+\/scenelet-1\/1_key_frame\.png$/),
        isBeingMade: false,
      },
      { shotIndex: 2, source: null, isBeingMade: true },
    ]);
  });
});

describe('what is being made', () => {
  const task = 'CREATE_SHOT_IMAGES';
  const labels = (making: Making) => [...(making.get(task) ?? [])];

  it('begins with a call and ends when the unit is stored', () => {
    const events = ['a/1', 'a/2'].map((unit) => ({ kind: 'call-started', task, unit }));
    expect(labels(makingNow(events))).toEqual(['a/1', 'a/2']);
    expect(labels(makingNow([...events, { kind: 'unit-done', task, unit: 'a/1' }]))).toEqual(['a/2']);
    expect(labels(makingNow([...events, { kind: 'task-done', task, unit: null }]))).toEqual([]);
  });

  it('starts afresh when a task is run again after a crash', () => {
    expect(
      labels(
        makingNow([
          { kind: 'call-started', task, unit: 'a/1' },
          { kind: 'task-started', task, unit: null },
          { kind: 'call-retried', task, unit: 'a/2' },
        ]),
      ),
    ).toEqual([]);
  });
});

const { cards } = testBoard();

function spoken(label: string, { hidden = 0, made = '' } = {}) {
  const card = cards.get(`scenelet-${label}`);
  if (card === undefined) throw new Error(`no ${label}`);
  return spokenState(
    card,
    cardState(card, (task) => task === made),
    hidden,
  );
}

describe('what is said of a card', () => {
  it('tells its place in the story', () => {
    expect(spoken('1')).toBe('Choice with 3 ways on.');
    expect(spoken('2b')).toBe('Ending.');
    expect(spoken('2c')).toBe('Incomplete: nothing follows yet.');
  });

  it('tells what is not there, what is in work and what is folded', () => {
    expect(spoken('2a', { hidden: 2 })).toBe(
      'Choice with 2 ways on. Shots missing. Key frames missing. Speech missing. 2 scenelets folded.',
    );
    expect(spoken('2b', { made: 'CREATE_SHOT_IMAGES' })).toBe('Ending. Key frames being made, 1 of 1.');
    expect(spoken('2c', { made: 'CREATE_INTERACTIVE_SCRIPT' })).toBe('What follows is being written.');
  });

  it('counts', () => {
    expect(progressWords({ state: 'missing', done: 2, total: 3 })).toBe('2 of 3');
    expect(progressWords({ state: 'done', done: 3, total: 3 })).toBe('all 3');
    expect(progressWords({ state: 'done', done: 0, total: 0 })).toBe('none needed');
    expect(progressWords({ state: 'making', done: 0, total: 0 })).toBe('being made');
  });
});
