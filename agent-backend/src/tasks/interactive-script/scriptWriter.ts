import { childLabel, labelDepth, ROOT_LABEL, type Scenelet, type ScriptStep, type Story } from '@story-tree/domain';
import { promptFile } from '../../prompting/promptFile.ts';
import { sceneletsYaml } from '../../prompting/treeYaml.ts';
import { fenced, section, targetLine } from '../../prompting/userContent.ts';
import type { ScriptLimits } from '../../workflow/settings.ts';
import type { Unit, UnitContext } from '../../workflow/task.ts';
import { type ScriptReply, scriptReplySchema } from './schema.ts';
import { validateScriptReply } from './validation.ts';

/** Where the story starts has no path yet. */
type Path = readonly Scenelet[];

/** Makes the units that write a script: each goes on from the end of one path, and opens those that go on from there. */
export class ScriptWriter {
  readonly #story: Story;
  readonly #limits: ScriptLimits;
  #stored: number;

  constructor(story: Story, stored: number, limits: ScriptLimits) {
    this.#story = story;
    this.#stored = stored;
    this.#limits = limits;
  }

  rootUnit(done: boolean): Unit {
    return this.#unit('root', 'Opening scene', [], done);
  }

  /** What follows the last scenelet of the path. */
  unitAfter(path: Path, done: boolean): Unit {
    const label = path.at(-1)?.label ?? 'root';
    return this.#unit(label, `What follows ${label}`, path, done);
  }

  #unit(key: string, title: string, path: Path, done: boolean): Unit {
    return { key, title, model: 'text', done, run: (context) => this.#write(path, context) };
  }

  async #write(path: Path, context: UnitContext): Promise<Unit[]> {
    const { repositories } = context;
    const parent = path.at(-1);
    if (parent && this.#stored >= this.#limits.maxScenelets) {
      context.warn(`The story has reached ${this.#limits.maxScenelets} scenelets: ${parent.label} becomes an ending.`);
      await repositories.scenelets.markTerminal(this.#story.id, parent.id);
      return [];
    }
    const reply = await this.#ask(path, context);
    const scenelets = await repositories.scenelets.addStep(this.#story.id, this.#step(parent, reply));
    this.#stored += scenelets.length;
    return scenelets
      .filter((scenelet) => !scenelet.isTerminalNode)
      .map((scenelet) => this.unitAfter([...path, scenelet], false));
  }

  #ask(path: Path, { models }: UnitContext): Promise<ScriptReply> {
    return models.document({
      system: promptFile(import.meta.url),
      user: this.#request(path),
      schema: scriptReplySchema,
      validate: (reply) => validateScriptReply(reply, path.length === 0, this.#limits),
    });
  }

  #request(path: Path): string {
    const { storyConstitution, targetSceneletsPerPath } = this.#story;
    const target = targetSceneletsPerPath === null ? [] : [`Scenelets per path: ${targetSceneletsPerPath}\n`];
    return [
      section('Constitution', storyConstitution ?? ''),
      section('Path to the target (YAML)', fenced('yaml', sceneletsYaml(path, path))),
      ...target,
      `Scenelets on this path so far: ${path.length}\n\n`,
      targetLine(path.at(-1)?.label ?? 'root'),
    ].join('');
  }

  #step(parent: Scenelet | undefined, reply: ScriptReply): ScriptStep {
    const depth = parent ? labelDepth(parent.label) + 1 : 1;
    const ends = reply.is_concluding_scene || depth >= this.#limits.maxDepth;
    return {
      parentId: parent?.id ?? null,
      choicePrompt: reply.branch_point ? (reply.choice_prompt?.trim() ?? null) : null,
      scenelets: reply.next_scenelets.map(({ choice_label, ...content }, ordinal) => ({
        label: parent ? childLabel({ label: parent.label, isBranchPoint: reply.branch_point }, ordinal) : ROOT_LABEL,
        ordinal,
        choiceLabelFromParent: reply.branch_point ? (choice_label?.trim() ?? null) : null,
        content,
        isTerminalNode: ends,
      })),
    };
  }
}
