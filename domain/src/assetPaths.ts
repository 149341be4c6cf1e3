/** Where a story's files live: the one place that knows. All are relative, with forward slashes, as rows keep them. */

export const storyFolder = (storyId: string) => `generated/${storyId}`;

export const keyFramePath = (storyId: string, sceneletLabel: string, shotIndex: number) =>
  `${storyFolder(storyId)}/shots/${sceneletLabel}/${shotIndex}_key_frame.png`;

export const speechPath = (storyId: string, sceneletLabel: string, shotIndex: number) =>
  `${storyFolder(storyId)}/shots/${sceneletLabel}/${shotIndex}_audio.wav`;

export const characterSheetPath = (storyId: string, characterId: string) =>
  `${storyFolder(storyId)}/visuals/characters/${characterId}/character-model-sheet.png`;

export const environmentImagePath = (storyId: string, environmentId: string) =>
  `${storyFolder(storyId)}/visuals/environments/${environmentId}/environment-reference.png`;

export const musicPath = (storyId: string, cueName: string) => `${storyFolder(storyId)}/music/${cueName}.m4a`;
