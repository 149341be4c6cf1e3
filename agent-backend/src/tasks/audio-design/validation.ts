import type { AudioDesign, AudioDesignReply, Issue, Scenelet, VisualDesign } from '@story-tree/domain';
import { normalizeNameToId } from '../visual-design/utils.ts';
import { unknownScenelets } from '../visual-design/validation.ts';

/** Every character of the visual design needs exactly one profile; cues may name only existing scenelets. */
export function validateAudioDesign(
  reply: AudioDesignReply,
  design: VisualDesign,
  scenelets: readonly Scenelet[],
): Issue[] {
  const wanted = Map.groupBy(design.character_designs, (character) => normalizeNameToId(character.character_name));
  const given = Map.groupBy(reply.character_voice_profiles, (profile) => normalizeNameToId(profile.character_name));
  const counts = [...new Set([...wanted.keys(), ...given.keys()])].map((key) => ({
    name: wanted.get(key)?.[0]?.character_name ?? given.get(key)?.[0]?.character_name ?? key,
    wanted: wanted.get(key)?.length ?? 0,
    given: given.get(key)?.length ?? 0,
  }));
  return [
    ...counts
      .filter((count) => count.wanted !== count.given)
      .map((count) => ({
        path: 'character_voice_profiles',
        message: `"${count.name}" needs ${count.wanted} voice profile(s) and has ${count.given}`,
      })),
    ...unknownScenelets('music_and_ambience_cues', reply.music_and_ambience_cues, scenelets),
  ];
}

/** Gives every profile the id of its character; profiles with equal names get the ids of those characters in order. */
export function withCharacterIds(reply: AudioDesignReply, design: VisualDesign): AudioDesign {
  const idsByName = Map.groupBy(design.character_designs, (character) => normalizeNameToId(character.character_name));
  return {
    ...reply,
    character_voice_profiles: reply.character_voice_profiles.map((profile) => {
      const name = normalizeNameToId(profile.character_name);
      return { character_id: idsByName.get(name)?.shift()?.character_id ?? name, ...profile };
    }),
  };
}
