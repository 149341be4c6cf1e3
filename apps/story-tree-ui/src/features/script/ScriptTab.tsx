'use client';

import BookOpen from 'lucide-react/icons/book-open';
import Braces from 'lucide-react/icons/braces';
import FileText from 'lucide-react/icons/file-text';
import dynamic from 'next/dynamic';
import { PageBody, SkeletonText } from '../../components/index.ts';
import { counted, MakingNote, Segments, TabEmpty, useAddressParam, useStoryPage } from '../kit/index.ts';
import { PathReader } from './PathReader.tsx';

const ScriptYaml = dynamic(() => import('./ScriptYaml.tsx'), { loading: () => <SkeletonText lines={12} /> });

const TASK = 'CREATE_INTERACTIVE_SCRIPT';

export default function ScriptTab() {
  const { detail } = useStoryPage();
  const [view, setView] = useAddressParam('view');
  if (detail.scenelets.length === 0) {
    return (
      <TabEmpty task={TASK} icon={FileText} title="The script has not been written yet">
        <p>
          It tells the story scenelet by scenelet, with its dialogue, and branches wherever there is a choice to make.
        </p>
      </TabEmpty>
    );
  }
  return (
    <PageBody className="space-y-6">
      <MakingNote tasks={[TASK]} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ScriptFacts />
        <Segments
          label="How the script is shown"
          value={view === 'yaml' ? 'yaml' : 'read'}
          onChange={(next) => setView(next === 'read' ? null : next)}
          options={[
            { value: 'read', label: 'Read', icon: BookOpen },
            { value: 'yaml', label: 'YAML', icon: Braces },
          ]}
        />
      </div>
      {view === 'yaml' ? <ScriptYaml /> : <PathReader />}
    </PageBody>
  );
}

function ScriptFacts() {
  const { detail } = useStoryPage();
  const count = (holds: (scenelet: (typeof detail.scenelets)[number]) => boolean) =>
    detail.scenelets.filter(holds).length;
  const facts = [
    counted(detail.scenelets.length, 'scenelet'),
    counted(
      count(({ isBranchPoint }) => isBranchPoint),
      'choice',
    ),
    counted(
      count(({ isTerminalNode }) => isTerminalNode),
      'ending',
    ),
  ];
  return <p className="text-ink-soft text-sm">{facts.join(' · ')}</p>;
}
