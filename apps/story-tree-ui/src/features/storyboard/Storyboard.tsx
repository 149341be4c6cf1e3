'use client';

import { ReactFlowProvider } from '@xyflow/react';
import Network from 'lucide-react/icons/network';
import { TabEmpty, useStoryPage } from '../kit/index.ts';
import { StoryboardStage } from './StoryboardStage.tsx';

/**
 * The tree of a story's scenelets on a canvas, with an outline, a search and a panel about the chosen scenelet.
 *
 * It stands on the page of a story (`StoryProvider`) and takes everything from there: the story, what is being made of
 * it, and the address, in which `?scenelet=<label>` names the scenelet whose panel is open. It is as wide as its place
 * and brings its own height. It and React Flow are meant to be loaded when they are needed (`next/dynamic`).
 */
export function Storyboard() {
  const { tree } = useStoryPage();
  if (tree.roots.length === 0) {
    return (
      <TabEmpty task="CREATE_INTERACTIVE_SCRIPT" icon={Network} title="Nothing on the board yet">
        <p>Once the script is written, its scenelets grow here as a tree: every choice, every ending.</p>
      </TabEmpty>
    );
  }
  return (
    <ReactFlowProvider>
      <StoryboardStage />
    </ReactFlowProvider>
  );
}
