export { FailureNote } from './failure/FailureNote.tsx';
export { failureAdvice } from './failure/failureAdvice.ts';
export { useWatchedTask } from './news/watchedTasks.ts';
export { openTaskDrawer } from './taskDrawerState.ts';
export { useCancelTask } from './useCancelTask.ts';
export { useFollowTail } from './useFollowTail.ts';
export { useIsPhone } from './useIsPhone.ts';
