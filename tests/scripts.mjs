// Uses what the book's scripts make, in a real browser: the page that compares two steps,
// the panels that show a request, and pages that notice a new edition.
//
//     npm install --no-save playwright-core
//     node tests/scripts.mjs book/book target/debug/book
//
// The arguments are the folder of the built book, and the program that serves it. For
// CHROMIUM and NODE_PATH see tests/browser.mjs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { launch, serve } from './browser.mjs';

const [, , folder = 'book/book', program = 'target/debug/book'] = process.argv;
const address = await serve(folder);
const browser = await launch();
let book;
try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const errors = [];
    page.on('pageerror', error => errors.push(error.message));
    // From elsewhere, so that the page is loaded anew.
    const open = async hash => {
        await page.goto('about:blank');
        await page.goto(`${address}compare.html${hash}`);
    };
    const shown = async () => ({
        hash: new URL(page.url()).hash,
        summary: await page.textContent('#compare [role=status]'),
        files: await page.locator('#compare figcaption > code').allTextContents(),
    });

    // A chapter leads to its own comparison.
    await page.goto(`${address}04-route-dictionary.html`);
    await page.click('text=Compare step 03 and step 04');
    const chapter = await shown();
    assert.equal(chapter.hash, '#03..04');
    assert.match(chapter.summary, /^From 03 if-else to 04 route-dictionary: \d+ lines added, \d+ removed\.$/);
    assert.deepEqual(chapter.files, ['src/main.rs']);

    // The keyboard chooses, and the page stays.
    await page.focus('#compare select >> nth=1');
    await page.keyboard.type('07');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    const later = await shown();
    assert.equal(later.hash, '#03..07');
    assert.match(later.summary, /3 items moved/);
    assert.match(await page.textContent('#compare .move summary'), /moves from src\/main\.rs to src\//);

    // Side by side: the same lines, removed ones on the left of added ones, all in view.
    const lines = () => page.locator('#compare :is(ins, del)').count();
    const before = await lines();
    await page.check('#compare-side');
    assert.equal((await shown()).hash, '#03..07:side');
    assert.equal(await lines(), before);
    const place = async selector => (await page.locator(selector).first().boundingBox()).x;
    assert.ok(await place('#compare del') < await place('#compare ins'));
    const width = await page.evaluate(() => Math.max(...[...document.querySelectorAll('#compare pre > *')]
        .map(row => row.getBoundingClientRect().right)));
    assert.ok(width <= 1280, `the right side ends at ${width}`);

    // Back and forward; and an address typed by hand.
    await page.goBack();
    assert.deepEqual(await shown(), later);
    assert.equal(await page.isChecked('#compare-side'), false);
    await page.goForward();
    assert.equal(await page.isChecked('#compare-side'), true);
    await open('#05..05');
    assert.equal((await shown()).summary, 'There is no difference.');
    await open('#99..nonsense');
    assert.match((await shown()).hash, /^#\d\d\.\.\d\d$/);

    // An address typed over another: the page is not loaded anew.
    await page.evaluate(() => { location.hash = '#01..02'; });
    await page.waitForFunction(() => document.querySelector('#compare [role=status]').textContent
        .startsWith('From 01 tcp-echo to 02 parser'));

    // Backwards, what was added is removed.
    const stat = async hash => {
        await open(hash);
        const [, added, removed] = /(\d+) lines added, (\d+) removed/.exec((await shown()).summary);
        return { added, removed };
    };
    const there = await stat('#02..06');
    const back = await stat('#06..02');
    assert.deepEqual([there.added, there.removed], [back.removed, back.added]);
    const inOrder = await page.evaluate(() => [...document.querySelectorAll('#compare .compared pre')]
        .every(pre => !pre.querySelector('ins + del')));
    assert.ok(inOrder, 'what is removed comes first');

    // A heading's address is none of a comparison.
    const { summary } = await shown();
    await page.evaluate(() => new Promise(done => {
        addEventListener('hashchange', done, { once: true });
        location.hash = '#compare-two-steps';
    }));
    assert.equal((await shown()).summary, summary);

    // A file of the list is reached.
    await open('#08..12');
    await page.click('#compare .compare-index button >> text=src/server.rs');
    assert.equal(await page.evaluate(() => document.activeElement.querySelector('code').textContent), 'src/server.rs');

    // A whole step is loaded when it is unfolded, with its buttons. Without that, there is a link.
    await page.goto(`${address}04-route-dictionary.html`);
    const whole = page.locator('details.whole').first();
    const link = await whole.locator('a').getAttribute('href');
    assert.equal(await whole.locator('figure').count(), 0);
    await whole.locator('summary').click();
    await whole.locator('figure').first().waitFor();
    const named = await whole.locator('figcaption > code').allTextContents();
    assert.deepEqual(named, ['Cargo.toml', 'src/main.rs']);
    assert.equal(await whole.locator('figcaption button').count(), named.length);
    await page.route('**/*-whole.html', route => route.abort());
    await page.reload();
    await whole.locator('summary').click();
    await whole.locator('a').waitFor();
    await page.unroute('**/*-whole.html');
    await page.goto(`${address}${link}`);
    assert.equal(await page.locator('main figure.source').count(), named.length);

    // Where the server tells of editions, a page loads itself again when there is a new one,
    // and stays where it is.
    let edition = '1\n';
    await page.route('**/edition', route => route.fulfill({ contentType: 'text/plain', body: edition }));
    const asked = page.waitForResponse('**/edition');
    await page.goto(`${address}03-if-else.html`);
    await asked;
    await page.evaluate(() => scrollTo(0, 900));
    const loaded = page.waitForEvent('load');
    edition = '2\n';
    await loaded;
    await page.waitForFunction(() => scrollY === 900);
    await page.unroute('**/edition');

    // A panel, on a server that knows nothing of it: drawn when the book was built.
    const panel = async () => ({
        caption: await page.textContent('.request figcaption'),
        bytes: await page.textContent('.request-bytes'),
        parsed: await page.textContent('.request-parsed'),
    });
    const captioned = text => page.waitForFunction(
        text => document.querySelector('.request figcaption').textContent.includes(text), text);
    await page.goto(`${address}02-parser.html`);
    await captioned('Read the book with cargo run');
    const recorded = await panel();
    assert.match(recorded.bytes, /^GET \/request HTTP\/1\.1\\r\\n\n/);

    // On a server that gives back the recorded request, the script draws the same.
    const request = recorded.bytes.replaceAll('\n', '').replaceAll('\\r\\n', '\r\n');
    await page.route('**/request', route => route.fulfill({ contentType: 'message/http', body: request }));
    await page.reload();
    await captioned('your browser');
    assert.deepEqual({ ...(await panel()), caption: '' }, { ...recorded, caption: '' });
    await page.unroute('**/request');

    // On the book's own server, it is this browser's request.
    book = spawn(program, ['serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: book.stdout }), 'line');
    const [own] = /http:\S+(?=,)/.exec(line);
    await page.setExtraHTTPHeaders({ 'X-Tea': 'green' });
    await page.goto(`${own}/10-headers.html`);
    await captioned('your browser');
    const live = await panel();
    assert.match(live.bytes, /\nx-tea: green\\r\\n\n/i);
    assert.ok(live.bytes.includes(`Host: ${new URL(own).host}\\r\\n`));
    assert.match(live.parsed, /^method: GET\nuri: \/request\nversion: HTTP\/1\.1\nheader host: /);
    assert.ok(live.parsed.includes('header x-tea: green\n'));

    assert.deepEqual(errors, []);
    console.log('the page that compares steps, the panels of requests, and new editions: all is well');
} finally {
    book?.kill();
    await browser.close();
}
