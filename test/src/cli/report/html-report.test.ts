import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../../../src/cli/report/html-report.ts';
import { STYLE } from '../../../../src/cli/report/html-style.ts';
import type { Report } from '../../../../src/cli/report/report-model.ts';
import { axeFindings, testBrowser } from '../../../support/browser.ts';
import { BAD_NIGHT, GOOD_NIGHT, reportOf, reports, VIEW } from '../../../support/made-up-report.ts';

const pages = Object.entries(reports()).map(
  ([name, report]) => [name, report, htmlReport(report, VIEW)] as const,
);

function pageOf(name: string): string {
  const [, , page] = pages.find(([each]) => each === name) ?? [];
  if (page === undefined) throw new Error(`There is no page of ${name}.`);
  return page;
}

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

test('has the color of failures where something failed, and that of requeues', () => {
  const cells = (report: Report) =>
    [...htmlReport(report, VIEW).matchAll(/<\w+ class="(?:number )?(some|back)">([^<]*)</g)].map(
      ([, ...cell]) => cell.join(' '),
    );
  expect(cells(reportOf(GOOD_NIGHT, BAD_NIGHT))).toEqual([]);
  expect(cells(reportOf(BAD_NIGHT, GOOD_NIGHT))).toEqual([
    ...['some 7', 'some 1', 'some 1', 'some 1', 'some 9'],
    ...['some 7', 'back 5', 'some 1', 'back 1', 'some 1', 'back 1'],
  ]);
});

describe('in a browser', () => {
  const opened = async (options: BrowserContextOptions = {}) => {
    const context = await (await testBrowser()).newContext(options);
    return { page: await context.newPage(), [Symbol.asyncDispose]: () => context.close() };
  };

  test('is valid, asks for nothing, and fits a phone', async () => {
    await using tab = await opened({ viewport: { width: 375, height: 800 } });
    const { page } = tab;
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
    expect(faults).toEqual([]);
  });

  test.for(['light', 'dark'] as const)('is accessible, %s', async (colorScheme) => {
    await using tab = await opened({ colorScheme });
    for (const name of ['a bad night', 'a night of hostile names']) {
      await tab.page.setContent(pageOf(name));
      expect(await axeFindings(tab.page), name).toEqual([]);
    }
  });

  test('of a night of 400 jobs, is printed on two pages of A4', async () => {
    await using tab = await opened();
    await tab.page.setContent(pageOf('a night of 400 jobs'));
    const pdf = (await tab.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type ?\/Page\b/g)).toHaveLength(2);
    // In points.
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 59[45][\d.]* 84[12]/);
  });
});
