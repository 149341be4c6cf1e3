import { randomUUID } from 'node:crypto';
import {
  buildSceneletTree,
  type ConstitutionOrigin,
  type ConstitutionVersion,
  type ReferenceImageRecord,
  type ReferenceImagesRepository,
  type Scenelet,
  type SceneletsRepository,
  type Shot,
  type ShotsRepository,
  type StoriesRepository,
  type Story,
  type StoryRepositories,
  StoryTreeError,
} from '@story-tree/domain';

/** All rows of all stories; repositories hand out copies. */
export interface Rows {
  stories: Story[];
  scenelets: Scenelet[];
  shots: Shot[];
  referenceImages: (ReferenceImageRecord & { storyId: string })[];
}

/** The repositories of any number of stories, which last as long as these rows do. */
export function createMemoryRepositories(rows: Rows = noRows()): StoryRepositories {
  return {
    stories: memoryStories(rows),
    scenelets: memoryScenelets(rows),
    shots: memoryShots(rows),
    referenceImages: memoryReferenceImages(rows),
    whileHeld: (_storyId, work) => work(),
  };
}

export function noRows(): Rows {
  return { stories: [], scenelets: [], shots: [], referenceImages: [] };
}

const missing = (what: string) => new StoryTreeError('not_found', `There is no ${what}.`);

function memoryStories(rows: Rows): StoriesRepository {
  const requireStory = (storyId: string): Story => {
    const story = rows.stories.find(({ id, deletedAt }) => id === storyId && deletedAt === null);
    if (story === undefined) throw missing(`story ${storyId}`);
    return story;
  };
  const versions = new Map<string, ConstitutionVersion[]>();
  const versionsOf = (storyId: string) => versions.get(storyId) ?? [];
  const addVersion = (storyId: string, markdown: string, origin: ConstitutionOrigin, runId?: string): number => {
    requireStory(storyId).storyConstitution = markdown;
    const version = versionsOf(storyId).length + 1;
    const added = { version, markdown, origin, createdAt: new Date(), runId: runId ?? null };
    versions.set(storyId, [added, ...versionsOf(storyId)]);
    return version;
  };
  return {
    async create(story) {
      const empty = {
        storyConstitution: null,
        targetSceneletsPerPath: null,
        visualDesignDocument: null,
        visualReferencePackage: null,
        audioDesignDocument: null,
      };
      const dates = { createdAt: new Date('2026-11-01T08:00:00Z'), deletedAt: null };
      const created: Story = { id: randomUUID(), ...structuredClone(story), ...empty, ...dates };
      rows.stories.push(created);
      return structuredClone(created);
    },
    async get(storyId) {
      return structuredClone(rows.stories.find(({ id, deletedAt }) => id === storyId && deletedAt === null) ?? null);
    },
    list: async () => structuredClone(rows.stories.filter(({ deletedAt }) => deletedAt === null).toReversed()),
    async saveConstitution(storyId, { markdown, targetSceneletsPerPath, proposedTitle }) {
      const story = requireStory(storyId);
      story.targetSceneletsPerPath = targetSceneletsPerPath;
      if (!story.namedByPerson) story.displayName = proposedTitle;
      return addVersion(storyId, markdown, 'generated');
    },
    async rename(storyId, displayName) {
      Object.assign(requireStory(storyId), { displayName, namedByPerson: true });
    },
    reviseConstitution: async (storyId, ...version) => addVersion(storyId, ...version),
    constitutionVersions: async (storyId) => structuredClone(versionsOf(storyId)),
    async saveVisualDesign(storyId, document) {
      requireStory(storyId).visualDesignDocument = structuredClone(document);
    },
    async saveVisualReference(storyId, document) {
      requireStory(storyId).visualReferencePackage = structuredClone(document);
    },
    async saveAudioDesign(storyId, document) {
      requireStory(storyId).audioDesignDocument = structuredClone(document);
    },
    async markDeleted(storyId) {
      requireStory(storyId).deletedAt = new Date('2026-11-20T10:00:00Z');
      versions.delete(storyId);
      for (const table of [rows.scenelets, rows.shots, rows.referenceImages]) removeOf(table, storyId);
    },
  };
}

