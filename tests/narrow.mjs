// Looks at every page of the built book as wide as a phone and as wide as a screen: nothing
// may be beyond the edge, no text in a picture may be smaller than 12 pixels, and no code in a
// sentence may break behind a hyphen: `lsof -` on one line and `i` on the next is nothing that
// one can type.
//
//     npm install --no-save playwright-core
//     node tests/narrow.mjs book/book [03-if-else 12-chunked …]
//
// For CHROMIUM and NODE_PATH see tests/browser.mjs.

import { readdirSync } from 'node:fs';
import { launch, serve } from './browser.mjs';

const WIDTHS = [390, 1280];
const SMALLEST = 12;

// Pages whose picture has no narrow drawing yet, and scrolls sideways on a phone.
const WITHOUT_NARROW = new Set([
    '05-decorators', '11-framing', '12-chunked', '13-cookies', '14-sessions', '15-threads',
    '16-deadlines', '17-keep-alive', '18-connection', '19-progress', '20-client', '21-event-loop',
    '22-handover', '23-workers', '24-files', '25-bodies', '26-conditions', '27-ranges', '28-stream',
    '29-log', '30-shutdown', '32-borrow', '41-scan', '58-loops',
]);

// Whole sources and all chapters at once have no pictures and no sentences of their own.
const isRead = name => !/\.whole\.html$|^(print|toc|index)\.html$/.test(name);

/** What is wrong with a page; runs in it. */
function look(smallest) {
    const problems = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth} pixels wide`);

    for (const svg of document.querySelectorAll('.picture svg')) {
        const box = svg.getBoundingClientRect();
        if (box.width === 0) continue;
        // A text may be wider than its drawing says.
        const texts = [...svg.querySelectorAll('text')];
        const ends = [box, ...texts.map(text => text.getBoundingClientRect())];
        const [from, to] = [Math.min(...ends.map(end => end.left)), Math.max(...ends.map(end => end.right))];
        if (from < -1 || to > clientWidth + 1) problems.push(`a picture goes from ${Math.round(from)} to ${Math.round(to)}`);
        const scale = box.width / svg.viewBox.baseVal.width;
        for (const text of texts) {
            const size = parseFloat(getComputedStyle(text).fontSize) * scale;
            if (size < smallest - .01) problems.push(`"${text.textContent}" is ${size.toFixed(1)} pixels high`);
        }
    }

    const range = document.createRange();
    const topOf = (text, index) => {
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getClientRects()[0]?.top;
    };
    for (const code of document.querySelectorAll('main :not(pre) > code')) {
        // Letters that follow each other may be in different parts of it.
        const letters = [];
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const text = walker.currentNode;
            for (let index = 0; index < text.length; index += 1) {
                letters.push({ letter: text.data[index], text, index });
            }
        }
        const breaks = letters.some(({ letter, text, index }, at) => {
            const next = letters[at + 1];
            return letter === '-' && next && next.letter !== ' '
                && topOf(next.text, next.index) > topOf(text, index) + 5;
        });
        if (breaks) problems.push(`a line ends behind a hyphen: ${code.textContent}`);
    }
    return problems;
}

const [, , folder = 'book/book', ...named] = process.argv;
const pages = named.length > 0
    ? named.map(name => `${name}.html`)
    : readdirSync(folder).filter(name => name.endsWith('.html') && isRead(name));
const address = await serve(folder);
const browser = await launch();
let problems = 0;
const complain = (...words) => {
    problems += 1;
    console.log(...words);
};
for (const width of WIDTHS) {
    const tab = await browser.newPage({ viewport: { width, height: 844 } });
    for (const page of pages) {
        await tab.goto(address + page);
        const found = await tab.evaluate(look, SMALLEST);
        const isBeyond = problem => problem.startsWith('a picture');
        const excused = width === WIDTHS[0] && WITHOUT_NARROW.has(page.replace('.html', ''));
        for (const problem of found) {
            if (!(excused && isBeyond(problem))) complain(`${page} at ${width}: ${problem}`);
        }
        if (excused && !found.some(isBeyond)) complain(`${page} has a narrow picture now: take it off the list`);
    }
    await tab.close();
}
await browser.close();
console.log(`${pages.length} pages, ${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;
