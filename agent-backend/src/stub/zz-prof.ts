import sharp from 'sharp';
import { createStubModels } from './index.ts';
import { writeScript, withIds, answer, textRequest, inTree, inVisualDesign } from './testRequests.ts';
import { readBrief } from './painter/brief.ts';
import { drawKeyFrame } from './painter/keyFrame.ts';
import { createInk } from './painter/ink.ts';
import { paletteOf } from './painter/palette.ts';
import { moodOf } from './painter/mood.ts';
import { randomFrom } from './seed.ts';
const models = createStubModels();
const tree = await writeScript(models);
const design = withIds(await answer(models, textRequest('CREATE_VISUAL_DESIGN', inTree(tree))));
const cpu = async (name: string, f: () => any) => { await f(); const t = process.cpuUsage(); let r; for (let i=0;i<4;i++) r = await f(); const u = process.cpuUsage(t); console.log('  ', name, ((u.user + u.system) / 4000).toFixed(0)); return r; };
for (const [id, k] of [['scenelet-1', 0], ['scenelet-1', 1], ['scenelet-6ba', 1]] as const) {
  console.log(id, k);
  const reply: any = await answer(models, textRequest('CREATE_SHOT_PRODUCTION', inTree(tree), inVisualDesign(design), `Target: ${id}`));
  const storyboard = reply.shots[k].storyboard_entry;
  const prompt = JSON.stringify({ global_aesthetic: design.global_aesthetic, character_designs: design.character_designs.filter((c) => storyboard.referenced_designs.characters.includes(c.character_id)), environment_designs: design.environment_designs.filter((c) => storyboard.referenced_designs.environments.includes(c.environment_id)), storyboard });
  const { layers, defs } = await cpu('draw', () => {
    const brief = readBrief(prompt); const ink = createInk(); const palette = paletteOf(brief.colours);
    const stage: any = { width: 1280, height: 720, detail: 'full', ink, palette, mood: moodOf(storyboard.lighting_and_atmosphere, palette, 1), placeRandom: randomFrom('p'), shotRandom: randomFrom('s'), text: storyboard.composition_and_content };
    const layers = drawKeyFrame(stage, brief.subject as any); return { layers, defs: ink.definitions() };
  });
  for (const l of layers) {
    await cpu(`layer blur ${l.blur} ${(l.svg.length/1024).toFixed(0)}KB svg`, () => sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${1280 / l.blur}" height="${720 / l.blur}" viewBox="0 0 1280 720">${defs}${l.svg}</svg>`)).raw().toBuffer());
  }
  console.log('   defs', (defs.length / 1024).toFixed(0) + 'KB');
}
