// Looks at every page of the built book as a reader would: in all five themes, on a wide
// and on a narrow screen, with everything folded and unfolded.
//
//     npm install --no-save axe-core playwright-core
//     node tests/axe.mjs book/book
//
// The argument is a folder, which is served here, or the address of a book that is being
// served. For CHROMIUM and NODE_PATH see tests/browser.mjs. It prints what it finds, and fails
// if it finds anything:
//
// - a violation of WCAG 2.2, A or AA, that axe-core can see;
// - a page that is wider than the screen, but for boxes that scroll by themselves;
// - a copy button that copies anything but what its figure tells the reader to type.

import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

import { axeScript, COLOURS, launch, reasonOf, RULES, serve, SHAPES } from './browser.mjs';

const THEMES = ['light', 'rust', 'coal', 'navy', 'ayu'];
const WIDTHS = [1280, 390];

const problems = new Map();
let runs = 0;
let copies = 0;

/** Notes a problem once, with all the places where it was seen. */
function report(problem, place) {
    if (!problems.has(problem)) problems.set(problem, new Set());
    problems.get(problem).add(place);
}

// ---- The book -----------------------------------------------------------------------

/** The pages of a folder. Of those that show a whole step, the first and the last are enough:
 * they are large, and what is in them are figures as all chapters have them. */
async function pagesOf(folder) {
    const files = await readdir(folder, { recursive: true });
    const pages = files.filter(file => file.endsWith('.html')).sort();
    const wholes = pages.filter(isWhole);
    return pages.filter(page => !isWhole(page) || page === wholes[0] || page === wholes.at(-1));
}

const isWhole = page => page.endsWith('.whole.html');

