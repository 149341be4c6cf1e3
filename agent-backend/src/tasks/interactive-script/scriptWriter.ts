import { childLabel, labelDepth, ROOT_LABEL, type Scenelet, type ScriptStep, type Story } from '@story-tree/domain';
import type { ScriptLimits } from '../../planning/settings.ts';
import type { Unit, UnitContext } from '../../planning/task.ts';
import { promptFile } from '../../prompting/promptFile.ts';
import { fenced, sceneletsYaml, section, targetLine } from '../../prompting/userContent.ts';
import { type ScriptReply, scriptReplySchema } from './schema.ts';
import { validateScriptReply } from './validation.ts';

/** From the root; empty for the opening. */
type Path = readonly Scenelet[];

/** Makes the units that write a script: each continues one path and opens up the units that continue from there. */
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

  /** The unit that writes what follows the last scenelet of the path. */
  unitAfter(path: Path, done: boolean): Unit {
    const label = path.at(-1)?.label ?? 'root';
    return this.#unit(label, `What follows ${label}`, path, done);
  }

  #unit(key: string, title: string, path: Path, done: boolean): Unit {
    return { key, title, model: 'text', done, run: (context) => this.#write(path, context) };
  }

  async #write(path: Path, context: UnitContext): Promise<Unit[]> {
    const parent = path.at(-1);
    if (parent && !this.#hasRoomFor(1)) return this.#end(parent, context);
    const reply = await this.#ask(path, context);
    const count = reply.next_scenelets.length;
    // Checked again, since other paths grew in the meantime.
    if (parent && !this.#hasRoomFor(count)) return this.#end(parent, context);
    this.#stored += count;
    const step = this.#step(parent, reply);
    const scenelets = await context.repositories.scenelets.addStep(this.#story.id, step);
    const passed = withChoice(path, step);
    return scenelets
      .filter((scenelet) => !scenelet.isTerminalNode)
      .map((scenelet) => this.unitAfter([...passed, scenelet], false));
  }

  #hasRoomFor(count: number): boolean {
    return this.#stored + count <= this.#limits.maxScenelets;
  }

  async #end(parent: Scenelet, { repositories, warn }: UnitContext): Promise<Unit[]> {
    warn(
      `The story has reached its limit of ${this.#limits.maxScenelets} scenelets: ${parent.label} becomes an ending.`,
    );
    await repositories.scenelets.markTerminal(this.#story.id, parent.id);
    return [];
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

/** The path as it is stored after the step: requests must read the same in this run and in one that resumes it. */
function withChoice(path: Path, { choicePrompt }: ScriptStep): Path {
  const last = path.at(-1);
  if (last === undefined || choicePrompt === null) return path;
  return [...path.slice(0, -1), { ...last, isBranchPoint: true, choicePrompt }];
}
