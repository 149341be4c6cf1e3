/** The paths of a story's files, decided only here: relative, with forward slashes, as rows store them. */

/** The folder of all files of a story. */
export const storyFolder = (storyId: string) => `generated/${storyId}`;

/** The key frame of a shot, a PNG. */
export const keyFramePath = (storyId: string, sceneletLabel: string, shotIndex: number) =>
  `${storyFolder(storyId)}/shots/${sceneletLabel}/${shotIndex}_key_frame.png`;

/** The speech of a shot, a WAV. */
export const speechPath = (storyId: string, sceneletLabel: string, shotIndex: number) =>
  `${storyFolder(storyId)}/shots/${sceneletLabel}/${shotIndex}_audio.wav`;

/** The model sheet of a character, a PNG. */
export const characterSheetPath = (storyId: string, characterId: string) =>
  `${storyFolder(storyId)}/visuals/characters/${characterId}/character-model-sheet.png`;

/** The reference image of an environment, a PNG. */
export const environmentImagePath = (storyId: string, environmentId: string) =>
  `${storyFolder(storyId)}/visuals/environments/${environmentId}/environment-reference.png`;

/** The music of a cue, an M4A file that a person supplies. */
export const musicPath = (storyId: string, cueName: string) => `${storyFolder(storyId)}/music/${cueName}.m4a`;
