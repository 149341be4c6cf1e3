'use client';

import ChevronDown from 'lucide-react/icons/chevron-down';
import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import CircleDotDashed from 'lucide-react/icons/circle-dot-dashed';
import Sparkles from 'lucide-react/icons/sparkles';
import WandSparkles from 'lucide-react/icons/wand-sparkles';
import { useState } from 'react';
import { Button, type Icon, Menu, MenuGroup, MenuItem, MenuSeparator } from '../../components/index.ts';
import type { WorkflowTaskState, WorkflowTaskStatus } from '../../wire/index.ts';
import { RewriteDialog } from '../constitution/RewriteDialog.tsx';
import {
  isComplete,
  MAKE_EVERYTHING,
  MakeEverythingDialog,
  statusWords,
  useStoryAction,
  useStoryPage,
  useStoryWork,
  workflowActions,
} from '../kit/index.ts';
import { TaskDialog } from './TaskDialog.tsx';

const STATUS_ICONS: Record<WorkflowTaskStatus, Icon> = {
  done: (props) => <CircleCheck {...props} className="mt-0.5 shrink-0 text-good" />,
  outdated: (props) => <CircleDotDashed {...props} className="mt-0.5 shrink-0 text-warn" />,
  partial: (props) => <CircleDotDashed {...props} className="mt-0.5 shrink-0 text-warn" />,
  possible: (props) => <Circle {...props} className="mt-0.5 shrink-0 text-accent" />,
  blocked: CircleDashed,
};

/** Every workflow task with its state; choosing one makes what is missing, or asks what to do. */
export function RunTaskMenu() {
  const { detail } = useStoryPage();
  const { lock } = useStoryWork();
  const { submit, isPending } = useStoryAction();
  const [chosen, setChosen] = useState<string | null>(null);
  const state = detail.workflow.find(({ task }) => task === chosen);
  const isRewritten = state?.task === 'CREATE_CONSTITUTION' && state.status === 'done';
  const close = () => setChosen(null);

  function choose(wanted: WorkflowTaskState) {
    const [first] = workflowActions(wanted, detail);
    // Costs nothing and removes nothing that is still of use: no question is needed.
    if (wanted.status !== 'done' && first?.request.operation === 'BUILD_PLAYER_BUNDLE') submit(first.request);
    else setChosen(wanted.task);
  }

  return (
    <>
      <Menu
        trigger={
          <Button variant="primary" icon={WandSparkles} loading={isPending}>
            Run task
            <ChevronDown size={16} className="-me-1" />
          </Button>
        }
      >
        <MenuItem
          icon={Sparkles}
          disabled={lock !== null || isComplete(detail)}
          detail={lock ?? (isComplete(detail) ? 'Nothing is missing.' : 'Everything that is missing, up to the player')}
          onSelect={() => setChosen(MAKE_EVERYTHING.payload.task)}
        >
          Make everything
        </MenuItem>
        <MenuSeparator />
        <MenuGroup label="One task">
          {detail.workflow.map((each) => (
            <MenuItem
              key={each.task}
              icon={STATUS_ICONS[each.status]}
              detail={statusWords(each)}
              disabled={lock !== null || each.status === 'blocked'}
              onSelect={() => choose(each)}
            >
              {each.title}
            </MenuItem>
          ))}
        </MenuGroup>
      </Menu>
      {chosen === MAKE_EVERYTHING.payload.task && <MakeEverythingDialog onClose={close} />}
      {isRewritten && <RewriteDialog onClose={close} />}
      {state && !isRewritten && <TaskDialog state={state} onClose={close} />}
    </>
  );
}
