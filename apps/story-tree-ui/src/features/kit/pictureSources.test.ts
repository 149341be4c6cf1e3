import { expect, it } from 'vitest';
import { pictureSources } from './pictureSources.ts';

it('offers a picture in each width, of the version that the address names', () => {
  expect(pictureSources('/generated/x/1_key_frame.png')).toEqual({
    src: '/generated/x/1_key_frame.png?width=320',
    srcSet:
      '/generated/x/1_key_frame.png?width=320 320w, /generated/x/1_key_frame.png?width=640 640w, /generated/x/1_key_frame.png?width=1280 1280w',
  });
  expect(pictureSources('/generated/x/1_key_frame.png?v=7').src).toBe('/generated/x/1_key_frame.png?v=7&width=320');
});
