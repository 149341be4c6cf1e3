import { useBrowser } from '@story-tree/testkit/browser/browser.ts';
import { describe, expect, it } from 'vitest';
import { fileAddress, writeBundle } from './bundles.ts';
import { beginPaused, shows } from './playing.ts';
import { branch, scenelet, shot, story } from './stories.ts';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  "$' $& $` $1 $$",
  '<!-- not a comment',
  '<img src=x onerror=alert(1)>',
  `He said "don't" & \\left\\ \u2028 \u2029`,
  '🦊👩‍👩‍👧‍👦 𝓼𝓽𝓸𝓻𝔂',
  'الباب مفتوح، ادخل',
  '李小龙说：“走吧！”',
  'word'.repeat(500),
  '__proto__',
];

const browser = useBrowser();

function hostileStory(text: string) {
  const opening = scenelet(
    'scenelet-1',
    branch(`Prompt ${text}`, { [`Label ${text}`]: 'scenelet-2', Other: 'scenelet-3' }),
    '',
  );
  opening.shots[0] = shot('scenelet-1', 1, '', {
    imagePath: null,
    alternativeText: `Picture ${text}`,
    captions: [{ speaker: `Name ${text}`, line: `(1) Line ${text}` }],
  });
  const card = { ...scenelet('scenelet-2', { type: 'terminal' }), description: `Card ${text}` };
  return story([opening, card, scenelet('scenelet-3', { type: 'terminal' }, 'Other.')], {
    storyId: text,
    title: `Title ${text}`,
  });
}

describe('texts are shown to the letter and never are markup', () => {
  for (const text of HOSTILE) {
    it(`plays ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const { page, faults } = await browser.open();
      const plain = text.replace(/\s+/g, ' ').trim();
      const stands = async (words: string) => {
        const visible = async () => (await page.evaluate<string>('document.body.innerText')).replace(/\s+/g, ' ');
        await expect.poll(visible, { timeout: 30_000 }).toContain(words);
      };
      await page.goto(fileAddress(await writeBundle(hostileStory(text))));
      await stands(`Title ${plain}`);
      expect((await page.title()).replace(/\s+/g, ' ')).toBe(`Title ${plain}`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Space');
      await stands(`Name ${plain}`);
      await stands(`(1) Line ${plain}`);
      await stands(`Picture ${plain}`);
      await page.keyboard.press('ArrowRight');
      await stands(`Prompt ${plain}`);
      await stands(`Label ${plain}`);
      await page.keyboard.press('1');
      await stands(`Card ${plain}`);
      expect(await page.locator('#stage img, #play-screen script, #play-screen img').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(faults).toEqual([]);
    });
  }

  it('lets each text take its direction from itself', async () => {
    const { page } = await browser.open();
    await beginPaused(page, fileAddress(await writeBundle(hostileStory('الباب مفتوح'))));
    await page.locator('.line').waitFor();
    expect(await page.locator('[dir="auto"]:visible').count()).toBeGreaterThanOrEqual(3);
  });

  it('takes a language it does not know for none', async () => {
    const { page, faults } = await browser.open();
    const bundle = story([scenelet('scenelet-1', { type: 'terminal' }, 'Bonjour.')], { language: 'not a language' });
    await beginPaused(page, fileAddress(await writeBundle(bundle)));
    await shows(page, 'Bonjour.');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(faults).toEqual([]);
  });
});
