import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log, StoryBundle } from '@story-tree/domain';
import type { AssembledBundle } from './assembleBundleJson.ts';
import { type AssetSurvey, surveyAssets } from './bundleAssets.ts';
import { asFileError } from './bundleErrors.ts';
import { assembleStandalone, type BundleInput, readTemplate, writeBundle } from './bundleFiles.ts';
import { assetPathsOf, bundleFolder, toStorePath } from './bundlePaths.ts';
import { type BundleReport, describeBundleReport, describeWarning } from './bundleReport.ts';
import { copyAssets } from './copyAssets.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mayReplace, type Overwrite, openStaging, publishBundle, recoverBundle, type WhileHeld } from './publish.ts';
import { validateBundle } from './validateBundle.ts';

export interface PlayerBundleOptions extends BundleInput {
  /** Without it, a folder that is there is an error and stays as it is. */
  overwrite?: Overwrite | undefined;
  /** Keeps others from taking the story while folders change places; unless told, nobody else can anyway. */
  whileHeld?: WhileHeld | undefined;
  now(): Date;
  log: Log;
}

export interface PlayerBundleResult {
  /** The bundle's folder, absolute. */
  bundlePath: string;
  report: BundleReport;
}

/**
 * Builds the folder that plays a story: its data, the assets it needs, the player. The folder appears whole or not at
 * all, and a run that fails leaves the one before it untouched. Only for the story's one writer: what lies half made
 * beside the folder is taken for that of a run that was killed.
 *
 * @throws StoryTreeError `bundle_exists`, `no_playable_content`, `prerequisite_missing`, `bundle_invalid`, `file_error`,
 * `lease_lost`
 */
export async function buildPlayerBundle(options: PlayerBundleOptions): Promise<PlayerBundleResult> {
  const { state, outputRoot, outputPath, overwrite = false } = options;
  const folder = bundleFolder({ outputRoot, outputPath, storyId: state.story.id });
  try {
    await recoverBundle(folder, options.whileHeld);
    const template = await readTemplate(options.templatePath);
    const replace = await mayReplace(folder, state.story.id, overwrite);
    const survey = await surveyAssets(state, options.assets, options.signal);
    const exportedAt = options.now();
    // Assembled before anything is written: a story that cannot be bundled creates no folder.
    const assembled = assembleStandalone(options, survey, exportedAt);
    const report = await build(options, { folder, replace, template, survey, exportedAt, assembled });
    tell(options.log, folder, report);
    return { bundlePath: folder, report };
  } catch (error) {
    throw asFileError(`Building the bundle in ${folder}`, error);
  }
}

interface Prepared {
  folder: string;
  replace: boolean;
  template: Uint8Array;
  survey: AssetSurvey;
  exportedAt: Date;
  assembled: AssembledBundle;
}

async function build(options: PlayerBundleOptions, prepared: Prepared): Promise<BundleReport> {
  const { folder, replace, template } = prepared;
  const storyId = options.state.story.id;
  const staging = await openStaging(folder);
  try {
    const { assembled, survey, files } = await copyInto(staging, options, prepared);
    validateBundle(assembled.bundle, files);
    const marker = { storyId, fingerprint: fingerprintOf(assembled.bundle, survey, template) };
    await writeBundle(staging, { bundle: assembled.bundle, template, marker });
    options.signal?.throwIfAborted();
    await publishBundle(staging, folder, { replace, whileHeld: options.whileHeld });
    return assembled.report;
  } catch (error) {
    // What cannot be deleted now is swept by the next run; the first failure is the one to tell.
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

interface Copied {
  assembled: AssembledBundle;
  survey: AssetSurvey;
  /** Paths of the assets in the staging folder. */
  files: ReadonlySet<string>;
}

/** Copies the assets. When some vanish meanwhile, the bundle is assembled again without them. */
async function copyInto(
  staging: string,
  { state, assets, strict, signal }: PlayerBundleOptions,
  { assembled, survey, exportedAt }: Prepared,
): Promise<Copied> {
  const storyId = state.story.id;
  const paths = assetPathsOf(assembled.bundle);
  const { copied, vanished } = await copyAssets({ storyId, paths, assets, folder: staging, signal });
  if (vanished.size === 0) return { assembled, survey, files: copied };

  const left = new Map(survey);
  for (const bundlePath of vanished) left.delete(toStorePath(storyId, bundlePath));
  const again = assembleStandalone({ state, strict }, left, exportedAt);
  await removeUnused(staging, copied, again.bundle);
  return { assembled: again, survey: left, files: copied };
}

/** Takes away copies of scenelets that can no longer be reached. */
async function removeUnused(staging: string, copied: ReadonlySet<string>, bundle: StoryBundle): Promise<void> {
  const used = assetPathsOf(bundle);
  for (const file of copied) if (!used.has(file)) await rm(path.join(staging, file));
}

function tell(log: Log, folder: string, report: BundleReport): void {
  for (const warning of report.warnings) log('warn', describeWarning(warning), { ...warning });
  log('info', `The player bundle is in ${folder}.`);
  for (const line of describeBundleReport({ ...report, warnings: [] })) log('info', line);
}
