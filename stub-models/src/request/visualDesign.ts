import { StoryTreeError, type VisualDesign, visualDesignSchema } from '@story-tree/domain';
import { fencedBlock } from './sections.ts';

/**
 * The visual design in the request, with its ids.
 *
 * @throws StoryTreeError `internal` if there is none, or it is not valid
 */
export function readVisualDesign(text: string): VisualDesign {
  const json = fencedBlock(text, 'visualDesign');
  const design = json === null ? null : visualDesignSchema.safeParse(JSON.parse(json)).data;
  if (design) return design;
  throw new StoryTreeError('internal', 'The stub needs the visual design in the request, and found none.');
}
