import sharp from 'sharp';
import { paint } from './painter/index.ts';
import { createStubModels } from './index.ts';
import { writeScript, withIds, answer, textRequest, inTree, inVisualDesign, imageRequest } from './testRequests.ts';
const models = createStubModels();
const tree = await writeScript(models);
const design = withIds(await answer(models, textRequest('CREATE_VISUAL_DESIGN', inTree(tree))));
const only = process.argv.slice(2);
const mode = only[0] === 'sketch' ? 'sketch' : 'full';
const tiles: any[] = []; let i = 0; let cpu = 0, max = 0, bytes = 0; const names: string[] = [];
async function add(name: string, req: any) {
  const t = process.cpuUsage(); const w = performance.now();
  const png = await paint(req, mode);
  const u = process.cpuUsage(t); const ms = (u.user + u.system) / 1000; cpu += ms; max = Math.max(max, ms); bytes += png.length;
  names.push(`${i}:${name} ${ms.toFixed(0)}ms`);
  tiles.push(png); i++;
}
for (const s of tree) {
  if (only.length && mode === 'full' && !only.includes(s.id)) continue;
  const reply: any = await answer(models, textRequest('CREATE_SHOT_PRODUCTION', inTree(tree), inVisualDesign(design), `Target: ${s.id}`));
  for (const { shot_index, storyboard_entry } of reply.shots) {
    const { audio_and_narrative, ...storyboard } = storyboard_entry;
    await add(`${s.id}/${shot_index}`, imageRequest('CREATE_SHOT_IMAGES', {
      global_aesthetic: design.global_aesthetic,
      character_designs: design.character_designs.filter((c) => storyboard.referenced_designs.characters.includes(c.character_id)),
      environment_designs: design.environment_designs.filter((c) => storyboard.referenced_designs.environments.includes(c.environment_id)),
      storyboard }));
  }
}
if (!only.length || only.includes('sheets')) {
  for (const c of design.character_designs) await add(c.character_name, imageRequest('CREATE_CHARACTER_MODEL_SHEET', { global_aesthetic: design.global_aesthetic, character_design: c }));
  for (const c of design.environment_designs) await add(c.environment_name, imageRequest('CREATE_ENVIRONMENT_REFERENCE_IMAGE', { global_aesthetic: design.global_aesthetic, environment_design: c }));
}
console.log(names.join('\n'));
console.log('avg cpu', cpu / i, 'max', max, 'avg KB', bytes / i / 1024);
const perSheet = only.length && mode === 'full' ? 6 : 18, cols = only.length && mode === 'full' ? 2 : 3, tw = only.length && mode === 'full' ? 800 : 520;
for (let s = 0; s * perSheet < tiles.length; s++) {
  const part = tiles.slice(s * perSheet, (s + 1) * perSheet); const th = tw * 9 / 16;
  const comp = await Promise.all(part.map(async (p, k) => ({ input: await sharp(p).resize(tw, Math.round(th)).toBuffer(), left: (k % cols) * tw, top: Math.floor(k / cols) * Math.round(th) })));
  await sharp({ create: { width: cols * tw, height: Math.ceil(part.length / cols) * Math.round(th), channels: 3, background: '#000' } }).composite(comp).png().toFile(`/tmp/all${s}.png`);
}
