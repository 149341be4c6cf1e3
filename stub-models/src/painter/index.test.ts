import type { AspectRatio } from '@story-tree/agent-backend';
import type { VisualDesign } from '@story-tree/domain';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createStubModels } from '../index.ts';
import { answer, imageRequest, inTree, inVisualDesign, textRequest, withIds, writeScript } from '../testRequests.ts';
import { paint } from './index.ts';

interface ShotsReply {
  shots: { storyboard_entry: { referenced_designs: { characters: string[]; environments: string[] } } }[];
}

let design: VisualDesign;
/** The assembled prompt of every key frame of the sample. */
const keyFrames: Record<string, unknown>[] = [];

beforeAll(async () => {
  const models = createStubModels();
  const tree = await writeScript(models);
  design = withIds(await answer(models, textRequest('CREATE_VISUAL_DESIGN', inTree(tree))));
  for (const { id } of tree) {
    const parts = [inTree(tree), inVisualDesign(design), `Target: ${id}`];
    const { shots } = await answer<ShotsReply>(models, textRequest('CREATE_SHOT_PRODUCTION', ...parts));
    for (const { storyboard_entry: storyboard } of shots) {
      const { characters, environments } = storyboard.referenced_designs;
      keyFrames.push({
        global_aesthetic: design.global_aesthetic,
        character_designs: design.character_designs.filter(({ character_id }) => characters.includes(character_id)),
        environment_designs: design.environment_designs.filter(({ environment_id }) =>
          environments.includes(environment_id),
        ),
        storyboard,
      });
    }
  }
});

const sketch = (prompt: unknown) => paint(imageRequest('CREATE_SHOT_IMAGES', prompt), 'sketch');
const sizeOf = async (png: Uint8Array) => {
  const { format, height, width } = await sharp(png).metadata();
  return { format, height, width };
};

describe('paint', () => {
  it('draws something for any request', async () => {
    const size = { format: 'png', width: 640, height: 360 };
    for (const prompt of [
      '',
      'no JSON',
      '[]',
      'null',
      '{"storyboard":7,"character_designs":[3],"global_aesthetic":"x"}',
    ]) {
      const request = { ...imageRequest('CREATE_SHOT_IMAGES', {}), prompt };
      expect(await sizeOf(await paint(request, 'sketch'))).toEqual(size);
    }
    const hostile = '</svg><script>alert("x")</script>&<!--';
    const character = { character_id: hostile, character_name: hostile, role: hostile, detailed_description: {} };
    expect(await sizeOf(await sketch({ character_designs: Array(6).fill(character), storyboard: {} }))).toEqual(size);
  });

  it.each([
    ['16:9', 1280, 720],
    ['1:1', 1024, 1024],
    ['9:16', 720, 1280],
  ] satisfies [AspectRatio, number, number][])('keeps to the ratio %s', async (aspectRatio, width, height) => {
    const request = { ...imageRequest('CREATE_SHOT_IMAGES', keyFrames[0]), aspectRatio };
    expect(await sizeOf(await paint(request, 'full'))).toEqual({ format: 'png', width, height });
  });

  it('draws every shot of the sample differently', async () => {
    const pictures = new Set<string>();
    for (const prompt of keyFrames) pictures.add(Buffer.from(await sketch(prompt)).toString('base64'));
    expect(keyFrames.length).toBeGreaterThan(40);
    expect(pictures.size).toBe(keyFrames.length);
  });

  it('gives the same bytes for the same request', async () => {
    const request = imageRequest('CREATE_SHOT_IMAGES', keyFrames[1]);
    expect(Buffer.from(await paint(request, 'full')).equals(Buffer.from(await paint(request, 'full')))).toBe(true);
  });

  it('reads the storyboard at the top level just as well', async () => {
    const { storyboard, ...rest } = keyFrames[1] as { storyboard: object };
    const [nested, flat] = await Promise.all([sketch({ ...rest, storyboard }), sketch({ ...rest, ...storyboard })]);
    const difference = await meanDifference(nested, flat);
    const empty = await meanDifference(nested, await sketch(rest));
    expect(difference).toBeLessThan(empty);
  });
});

