import { type AudioDesign, type AudioLine, NARRATOR_ID, StoryTreeError } from '@story-tree/domain';
import type { SpeechRequest } from '../../models/ports.ts';
import { promptFile } from '../../prompting/promptFile.ts';

interface Voice {
  character_id: string;
  voice_name: string;
  voice_profile: string;
}

/** The sources of a shot's lines, in the order in which they first speak. */
export function sourcesOf(lines: readonly AudioLine[]): string[] {
  return [...new Set(lines.map((line) => line.source))];
}

/**
 * The request for one shot: only the voices that speak in it, and its lines.
 *
 * @param where names the shot in messages
 * @throws StoryTreeError `invalid_input` if three or more speak, nobody speaks, or a speaker has no voice profile
 */
export function speechRequest(
  where: string,
  lines: readonly AudioLine[],
  design: AudioDesign,
): Pick<SpeechRequest, 'prompt' | 'speakers'> {
  const [first, second, ...more] = sourcesOf(lines).map((source) => voiceOf(source, where, design));
  if (first === undefined) throw new StoryTreeError('invalid_input', `${where}: there is no line to speak.`);
  if (more.length > 0) throw tooManySpeakers(where, more.length + 2);
  return {
    prompt: speechPrompt(second ? [first, second] : [first], lines),
    speakers: second ? [speaker(first), speaker(second)] : [speaker(first)],
  };
}

function speaker({ character_id, voice_name }: Voice) {
  return { name: character_id, voiceName: voice_name };
}

function speechPrompt(voices: readonly Voice[], lines: readonly AudioLine[]): string {
  return [
    promptFile(import.meta.url),
    `VOICES\n${voices.map((voice) => `${voice.character_id}: ${oneLine(voice.voice_profile)}`).join('\n')}`,
    `TRANSCRIPT\n${lines.map(({ source, line }) => `${source}: ${oneLine(line)}`).join('\n')}`,
  ].join('\n\n');
}

/** A line break inside a line would start another speaker's turn. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function voiceOf(source: string, where: string, design: AudioDesign): Voice {
  const voice =
    source === NARRATOR_ID
      ? design.narrator_voice_profile
      : design.character_voice_profiles.find((profile) => profile.character_id === source);
  if (voice) return voice;
  throw new StoryTreeError(
    'invalid_input',
    `${where}: "${source}" has no voice profile in the audio design. Run CREATE_AUDIO_DESIGN with "override".`,
  );
}

function tooManySpeakers(where: string, count: number): StoryTreeError {
  return new StoryTreeError(
    'invalid_input',
    `${where}: ${count} speakers in one shot, but speech can be made for at most two. ` +
      'Run CREATE_SHOT_PRODUCTION with "override" and "cascade" to regenerate the shots.',
  );
}
