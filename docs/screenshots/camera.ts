import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { chromiumPath, NO_CHROMIUM } from '@story-tree/testkit/browser/chromium.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';

const IMAGES = path.resolve(import.meta.dirname, '../images');

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** Everyone who looks at the README downloads these pictures. */
const LARGEST_BYTES = 120_000;

/** @throws Error when there is no browser on PATH */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Saves a screenshot of a page as `docs/images/<name>.webp`.
 * @throws Error when the picture is too large for every reader to download
 */
export async function photograph(page: Page, name: string): Promise<void> {
  const file = path.join(IMAGES, `${name}.webp`);
  const picture = await sharp(await page.screenshot())
    .webp({ quality: 82 })
    .toBuffer();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, picture);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(picture.length / 1_000)} kB`);
  if (picture.length > LARGEST_BYTES) throw new Error(`${file} is too large: show less on it.`);
}
