import { jsonOf, runCli, SMALL_STORY, type Workplace } from '@story-tree/testkit/programs/cli.ts';

/** Makes a small story with everything that belongs to it. @returns its id */
export async function makeStory({ variables }: Workplace): Promise<string> {
  const args = ['run-all', '--prompt', 'A door in the sea', '--mode', 'stub', '--json'];
  const run = await runCli(args, { ...variables, ...SMALL_STORY });
  return String(jsonOf(run).storyId);
}
