'use client';

import type { VisualDesign } from '@story-tree/domain';
import Palette from 'lucide-react/icons/palette';
import { Card, PageBody } from '../../components/index.ts';
import type { Wire } from '../../wire/index.ts';
import { counted, MakingNote, Section, TabEmpty, TaskStatusNote, useStoryPage } from '../kit/index.ts';
import { DesignCard } from './DesignCard.tsx';
import { characterView, environmentView } from './designViews.ts';
import { PaletteSwatches } from './PaletteSwatches.tsx';

const SHEETS = 'CREATE_CHARACTER_MODEL_SHEET';
const ENVIRONMENTS = 'CREATE_ENVIRONMENT_REFERENCE_IMAGE';
const TASKS = ['CREATE_VISUAL_DESIGN', 'CREATE_VISUAL_REFERENCE', SHEETS, ENVIRONMENTS];

export default function VisualTab() {
  const { detail } = useStoryPage();
  const design = detail.story.visualDesignDocument;
  if (design !== null) return <VisualDesignView design={design} />;
  return (
    <TabEmpty task="CREATE_VISUAL_DESIGN" icon={Palette} title="The story has no look yet">
      <p>The visual design gives it a style, a palette, and a face to every character and every place.</p>
    </TabEmpty>
  );
}

function VisualDesignView({ design }: { design: Wire<VisualDesign> }) {
  const { detail } = useStoryPage();
  const { visual_style: style, master_color_palette: palette } = design.global_aesthetic;
  return (
    <PageBody className="space-y-12">
      <MakingNote tasks={TASKS} />
      <Section title="Aesthetic">
        <div className="space-y-6">
          <div className="max-w-3xl">
            <h3 dir="auto" className="text-lg">
              {style.name}
            </h3>
            <p dir="auto" className="mt-1 whitespace-pre-line text-ink-soft">
              {style.description}
            </p>
          </div>
          <PaletteSwatches palette={palette} />
          <ReferenceNote />
        </div>
      </Section>
      <Section
        title="Characters"
        note={counted(design.character_designs.length, 'character')}
        actions={<TaskStatusNote task={SHEETS} />}
      >
        <div className="grid gap-6 md:grid-cols-2">
          {design.character_designs.map((character) => (
            <DesignCard key={character.character_id} task={SHEETS} view={characterView(character, detail)} />
          ))}
        </div>
      </Section>
      <Section
        title="Environments"
        note={counted(design.environment_designs.length, 'environment')}
        actions={<TaskStatusNote task={ENVIRONMENTS} />}
      >
        <div className="grid gap-6 md:grid-cols-2">
          {design.environment_designs.map((environment) => (
            <DesignCard
              key={environment.environment_id}
              task={ENVIRONMENTS}
              view={environmentView(environment, detail)}
            />
          ))}
        </div>
      </Section>
    </PageBody>
  );
}

/** Offers to make the visual reference until it exists: pictures can be made without it, but are better with it. */
export function ReferenceNote() {
  const { detail } = useStoryPage();
  if (detail.story.visualReferencePackage !== null) return null;
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <p className="min-w-60 flex-1 text-ink-soft text-sm">
        A visual reference puts all of this into exact prompts, so that people and places look the same in every
        picture.
      </p>
      <TaskStatusNote task="CREATE_VISUAL_REFERENCE" />
    </Card>
  );
}
