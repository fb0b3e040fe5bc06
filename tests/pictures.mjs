// Takes the pictures of the book that are in the repository: those in README.md, and the one
// that is shown where somebody passes on a link. Nobody runs it for you.
//
//     npm install --no-save playwright-core
//     node tests/pictures.mjs book/book
//
// For CHROMIUM and NODE_PATH see tests/browser.mjs.

import { launch, serve } from './browser.mjs';

const [, , folder = 'book/book'] = process.argv;
const address = await serve(folder);
const browser = await launch();

// Twice as many pixels as it has on the page: sharp on any screen.
for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, deviceScaleFactor: 2, colorScheme });
    await page.goto(`${address}03-if-else.html`, { waitUntil: 'networkidle' });
    await page.evaluate(() => scrollTo(0, document.getElementById('choosing-one').offsetTop - 60));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `book/pictures/page-${colorScheme}.png` });
    await page.close();
}

// What others show beside a link is 1200 to 630.
const page = await browser.newPage({ viewport: { width: 1200, height: 630 }, colorScheme: 'dark' });
await page.goto(`${address}03-if-else.html`, { waitUntil: 'networkidle' });
await page.evaluate(() => {
    const diff = [...document.querySelectorAll('figure.diff')]
        .find(figure => figure.textContent.includes('Picks the handler'));
    const title = document.createElement('h1');
    title.textContent = document.querySelector('.menu-title').textContent;
    const words = document.createElement('p');
    words.textContent = 'In Rust, one diff at a time';
    const main = document.createElement('main');
    main.append(title, words, diff);
    main.style.cssText = 'max-width: none; padding: 0 9rem; font-size: 2.6rem';
    title.style.cssText = 'font-size: 6rem; margin: 6rem 0 1rem';
    words.style.cssText = 'margin: 0; color: var(--dim)';
    diff.style.cssText = 'zoom: 1.6; margin: 2.4rem 0 0';
    diff.querySelector('.copy').remove();
    const content = document.createElement('div');
    content.className = 'content';
    content.append(main);
    document.body.replaceChildren(content);
});
await page.screenshot({ path: 'book/src/card.png' });
await browser.close();
