import type { BundleNext, Issue, Scenelet, SceneletTree } from '@story-tree/domain';
import { bundleInvalid } from './bundleErrors.ts';
import type { ExcludedScenelet } from './bundleReport.ts';

/** The scenelets that a player can come to, with what follows each, and those it cannot. */
export interface PlayableTree {
  /** Depth first, choices in order. */
  scenelets: readonly { scenelet: Scenelet; next: BundleNext }[];
  excluded: readonly ExcludedScenelet[];
}

/**
 * Follows the story from its root through everything that can be played.
 * @param isPlayable whether a scenelet has anything to show or to say
 * @param strict whether a scenelet without an ending is an error
 * @throws StoryTreeError `bundle_invalid` when the stored tree is broken
 */
export function playableTree(
  tree: SceneletTree,
  root: Scenelet,
  isPlayable: (scenelet: Scenelet) => boolean,
  strict: boolean,
): PlayableTree {
  const all = [...tree.byId.values()];
  const broken = all.flatMap((scenelet) => brokenIn(scenelet, tree.children(scenelet), strict));
  if (broken.length > 0) throw bundleInvalid(broken);

  const issues: Issue[] = [];
  const scenelets: { scenelet: Scenelet; next: BundleNext }[] = [];
  const stack = [root];
  for (let scenelet = stack.pop(); scenelet !== undefined; scenelet = stack.pop()) {
    const following = scenelet.isTerminalNode ? [] : tree.children(scenelet).filter(isPlayable);
    const next = nextOf(scenelet, following, issues);
    if (strict && next.type === 'incomplete') issues.push(noEnding(scenelet));
    scenelets.push({ scenelet, next });
    stack.push(...following.toReversed());
  }
  if (issues.length > 0) throw bundleInvalid(issues);

  const reached = new Set(scenelets.map(({ scenelet }) => scenelet.id));
  const left = all.filter((scenelet) => !reached.has(scenelet.id));
  return {
    scenelets,
    excluded: left.map((scenelet) => ({
      sceneletId: scenelet.label,
      reason: isPlayable(scenelet) ? 'unreachable' : 'no_assets',
    })),
  };
}

function nextOf(scenelet: Scenelet, following: readonly Scenelet[], issues: Issue[]): BundleNext {
  if (scenelet.isTerminalNode) return { type: 'terminal' };
  const [only] = following;
  if (only === undefined) return { type: 'incomplete' };
  if (following.length === 1) return { type: 'linear', sceneletId: only.label };
  if (scenelet.choicePrompt === null)
    issues.push(issueAt(scenelet, 'is a branch point without a question', REGENERATE_SCRIPT));
  const choices = following.map((child) => {
    if (child.choiceLabelFromParent === null)
      issues.push(issueAt(child, 'is a choice without a label', REGENERATE_SCRIPT));
    return { label: child.choiceLabelFromParent ?? '', sceneletId: child.label };
  });
  return { type: 'branch', choicePrompt: scenelet.choicePrompt ?? '', choices };
}

export const REGENERATE_SCRIPT = 'regenerate the script with CREATE_INTERACTIVE_SCRIPT, "override" and "cascade"';
const GO_ON = 'run CREATE_INTERACTIVE_SCRIPT and the tasks after it with "resume", or bundle without "strict"';

/** What is wrong with the edges out of a scenelet, as they are stored and whatever can be played. */
function brokenIn(scenelet: Scenelet, children: readonly Scenelet[], strict: boolean): Issue[] {
  const count = children.length;
  if (scenelet.isBranchPoint && count < 2) {
    return [
      issueAt(scenelet, `is a branch point with ${count} of the two or more choices it needs`, REGENERATE_SCRIPT),
    ];
  }
  if (!scenelet.isBranchPoint && count > 1) {
    return [issueAt(scenelet, `is not a branch point, but ${count} scenelets follow it`, REGENERATE_SCRIPT)];
  }
  return strict && count === 0 && !scenelet.isTerminalNode ? [noEnding(scenelet)] : [];
}

const noEnding = (scenelet: Scenelet) => issueAt(scenelet, 'is not an ending, but nothing playable follows it', GO_ON);

function issueAt(scenelet: Scenelet, fault: string, wayOut: string): Issue {
  return { path: `scenelets.${scenelet.label}`, message: `${scenelet.label} ${fault}; ${wayOut}` };
}
