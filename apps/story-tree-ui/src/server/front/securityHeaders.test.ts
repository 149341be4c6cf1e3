import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOAST_STYLES } from './securityHeaders.ts';

describe('the policy of pages', () => {
  it('names the styles that toasts bring, as this version of them has them', () => {
    const source = readFileSync(new URL(import.meta.resolve('sonner')), 'utf8');
    const [, literal = ''] = /__insertCSS\((".*")\)/.exec(source) ?? [];
    const styles = ['', JSON.parse(literal) as string];
    expect(styles[1]).toContain('[data-sonner-toaster]');
    expect(TOAST_STYLES).toEqual(
      styles.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`),
    );
  });
});
