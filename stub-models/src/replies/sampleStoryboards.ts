import { type StoryboardEntry, type VisualDesign, withoutPerformanceNotes } from '@story-tree/domain';
import { isNarrator, sameName } from '../request/spoken.ts';
import type { TreeScenelet } from '../request/tree.ts';
import { SAMPLE_SCENELETS } from '../sample/story/index.ts';
import type { SampleScenelet, SampleShot } from '../sample/types.ts';
import { audioLine, characterIdOf } from './audioLines.ts';

/** Whether the same people still speak in the same order; their words may have changed. */
function hasSameSpeakers(written: SampleScenelet, scenelet: TreeScenelet): boolean {
  const speakers = written.shots.flatMap((shot) => shot.lines.map(([speaker]) => speaker));
  return (
    speakers.length === scenelet.dialogue.length &&
    speakers.every((speaker, index) => sameName(speaker, scenelet.dialogue[index]?.character ?? ''))
  );
}

/** The ids of all names, or null if the design lacks one. */
function idsOf(names: readonly string[], idOf: (name: string) => string | null): string[] | null {
  const ids = names.map(idOf).filter((id) => id !== null);
  return ids.length === names.length ? ids : null;
}

function environmentIdOf(design: VisualDesign, name: string): string | null {
  return design.environment_designs.find((place) => sameName(place.environment_name, name))?.environment_id ?? null;
}

function storyboard(shot: SampleShot, said: TreeScenelet['dialogue'], design: VisualDesign): StoryboardEntry | null {
  const speakers = shot.lines.map(([speaker]) => speaker).filter((speaker) => !isNarrator(speaker));
  const characters = idsOf(shot.cast, (name) => characterIdOf(design, name));
  const environments = idsOf([shot.place], (name) => environmentIdOf(design, name));
  const heard = idsOf(speakers, (name) => characterIdOf(design, name));
  if (characters === null || environments === null || heard === null) return null;
  return {
    framing_and_angle: shot.framing,
    composition_and_content: shot.content,
    character_action_and_emotion: shot.action,
    camera_dynamics: shot.camera,
    lighting_and_atmosphere: shot.light,
    continuity_notes: shot.continuity,
    referenced_designs: { characters, environments },
    audio_and_narrative: shot.lines.map(([speaker, words], index) => {
      const line = said[index]?.line ?? words;
      return audioLine(design, speaker, withoutPerformanceNotes(words) === line ? words : line);
    }),
  };
}

/** The shots as written for the sample, or null if the scenelet or the designs no longer fit them. */
export function sampleStoryboards(scenelet: TreeScenelet, design: VisualDesign): StoryboardEntry[] | null {
  const written = SAMPLE_SCENELETS.get(scenelet.id);
  if (written === undefined || !hasSameSpeakers(written, scenelet)) return null;
  let next = 0;
  const entries: StoryboardEntry[] = [];
  for (const shot of written.shots) {
    const entry = storyboard(shot, scenelet.dialogue.slice(next, next + shot.lines.length), design);
    if (entry === null) return null;
    next += shot.lines.length;
    entries.push(entry);
  }
  return entries;
}