/** The pages of a book that is being served: those in its table of contents, and the rest. */
async function pagesAt(address) {
    const toc = await (await fetch(new URL('toc.html', address))).text();
    const chapters = [...toc.matchAll(/href="([^"#]+\.html)"/g)].map(match => match[1]);
    return [...new Set([...chapters, 'index.html', 'print.html', 'toc.html', '404.html'])];
}

// ---- What is looked at --------------------------------------------------------------

/** Runs axe-core on the page as it is now. */
async function inspect(page, place, rules = RULES) {
    runs += 1;
    const { violations } = await page.evaluate(rules => globalThis.axe.run(rules), rules);
    for (const { id, impact, nodes } of violations) {
        for (const node of nodes) {
            const html = node.html.replace(/\s+/g, ' ').slice(0, 100);
            report(`${id} (${impact}): ${reasonOf(node)}`, `${place}: ${html}`);
        }
    }
}

/** Finds what sticks out of the screen. mdBook hides it, so that scrollWidth can't tell. */
async function measure(page, place) {
    const wide = await page.evaluate(() => {
        const limit = document.documentElement.clientWidth + 1;
        const scrolls = element => element.closest('main')
            && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
        const found = [];
        (function look(element) {
            const { right, width } = element.getBoundingClientRect();
            if (right > limit && width > 1) found.push(element.outerHTML.slice(0, 100));
            else if (!scrolls(element)) [...element.children].forEach(look);
        })(document.querySelector('.page') ?? document.body);
        if (document.documentElement.scrollWidth > limit) found.push('<html>');
        return found;
    });
    for (const html of wide) report(`wider than the screen: ${html.replace(/\s+/g, ' ')}`, place);
}

/** Presses all copy buttons, and compares what is in the clipboard. */
async function copyAll(page, place) {
    const figures = await page.$$('main figure:is(.diff:not(.compared), .source, .console)');
    for (const figure of figures) {
        const { expected, copied, name } = await figure.evaluate(async figure => {
            const rows = figure.matches('.diff') ? 'ins' : figure.matches('.console') ? 'kbd' : 'span';
            let expected = [...figure.querySelectorAll(`pre > ${rows}`)].map(row => row.textContent).join('');
            const button = figure.querySelector('figcaption button');
            // New lines that go to several places are copied one place after the other.
            if (rows === 'ins' && button) {
                const kept = [...figure.querySelectorAll('pre > :not(del)')];
                const places = kept.map(row => (row.matches('ins') ? row.textContent : '\0')).join('')
                    .split(/\0+/).filter(place => place !== '');
                expected = places[Number(button.dataset.place)];
            }
            // There is nothing to type in what cargo has written.
            if (figure.matches('[data-given]')) expected = '';
            if (rows === 'kbd') expected = expected.trimEnd();
            const name = figure.querySelector('figcaption').textContent;
            await globalThis.clipboard.writeText('nothing');
            button?.click();
            for (let wait = 0; button && wait < 100; wait++) {
                if (button.textContent.startsWith('Copied')) break;
                await new Promise(resolve => setTimeout(resolve, 10));
            }
            return { expected: expected || 'nothing', copied: await globalThis.clipboard.readText(), name };
        });
        copies += 1;
        if (copied !== expected) {
            report(`a button copies ${JSON.stringify(copied)} and not ${JSON.stringify(expected)}: ${name}`, place);
        }
    }
}

/** Chooses a theme as a reader does; a page without scripts only knows light and dark. */
async function choose(page, theme) {
    const dark = !['light', 'rust'].includes(theme);
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.evaluate(theme => document.getElementById(`mdbook-theme-${theme}`)?.click(), theme);
}

/** Folds or unfolds all there is, and gives the page's script two frames to notice. */
const fold = (page, open) => page.evaluate(async open => {
    for (const details of document.querySelectorAll('details')) details.open = open;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}, open);

/** What opens over a page or beside it is the same on all of them: one is enough. */
async function inspectFrame(page, place) {
    const sidebar = page.locator('#mdbook-sidebar');
    // mdBook takes it away, or lets it in, when its transition has ended.
    const toggle = async shown => {
        await page.click('#mdbook-sidebar-toggle');
        await sidebar.waitFor({ state: shown ? 'visible' : 'hidden' });
    };
    const shown = await sidebar.isVisible();
    await toggle(!shown);
    await inspect(page, `${place}, sidebar toggled`);
    await toggle(shown);
    await page.click('#mdbook-theme-toggle');
    await inspect(page, `${place}, choosing a theme`);
    await page.keyboard.press('Escape');
    await page.click('#mdbook-search-toggle');
    await page.fill('#mdbook-searchbar', 'server');
    await page.keyboard.press('Shift');
    await page.waitForSelector('#mdbook-searchresults li');
    await inspect(page, `${place}, searching`);
    await page.keyboard.press('Escape');
}

// ---- All of it ----------------------------------------------------------------------

const target = process.argv[2] ?? 'book/book';
const isAddress = /^https?:/.test(target);
const address = isAddress ? target.replace(/\/*$/, '/') : await serve(target);
const pages = await (isAddress ? pagesAt(address) : pagesOf(target));
if (pages.length === 0) throw new Error(`${target} has no pages; is the book built?`);

let framed = false;

/** Looks at a page in all that it can be: themes, widths, folded and unfolded. */
async function lookAt(page, file) {
    for (const width of WIDTHS) {
        // Colours don't depend on the width.
        const hasColours = width === WIDTHS[0];
        await page.setViewportSize({ width, height: 900 });
        await page.goto(new URL(file, address).href);
        await page.addScriptTag({ path: axeScript });
        for (const theme of hasColours ? THEMES : ['light']) {
            const place = `${file} ${width} ${theme}`;
            // All that a theme changes is colours.
            const rules = !hasColours ? SHAPES : theme === THEMES[0] ? RULES : COLOURS;
            await choose(page, theme);
            const hasFolds = await page.$('details');
            if (theme === THEMES[0] || !hasFolds) await inspect(page, place, rules);
            if (hasFolds) {
                await fold(page, true);
                await inspect(page, `${place}, unfolded`, rules);
                await fold(page, false);
            }
        }
        if (!framed && (await page.$('main h2'))) {
            framed = true;
            for (const theme of THEMES) {
                await choose(page, theme);
                await inspectFrame(page, `${file} ${width} ${theme}`);
            }
        }
        await fold(page, true);
        await measure(page, `${file} ${width}`);
    }

    await page.setViewportSize({ width: 320, height: 900 });
    await measure(page, `${file} 320`);
    await copyAll(page, file);
    // The book over http from another machine: the browser gives no clipboard.
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await copyAll(page, `${file} without a clipboard`);
}

/** Looks at the page for the printer. It is as large as all chapters, and has nothing else: what
 * has been looked at there, such as colours and buttons, isn't looked at once more. */
async function lookAtPrint(page, file) {
    for (const width of [...WIDTHS, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(new URL(file, address).href);
        await fold(page, true);
        await measure(page, `${file} ${width}`);
    }
    await page.addScriptTag({ path: axeScript });
    await inspect(page, file, SHAPES);
}

/** Takes page after page, in a browser of its own, since a browser has one clipboard. */
async function work(waiting) {
    const browser = await launch();
    // Without movement there is nothing to wait for.
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await context.addInitScript(() => {
        window.print = () => {};
        globalThis.clipboard = navigator.clipboard;
    });
    // What a chapter loads when it is unfolded has a page of its own.
    await context.route(url => isWhole(url.pathname), route =>
        route.request().resourceType() === 'fetch' ? route.abort() : route.continue());
    const page = await context.newPage();
    page.on('pageerror', error => report(`a script fails: ${error.message}`, page.url()));
    for (let file = waiting.shift(); file; file = waiting.shift()) {
        await (file === 'print.html' ? lookAtPrint : lookAt)(page, file);
    }
    await browser.close();
}

// The longest first, so that nobody is left with it at the end.
const waiting = ['print.html', ...pages.filter(page => page !== 'print.html')]
    .filter(page => pages.includes(page));
const workers = Math.min(availableParallelism(), 4);
await Promise.all(Array.from({ length: workers }, () => work(waiting)));

for (const [problem, places] of problems) {
    console.log(problem);
    for (const place of [...places].slice(0, 5)) console.log(`    ${place}`);
    if (places.size > 5) console.log(`    and ${places.size - 5} more`);
}
console.log(`${pages.length} pages, ${runs} runs of axe-core, ${copies} buttons pressed: ${problems.size} problems`);
process.exitCode = problems.size > 0 ? 1 : 0;
