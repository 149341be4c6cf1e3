import type { Scenelet, Shot, StoryRepositories, StoryState } from '@story-tree/domain';

/** A stored story, scenelet by scenelet: a plan made from one part holds only that scenelet's units. */
export class StoryParts {
  readonly #story: Omit<StoryState, 'shots'>;
  readonly #scenelets: ReadonlyMap<string, Scenelet>;
  readonly #shots: Map<string, readonly Shot[]>;

  constructor({ shots, ...story }: StoryState) {
    this.#story = story;
    this.#scenelets = new Map(story.scenelets.map((scenelet) => [scenelet.label, scenelet]));
    this.#shots = Map.groupBy(shots, (shot) => shot.sceneletId);
  }

  /** The part with one scenelet, its shots read again unless they existed from the start; null for unknown labels. */
  async of(label: string, repositories: Pick<StoryRepositories, 'shots'>): Promise<StoryState | null> {
    const scenelet = this.#scenelets.get(label);
    if (scenelet === undefined) return null;
    const known = this.#shots.get(scenelet.id);
    this.#shots.delete(scenelet.id);
    const shots = known ?? (await repositories.shots.list(this.#story.story.id, scenelet.id));
    return { ...this.#story, scenelets: [scenelet], shots };
  }
}

/** Hands out the labels of scenelets as they become ready: at once, or strictly in the story's order. */
export class ReadyScenelets {
  readonly #order: readonly string[] | null;
  readonly #ready: Set<string>;
  #next = 0;

  /** @param order all labels in order if each has to wait for those before it, else null */
  constructor(ready: Iterable<string>, order: readonly string[] | null) {
    this.#ready = new Set(ready);
    this.#order = order;
  }

  /** The labels that may now proceed, each once. `label` has just become ready. */
  take(label?: string): string[] {
    if (label !== undefined) this.#ready.add(label);
    if (this.#order === null) {
      const all = [...this.#ready];
      this.#ready.clear();
      return all;
    }
    const first = this.#next;
    while (this.#ready.has(this.#order[this.#next] ?? '')) this.#next += 1;
    return this.#order.slice(first, this.#next);
  }
}
