'use client';

import Clapperboard from 'lucide-react/icons/clapperboard';
import { useMemo } from 'react';
import { Button, PageBody, Select } from '../../components/index.ts';
import { speakerNames } from '../audio/voices.ts';
import {
  MakingNote,
  Segments,
  TabEmpty,
  TaskStatusNote,
  useAddressParam,
  useGrowingList,
  useStoryPage,
} from '../kit/index.ts';
import { SceneletShots } from './SceneletShots.tsx';
import { isShotFilter, type ShotFilter, shotGroups } from './shotGroups.ts';

const PICTURES = 'CREATE_SHOT_IMAGES';
const SPEECH = 'CREATE_SHOT_AUDIO';

/** Each adds several cards. */
const SCENELETS_AT_A_TIME = 6;

const FILTERS: readonly { value: ShotFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'without-picture', label: 'Without picture' },
  { value: 'without-speech', label: 'Without speech' },
];

export default function ShotsTab() {
  const { detail } = useStoryPage();
  if (detail.shots.length > 0) return <Shots />;
  return (
    <TabEmpty task="CREATE_SHOT_PRODUCTION" icon={Clapperboard} title="There are no shots yet">
      <p>Each scenelet is broken down into shots: what the camera sees, and what is said meanwhile.</p>
    </TabEmpty>
  );
}

function Shots() {
  const { detail, tree, shotsOf } = useStoryPage();
  const [label, setLabel] = useAddressParam('scenelet');
  const [wanted, setWanted] = useAddressParam('show');
  const filter = isShotFilter(wanted) ? wanted : 'all';
  const design = detail.story.audioDesignDocument;
  const speakers = useMemo(() => speakerNames(design), [design]);
  const groups = useMemo(() => shotGroups(tree, shotsOf, { label, filter }), [tree, shotsOf, label, filter]);
  const { shown, sentinel } = useGrowingList(groups, SCENELETS_AT_A_TIME);

  return (
    <PageBody className="space-y-8">
      <div className="space-y-4">
        <MakingNote tasks={['CREATE_SHOT_PRODUCTION', PICTURES, SPEECH]} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="flex min-w-0 flex-wrap items-center gap-3">
            <SceneletChooser label={label} onChoose={setLabel} />
            <Segments
              label="Which shots are shown"
              value={filter}
              options={FILTERS}
              onChange={(next) => setWanted(next === 'all' ? null : next)}
            />
          </div>
        </div>
        <MediaStatus />
      </div>
      {shown.map(({ scenelet, shots }) => (
        <SceneletShots key={scenelet.id} scenelet={scenelet} shots={shots} speakers={speakers} />
      ))}
      {sentinel}
      {groups.length === 0 && (
        <div className="space-y-3 py-10 text-center text-ink-soft">
          <p>No shots match.</p>
          <Button
            size="small"
            onClick={() => {
              setLabel(null);
              setWanted(null);
            }}
          >
            Show all shots
          </Button>
        </div>
      )}
    </PageBody>
  );
}

function SceneletChooser({ label, onChoose }: { label: string | null; onChoose(label: string | null): void }) {
  const { tree, shotsOf } = useStoryPage();
  const labels = useMemo(
    () =>
      tree
        .inOrder()
        .filter(({ id }) => shotsOf.has(id))
        .map((scenelet) => scenelet.label),
    [tree, shotsOf],
  );
  return (
    <Select
      aria-label="Scenelet"
      value={label ?? ''}
      onChange={(event) => onChoose(event.target.value || null)}
      className="w-48"
    >
      <option value="">All scenelets</option>
      {labels.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </Select>
  );
}

function MediaStatus() {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 text-sm">
      {[
        { name: 'Key frames', task: PICTURES },
        { name: 'Speech', task: SPEECH },
      ].map(({ name, task }) => (
        <div key={task} className="flex flex-wrap items-center gap-3">
          <dt className="text-ink-soft">{name}</dt>
          <dd>
            <TaskStatusNote task={task} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
