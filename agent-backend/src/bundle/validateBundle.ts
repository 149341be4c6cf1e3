import {
  type BundleNext,
  type BundleScenelet,
  type Issue,
  type StoryBundle,
  storyBundleSchema,
} from '@story-tree/domain';
import { bundleInvalid } from './bundleErrors.ts';
import { assetPathsOf } from './bundlePaths.ts';

/**
 * Proves that a bundle plays: every reference leads to a scenelet of it, everything in it can be reached, every asset
 * it names is one of `files`.
 * @throws StoryTreeError `bundle_invalid` with everything that is wrong
 */
export function validateBundle(bundle: StoryBundle, files: ReadonlySet<string>): void {
  const shape = storyBundleSchema.safeParse(bundle);
  const issues: Issue[] = (shape.error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.'),
    message: `${path.join('.')}: ${message}`,
  }));
  const scenelets = new Map(bundle.scenelets.map((scenelet) => [scenelet.id, scenelet]));
  if (scenelets.size < bundle.scenelets.length) {
    issues.push({ path: 'scenelets', message: 'two scenelets have the same id' });
  }
  issues.push(...brokenReferences(bundle, scenelets));
  for (const path of assetPathsOf(bundle)) {
    if (!files.has(path)) issues.push({ path, message: `${path} is referenced, but was not copied` });
  }
  if (issues.length > 0) throw bundleInvalid(issues);
}

/** The ids of the scenelets that can follow. */
function followersOf(next: BundleNext): string[] {
  if (next.type === 'linear') return [next.sceneletId];
  return next.type === 'branch' ? next.choices.map((choice) => choice.sceneletId) : [];
}

function brokenReferences(bundle: StoryBundle, scenelets: ReadonlyMap<string, BundleScenelet>): Issue[] {
  const issues: Issue[] = [];
  const reached = new Set<string>();
  const stack = [{ id: bundle.rootSceneletId, from: 'rootSceneletId' }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { id, from } = step;
    if (reached.has(id)) continue;
    reached.add(id);
    const scenelet = scenelets.get(id);
    if (scenelet === undefined)
      issues.push({ path: from, message: `${from} leads to ${id}, which is not in the bundle` });
    else stack.push(...followersOf(scenelet.next).map((follower) => ({ id: follower, from: id })));
  }
  const musicIds = (bundle.music ?? []).flatMap((cue) => cue.sceneletIds);
  for (const id of musicIds) {
    if (!scenelets.has(id))
      issues.push({ path: 'music', message: `music belongs to ${id}, which is not in the bundle` });
  }
  for (const id of scenelets.keys()) {
    if (!reached.has(id)) issues.push({ path: `scenelets.${id}`, message: `nothing leads to ${id}` });
  }
  return issues;
}
