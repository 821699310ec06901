import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../../../src/cli/report/html-report.ts';
import { STYLE } from '../../../../src/cli/report/html-style.ts';
import { openBrowser } from '../../../support/browser.ts';
import { reports, VIEW } from '../../../support/made-up-report.ts';

const pages = Object.entries(reports()).map(
  ([name, report]) => [name, report, htmlReport(report, VIEW)] as const,
);

describe.for(pages)('%s', ([, report, page]) => {
  test('has all that is said, and no part that another file or a script has', () => {
    const text = page
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    for (const said of [report.headline, ...report.notes]) expect(text).toContain(said);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|use|a)\b|\b(src|href|style|on\w+)="/);
    expect(page).not.toMatch(/url\(|@import|undefined|NaN|\[object/);
  });

  test('is so short that Gmail shows all of it', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(100_000);
    expect(STYLE.length).toBeLessThan(8_192);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('is valid, asks for nothing, is accessible, and fits a phone', async () => {
    const context = await browser.newContext({ viewport: { width: 375, height: 800 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', ({ url }) => url() === 'about:blank' || faults.push(url()));
    for (const [name, , html] of pages) {
      await page.setContent(html);
      const found = await page.evaluate((source) => {
        // As XML, no tag is left open or closed twice; as HTML, nothing was moved or left out.
        const closed = source
          .replaceAll(/<(meta[^>]*|br)>/g, '<$1/>')
          .replace(/<!doctype html>/, '');
        const xml = new DOMParser().parseFromString(closed, 'application/xml');
        const parsed = new DOMParser().parseFromString(source, 'text/html');
        return {
          wrong: xml.querySelector('parsererror')?.textContent ?? '',
          isSame:
            parsed.body.textContent?.trim() === xml.querySelector('body')?.textContent?.trim(),
          elements: [parsed, xml].map((each) => each.querySelectorAll('body *').length),
          width: document.documentElement.scrollWidth,
          size: getComputedStyle(document.querySelector('h1') as Element).fontSize,
        };
      }, html);
      expect(found, name).toMatchObject({ wrong: '', isSame: true, width: 375, size: '20px' });
      expect(found.elements[0], name).toBe(found.elements[1]);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const index of [3, 6]) {
        await page.setContent(pages[index]?.[2] ?? '');
        const frame = await page
          .evaluate(`(() => { ${axe.source}; return 'axe' in window; })()`)
          .catch(String);
        expect(frame).toBe(true);
        const violations = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
          const { violations } = await axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        });
        expect(violations).toEqual([]);
      }
    }
    expect(faults).toEqual([]);
    await context.close();
  });
});
