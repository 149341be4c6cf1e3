import type { Part } from './part.ts';

/** The programs that make up Story Tree. @param variables what the app is told beyond the environment */
export function storyTreeParts(variables: Part['variables']): Part[] {
  return [
    {
      name: 'worker',
      title: 'The worker',
      script: new URL('../../task-worker/src/worker/main.ts', import.meta.url),
      variables: () => ({}),
    },
    {
      name: 'app',
      title: 'The web app',
      script: new URL('../../apps/story-tree-ui/server.ts', import.meta.url),
      variables,
    },
  ];
}