function memoryScenelets(rows: Rows): SceneletsRepository {
  const inStory = (storyId: string) => rows.scenelets.filter((scenelet) => scenelet.storyId === storyId);
  const requireScenelet = (storyId: string, id: string): Scenelet => {
    const scenelet = inStory(storyId).find((row) => row.id === id);
    if (scenelet === undefined) throw missing(`scenelet ${id}`);
    return scenelet;
  };
  const refuseIfContinued = (storyId: string, parentId: string | null) => {
    if (!inStory(storyId).some((row) => row.parentId === parentId)) return;
    throw new StoryTreeError('already_completed', 'What follows is stored already.');
  };
  return {
    list: async (storyId) => structuredClone(buildSceneletTree(inStory(storyId)).inOrder()),
    async addStep(storyId, { parentId, choicePrompt, scenelets }) {
      if (scenelets.length === 0) throw new RangeError('a step has at least one scenelet');
      refuseIfContinued(storyId, parentId);
      const parent = parentId === null ? null : requireScenelet(storyId, parentId);
      if (parent?.isTerminalNode) throw new StoryTreeError('already_completed', 'The path has ended there.');
      if (parent && choicePrompt !== null) Object.assign(parent, { isBranchPoint: true, choicePrompt });
      const added = scenelets.map((scenelet) => ({
        ...structuredClone(scenelet),
        ...{ id: randomUUID(), storyId, parentId, choicePrompt: null, isBranchPoint: false },
      }));
      rows.scenelets.push(...added);
      return structuredClone(added);
    },
    async markTerminal(storyId, sceneletId) {
      const scenelet = requireScenelet(storyId, sceneletId);
      refuseIfContinued(storyId, sceneletId);
      scenelet.isTerminalNode = true;
    },
    async deleteAll(storyId) {
      removeOf(rows.scenelets, storyId);
      removeOf(rows.shots, storyId);
    },
  };
}

function memoryShots(rows: Rows): ShotsRepository {
  const requireShot = (storyId: string, shotId: string): Shot => {
    const shot = rows.shots.find((row) => row.id === shotId && row.storyId === storyId);
    if (shot === undefined) throw missing(`shot ${shotId}`);
    return shot;
  };
  const bySequence = (a: Shot, b: Shot) => a.sceneletSequence - b.sceneletSequence || a.shotIndex - b.shotIndex;
  return {
    async list(storyId, sceneletId) {
      const inStory = rows.shots.filter((shot) => shot.storyId === storyId);
      const wanted = inStory.filter((shot) => sceneletId === undefined || shot.sceneletId === sceneletId);
      return structuredClone(wanted.sort(bySequence));
    },
    async replaceForScenelet(storyId, sceneletId, sceneletSequence, shots) {
      if (!rows.scenelets.some(({ id }) => id === sceneletId)) throw missing(`scenelet ${sceneletId}`);
      rows.shots = rows.shots.filter((shot) => shot.sceneletId !== sceneletId);
      const place = { storyId, sceneletId, sceneletSequence, keyFrameImagePath: null, audioFilePath: null };
      rows.shots.push(...structuredClone(shots).map((shot) => ({ id: randomUUID(), ...place, ...shot })));
    },
    async renumber(storyId, sequences) {
      for (const shot of rows.shots.filter((row) => row.storyId === storyId)) {
        shot.sceneletSequence = sequences.get(shot.sceneletId) ?? shot.sceneletSequence;
      }
    },
    async setKeyFrame(storyId, shotId, path) {
      requireShot(storyId, shotId).keyFrameImagePath = path;
    },
    async setAudio(storyId, shotId, path) {
      requireShot(storyId, shotId).audioFilePath = path;
    },
    deleteAll: async (storyId) => removeOf(rows.shots, storyId),
  };
}

function memoryReferenceImages(rows: Rows): ReferenceImagesRepository {
  const order = (image: ReferenceImageRecord) => `${image.kind}/${image.designId}`;
  return {
    async list(storyId) {
      const images = rows.referenceImages.filter((image) => image.storyId === storyId);
      return images.map(({ storyId: _, ...image }) => image).sort((a, b) => (order(a) < order(b) ? -1 : 1));
    },
    async set(storyId, image) {
      rows.referenceImages = rows.referenceImages.filter(
        (row) => row.storyId !== storyId || order(row) !== order(image),
      );
      rows.referenceImages.push({ storyId, ...image });
    },
    async deleteAll(storyId, kind) {
      rows.referenceImages = rows.referenceImages.filter((row) => row.storyId !== storyId || row.kind !== kind);
    },
  };
}

/** In place, since others hold the same table. */
function removeOf(table: { storyId: string }[], storyId: string): void {
  const others = table.filter((row) => row.storyId !== storyId);
  table.splice(0, table.length, ...others);
}
