export { announce, onAnnouncement } from './announce.ts';
export { EstimateNote } from './EstimateNote.tsx';
export { FailureNote } from './FailureNote.tsx';
export { failureAdvice } from './failureAdvice.ts';
export { useFreshAddress, useNoteMadeFiles } from './freshFiles.ts';
export { complaintOf, type Limit, LimitField, limitOf } from './LimitField.tsx';
export { lossesOfDeletion } from './losses.ts';
export { MakeEverythingDialog } from './MakeEverythingDialog.tsx';
export { ForOperators, OperatorProvider, useIsOperator } from './operators.tsx';
export { Picture } from './Picture.tsx';
export { pictureSources } from './pictureSources.ts';
export { progressTone } from './progressTone.ts';
export { ReasonedButton } from './ReasonedButton.tsx';
export { RegenerateButton } from './RegenerateButton.tsx';
export { SceneletLink } from './SceneletLink.tsx';
export { Scrollable, Section } from './Section.tsx';
export { Segments } from './Segments.tsx';
export { type StoryPage, StoryProvider, useStoryPage, useStoryWork } from './storyContext.tsx';
export { counted, listed, type StoryShot } from './storyParts.ts';
export { bestTab, isStoryTab, STORY_TABS, type StoryTabId, storyHref } from './storyTabs.ts';
export { TabEmpty, TabSkeleton } from './TabEmpty.tsx';
export { MakingNote, TaskStatusNote } from './TaskNotes.tsx';
export { closeTaskDrawer, openTaskDrawer, useTaskDrawerState } from './taskDrawerState.ts';
export { useAddressParam } from './useAddressParam.ts';
export { useCancelTask } from './useCancelTask.ts';
export { useFollowTail } from './useFollowTail.ts';
export { useGrowingList } from './useGrowingList.tsx';
export { useIsPhone } from './useIsPhone.ts';
export { useShotRequests, useStories, useStory } from './useStories.ts';
export { useStoryAction } from './useStoryAction.ts';
export { useRefusalToast, useSubmitTask } from './useSubmitTask.ts';
export { isWatched, useWatchedTask } from './watchedTasks.ts';
export {
  isAllThere,
  isComplete,
  MAKE_EVERYTHING,
  statusWords,
  type WorkflowAction,
  workflowActions,
} from './workflowActions.ts';
