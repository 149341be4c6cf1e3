import type { Camera } from './camera.ts';
import type { Drawing, Scene } from './drawing.ts';
import { crowd } from './props/crowd.ts';
import { gulls } from './props/gull.ts';
import { hat } from './props/hat.ts';
import { swirl } from './props/swirl.ts';
import { weathercock } from './props/weathercock.ts';
import { between, placed, repeat } from './shapes.ts';

function isFar({ distance }: Camera): boolean {
  return distance === 'wide' || distance === 'extreme';
}

/** Extras in the place that the words mention: people, birds, hats on the ground. Drawn with the place. */
export function extrasOfPlace(drawing: Drawing, camera: Camera, scene: Scene): string {
  const { distance } = camera;
  const { shotRandom, text, width } = drawing;
  const birds = /gulls? above|like a gull|gulls/i.test(text) && !/no gulls?/i.test(text);
  const far = isFar(camera);
  const people = far && /crowd|people|everyone|children|townsfolk|the town waving/i.test(text) && !scene.afloat;
  const hats =
    /\bhats?\b/i.test(text) && !people && !scene.afloat && (distance === 'wide' || distance === 'overShoulder');
  return (
    (birds ? gulls(drawing) : '') +
    (people ? crowd(drawing, scene.ground + 6, distance === 'extreme' ? 0.5 : 0.95) : '') +
    (hats
      ? repeat(3, (index) =>
          placed(
            hat(drawing, shotRandom),
            width * (0.58 + index * 0.13),
            scene.ground + 34 - index * 30,
            0.62 - index * 0.14,
            between(shotRandom, -12, 12),
          ),
        )
      : '')
  );
}

/** Extras among the figures that the words mention. `ground` is the height of the place's ground in the frame. */
export function extrasAmongFigures(drawing: Drawing, camera: Camera, ground: number, figures: number): string {
  const far = isFar(camera);
  const wind = /little wind|small (patchwork )?swirl|little swirl|patchwork (swirl|air)|little one/i.test(drawing.text);
  const cock = /weathercock|weather ?vane/i.test(drawing.text);
  const y = far ? ground : 700;
  return (
    (cock ? placed(weathercock(drawing), drawing.width * 0.5, y - (far ? 0 : 30), far ? 0.6 : 1.25, -7) : '') +
    (wind
      ? placed(
          swirl(drawing, drawing.shotRandom),
          drawing.width * (far ? 0.63 : figures === 1 ? 0.78 : 0.5),
          far ? y : 690,
          far ? 0.8 : 1.35,
        )
      : '')
  );
}
