import { StoryTreeError, type VisualDesign, visualDesignSchema } from '@story-tree/domain';
import { fencedBlock } from './sections.ts';

/**
 * The visual design that the request holds, with its ids.
 *
 * @throws StoryTreeError `internal` when there is none or it is not one
 */
export function readVisualDesign(text: string): VisualDesign {
  const json = fencedBlock(text, 'visualDesign');
  const design = json === null ? null : visualDesignSchema.safeParse(JSON.parse(json)).data;
  if (design) return design;
  throw new StoryTreeError('internal', 'The stub needs the visual design in the request, and found none.');
}
