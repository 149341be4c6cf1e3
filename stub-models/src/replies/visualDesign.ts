import type { TextRequest } from '@story-tree/agent-backend';
import type { VisualDesignReply } from '@story-tree/domain';
import { firstTurn } from '../request/sections.ts';
import { sameName, speakersOf } from '../request/spoken.ts';
import { readTree, type TreeScenelet } from '../request/tree.ts';
import { SAMPLE_CAST } from '../sample/cast.ts';
import { SAMPLE_AESTHETIC } from '../sample/look.ts';
import { SAMPLE_PLACES } from '../sample/places.ts';
import { SAMPLE_SCENELETS } from '../sample/story/index.ts';
import { inventedCharacter, inventedPlaces } from './inventedDesigns.ts';

type CharacterDesign = VisualDesignReply['character_designs'][number];
type EnvironmentDesign = VisualDesignReply['environment_designs'][number];

function characterDesign(name: string, labels: string[]): CharacterDesign {
  const known = SAMPLE_CAST.find((design) => sameName(design.name, name));
  if (known === undefined) return inventedCharacter(name, labels);
  return {
    character_name: name,
    role: known.role,
    detailed_description: { facial_features: known.face, physique: known.physique, attire: known.attire },
    associated_scenelet_ids: labels,
  };
}

/** Everyone who speaks; a story without dialogue still gets somebody to look at. */
function characterDesigns(tree: readonly TreeScenelet[]): CharacterDesign[] {
  const designs = [...speakersOf(tree)].map(([name, labels]) => characterDesign(name, labels));
  if (designs.length > 0) return designs;
  return [
    inventedCharacter(
      'The Traveller',
      tree.map(({ id }) => id),
    ),
  ];
}

/** Whether the tree is the sample story's: its scenelets, spoken by its cast. */
function isSample(tree: readonly TreeScenelet[]): boolean {
  const cast = [...speakersOf(tree).keys()];
  return (
    tree.every(({ id }) => SAMPLE_SCENELETS.has(id)) &&
    cast.length > 0 &&
    cast.every((name) => SAMPLE_CAST.some((design) => sameName(design.name, name)))
  );
}

function samplePlaces(tree: readonly TreeScenelet[]): EnvironmentDesign[] {
  const playsAt = (label: string, place: string) =>
    SAMPLE_SCENELETS.get(label)?.shots.some((shot) => shot.place === place) ?? false;
  return SAMPLE_PLACES.map((place) => ({
    environment_name: place.name,
    detailed_description: {
      overall_description: place.overall,
      key_elements: [...place.elements],
      lighting_and_atmosphere: place.light,
      color_tones: place.colours,
    },
    associated_scenelet_ids: tree.map(({ id }) => id).filter((label) => playsAt(label, place.name)),
  }));
}

/** The visual design for the tree in the request: the sample's, or one invented for the characters in it. */
export function visualDesignReply(request: TextRequest): VisualDesignReply {
  const tree = readTree(firstTurn(request));
  return {
    global_aesthetic: {
      visual_style: { ...SAMPLE_AESTHETIC.visual_style },
      master_color_palette: SAMPLE_AESTHETIC.master_color_palette.map((colour) => ({ ...colour })),
    },
    character_designs: characterDesigns(tree),
    environment_designs: isSample(tree) ? samplePlaces(tree) : inventedPlaces(tree),
  };
}
