import type { SpeechRequest } from '@story-tree/agent-backend';
import { withoutPerformanceNotes } from '@story-tree/domain';

/** Words spoken by one voice. */
export interface Utterance {
  voiceName: string;
  words: string;
}

/** The lines after `TRANSCRIPT`, without performance notes; a line without a speaker goes to the first one. */
export function readTranscript({ prompt, speakers }: SpeechRequest): Utterance[] {
  const marker = /^TRANSCRIPT *$/m.exec(prompt);
  const transcript = marker === null ? prompt : prompt.slice(marker.index + marker[0].length);
  return transcript
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const speaker = speakers.find(({ name }) => line.startsWith(`${name}:`));
      const words = speaker === undefined ? line : line.slice(speaker.name.length + 1);
      return { voiceName: (speaker ?? speakers[0]).voiceName, words: withoutPerformanceNotes(words) };
    });
}