/** How far two pictures are apart, from 0 to 255, over all their points. */
async function meanDifference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((png) => sharp(png).raw().toBuffer()));
  if (a === undefined || b === undefined) throw new Error('nothing was drawn');
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
  return sum / a.length;
}

/** The share of points that are close to a colour. */
async function shareOf(png: Uint8Array, [red, green, blue]: readonly [number, number, number]): Promise<number> {
  const points = await sharp(png).removeAlpha().raw().toBuffer();
  let found = 0;
  for (let at = 0; at < points.length; at += 3) {
    const distance = Math.hypot((points[at] ?? 0) - red, (points[at + 1] ?? 0) - green, (points[at + 2] ?? 0) - blue);
    if (distance < 60) found += 1;
  }
  return found / (points.length / 3);
}

describe('what a picture shows', () => {
  const bodyOf = (colour: string) => ({
    character_id: 'someone',
    character_name: 'Someone',
    role: '',
    detailed_description: { facial_features: 'black hair', physique: 'a broad man', attire: `a ${colour} coat` },
  });
  const close = (colour: string, palette: string[] = []) => ({
    global_aesthetic: { master_color_palette: palette.map((hex_code) => ({ hex_code })) },
    character_designs: [bodyOf(colour)],
    storyboard: { framing_and_angle: 'Medium shot', lighting_and_atmosphere: 'clear day' },
  });

  it('wears what the design says', async () => {
    const [red, green] = await Promise.all([sketch(close('red')), sketch(close('green'))]);
    expect(await shareOf(red, [191, 66, 56])).toBeGreaterThan(0.05);
    expect(await shareOf(green, [79, 138, 85])).toBeGreaterThan(0.05);
    expect(await shareOf(green, [191, 66, 56])).toBeLessThan(0.02);
  });

  it('takes its colours from the palette', async () => {
    const [cool, warm] = await Promise.all([
      sketch(close('red', ['#0b3d91', '#7fb2ff', '#e8f1ff'])),
      sketch(close('red', ['#5c1a00', '#ff9e4a', '#fff0d8'])),
    ]);
    expect(await meanDifference(cool, warm)).toBeGreaterThan(8);
  });

  it('is dark at night and full of somebody in a close-up', async () => {
    const at = (framing_and_angle: string, lighting_and_atmosphere: string) =>
      sketch({ ...close('red'), storyboard: { framing_and_angle, lighting_and_atmosphere } });
    const brightness = async (png: Uint8Array) => (await sharp(png).greyscale().stats()).channels[0]?.mean ?? 0;
    const [day, night, near, far] = await Promise.all([
      at('Wide shot', 'clear day'),
      at('Wide shot', 'night'),
      at('Close-up', 'clear day'),
      at('Extreme wide shot', 'clear day'),
    ]);
    expect(await brightness(night)).toBeLessThan((await brightness(day)) - 40);
    expect(await shareOf(near, [191, 66, 56])).toBeGreaterThan(5 * (await shareOf(far, [191, 66, 56])));
  });

  it('is a sheet for a character, and an empty place for an environment', async () => {
    const [character, place] = [design.character_designs[0], design.environment_designs[1]];
    const { global_aesthetic } = design;
    const sheet = await paint(
      imageRequest('CREATE_CHARACTER_MODEL_SHEET', { global_aesthetic, character_design: character }),
      'full',
    );
    const view = await paint(
      imageRequest('CREATE_ENVIRONMENT_REFERENCE_IMAGE', { global_aesthetic, environment_design: place }),
      'full',
    );
    expect(await sizeOf(sheet)).toEqual({ format: 'png', width: 1280, height: 720 });
    expect(await sizeOf(view)).toEqual({ format: 'png', width: 1280, height: 720 });
    expect(await meanDifference(sheet, view)).toBeGreaterThan(20);
  });
});
