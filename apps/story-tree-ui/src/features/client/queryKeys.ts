/**
 * Where responses of the server are cached. Everything about one story is below `story(id)`, so that one invalidation
 * reaches all of it when a task has made something.
 */
export const queryKeys = {
  health: ['health'] as const,
  stories: ['stories'] as const,
  everyStory: ['story'] as const,
  story: (storyId: string) => ['story', storyId] as const,
  storyDetail: (storyId: string) => ['story', storyId, 'detail'] as const,
  constitutionVersions: (storyId: string) => ['story', storyId, 'constitution-versions'] as const,
  chat: (storyId: string) => ['story', storyId, 'chat'] as const,
  storyEstimate: (storyId: string, path: string) => ['story', storyId, 'estimate', path] as const,
  estimate: (path: string) => ['estimate', path] as const,
  costs: (storyId: string) => ['story', storyId, 'costs'] as const,
  shotRequests: (storyId: string, shotId: string) => ['story', storyId, 'shot-requests', shotId] as const,
  tasks: ['tasks'] as const,
  unfinishedTasks: (time: number) => ['unfinished-tasks', time] as const,
  allTasks: ['tasks', 'all'] as const,
  storyTasks: (storyId: string) => ['tasks', 'story', storyId] as const,
  task: (taskId: string) => ['tasks', 'one', taskId] as const,
};
