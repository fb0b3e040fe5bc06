// Uses what the book's scripts make, in a real browser: the page that compares two steps,
// the search, the sidebar and its ticks, the panels that show a request, and pages that notice a
// new edition.
//
//     npm install --no-save playwright-core
//     node tests/scripts.mjs book/book target/debug/book
//
// The arguments are the folder of the built book, and the program that serves it. For
// CHROMIUM and NODE_PATH see tests/browser.mjs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
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

    // What it shows leads to the diff that tells it.
    const told = await page.getAttribute('#compare .told a >> nth=0', 'href');
    assert.match(told, /^0[4-7]-[a-z-]+\.html#diff-[4-7]-\d+$/);
    await page.click('#compare .told a >> nth=0');
    await page.locator(`#${told.split('#')[1]} .diff-number`).waitFor();
    await page.goBack();

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

    // What is there on one side only has the whole width, and the choice stays in sight.
    const columns = await page.evaluate(() => [...document.querySelectorAll('#compare .compared')].map(figure =>
        [figure.querySelectorAll('.diff-removed').length > 0, figure.querySelector('pre').matches('.side-by-side')]));
    assert.ok(columns.some(([hasOld, isHalf]) => hasOld && isHalf));
    assert.ok(columns.some(([hasOld, isHalf]) => !hasOld && !isHalf));
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    assert.ok(await page.locator('#compare select').first().evaluate(select => {
        const { x, y, width, height } = select.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === select;
    }), 'the steps can be chosen from anywhere');
    await page.evaluate(() => scrollTo(0, 0));

    // A phone has one column.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForFunction(() => !document.querySelector('#compare .side-by-side'));
    assert.equal(await page.isVisible('#compare-side'), false);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.waitForFunction(() => document.querySelector('#compare .side-by-side'));

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

    // The first step against the last, which is all there is, takes no patience. (A machine
    // that has much to do is slower.)
    const drawn = await page.evaluate(async () => {
        const [from, to] = document.querySelectorAll('#compare select');
        [from.value, to.value] = [1, to.length - 1];
        const start = performance.now();
        to.dispatchEvent(new Event('change', { bubbles: true }));
        await new Promise(done => { requestAnimationFrame(() => setTimeout(done)); });
        return performance.now() - start;
    });
    assert.ok(drawn < 1500, `it takes ${drawn} ms to draw all`);

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
    await page.route('**/*.whole.html', route => route.abort());
    await page.reload();
    await whole.locator('summary').click();
    await whole.locator('a').waitFor();
    await page.unroute('**/*.whole.html');
    await page.goto(`${address}${link}`);
    assert.equal(await page.locator('main figure.source').count(), named.length);

    // A page says what it is and where it leads; the sidebar shows where that is.
    await page.goto(`${address}02-parser.html`);
    assert.equal(await page.textContent('.menu-title'), '2. A request, taken apart');
    assert.match(await page.textContent('.way [rel=prev]'), /^Previous: +1\. Bytes in, bytes out$/);
    await page.click('.way [rel=next]');
    await page.waitForURL('**/03-if-else.html');
    const current = async selector => {
        const place = await page.locator(`#mdbook-sidebar ${selector}`).boundingBox();
        return place.y >= 0 && place.y + place.height <= 900;
    };
    for (const name of ['11-framing', '40-octets']) {
        await page.goto(`${address}${name}.html`);
        assert.ok(await current('.active'), `${name} is out of sight`);
        await page.reload();
        assert.ok(await current('.active'), `${name} is out of sight after a reload`);
        await page.evaluate(() => document.querySelector('#the-whole-step').scrollIntoView());
        await page.waitForFunction(() => document.querySelector('.current-header')?.hash === '#the-whole-step');
        assert.ok(await current('.current-header'), `the end of ${name} is out of sight`);
    }

    // What is ticked with the keyboard stays ticked, and the sidebar shows it.
    const marks = () => page.locator('#mdbook-sidebar .ticked').allTextContents();
    assert.deepEqual(await marks(), []);
    await page.getByLabel('I have read this chapter').press('Space');
    assert.deepEqual(await marks(), [' ✓ (read)']);
    await page.getByLabel('My server passes check 40').press('Space');
    await page.goto(`${address}running.html`);
    await page.getByLabel('I have read this page').check();
    await page.reload();
    assert.deepEqual(await marks(), [' ✓✓ (passed)', ' ✓ (read)']);
    assert.ok(await page.getByLabel('I have read this page').isChecked());
    await page.getByLabel('I have read this page').uncheck();
    assert.deepEqual(await marks(), [' ✓✓ (passed)']);
    // All of it can be forgotten, if that is meant.
    page.once('dialog', dialog => dialog.dismiss());
    await page.getByRole('button', { name: 'Forget all ticks (1 page)' }).click();
    assert.equal((await marks()).length, 1);
    page.once('dialog', dialog => dialog.accept());
    await page.getByRole('button', { name: 'Forget all ticks' }).click();
    assert.deepEqual(await marks(), []);
    assert.ok(await page.getByRole('button', { name: 'Forget all ticks' }).isHidden());
    // What is no list of ticks does no harm, and where nothing is kept, nothing can be ticked.
    await page.evaluate(() => localStorage.setItem('http-server-from-scratch-ticks', '{"a":1'));
    await page.reload();
    assert.equal(await page.getByLabel('I have read this page').isChecked(), false);
    const forgetful = await browser.newPage();
    forgetful.on('pageerror', error => errors.push(error.message));
    await forgetful.addInitScript(() => {
        Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); };
    });
    await forgetful.goto(`${address}running.html`);
    assert.equal(await forgetful.locator('.ticks').count(), 0);
    assert.equal(await forgetful.locator('.way a').count(), 2);
    await forgetful.close();

    // A link into a fold opens it, also from the same page and a second time.
    const solution = page.locator('#solution-2');
    const isOpen = fold => fold.evaluate(details => details.open);
    await page.goto(`${address}02-parser.html#solution-2`);
    assert.ok(await isOpen(solution), 'a link opens the fold to which it leads');
    assert.equal(await isOpen(page.locator('#solution-1')), false);
    await page.goto(`${address}02-parser.html`);
    await page.evaluate(() => {
        const link = Object.assign(document.createElement('a'), { href: '#solution-2', textContent: 'there' });
        document.querySelector('main').prepend(link);
    });
    for (let time = 0; time < 2; time++) {
        await page.getByRole('link', { name: 'there', exact: true }).click();
        await page.waitForFunction(() => document.querySelector('#solution-2').open);
        await solution.locator('> summary').click();
    }

    // So does a word that is searched for and is in a fold only; others stay closed.
    await page.goto(`${address}02-parser.html`);
    await page.click('#mdbook-search-toggle');
    await page.fill('#mdbook-searchbar', 'photograph');
    await page.keyboard.press('Shift');
    await page.click('#mdbook-searchresults a[href*="02-parser.html"][href$="#exercises"]');
    await page.waitForFunction(() => document.querySelector('#solution-3')?.open);
    assert.equal(await isOpen(solution), false);

    // The index is found, too: what the book doesn't tell is said there.
    await page.goto(`${address}introduction.html?search=415`);
    await page.locator('#mdbook-searchresults a').first().click();
    await page.waitForURL('**/terms.html?highlight=415#status-codes');
    assert.match(await page.textContent('main li:has(mark)'), /^415 Unsupported Media Type: not in this book$/);
    // The search finds words, numbers, and what a command says, and leads there.
    const found = async words => {
        await page.fill('#mdbook-searchbar', words);
        await page.keyboard.press('Shift');
        await page.waitForFunction(words => document.querySelector('#mdbook-searchresults-header').textContent
            .includes(`'${words}'`), words);
        return page.locator('#mdbook-searchresults a').evaluateAll(links =>
            links.map(link => new URL(link.href).pathname.slice(1)));
    };
    await page.goto(`${address}introduction.html`);
    await page.click('#mdbook-search-toggle');
    assert.ok((await found('slowloris')).slice(0, 2).includes('16-deadlines.html'));
    assert.ok((await found('408')).includes('16-deadlines.html'));
    assert.ok((await found('smuggling')).includes('12-chunked.html'));
    assert.ok((await found('keep-alive')).includes('17-keep-alive.html'));
    assert.ok((await found('Empty reply from server')).length > 0);
    assert.match(await page.textContent('#mdbook-searchresults li'), /empty reply from server/i);

    // What is selected in a diff is what one types: no line that goes.
    await page.goto(`${address}04-route-dictionary.html`);
    const selected = await page.evaluate(() => {
        const pre = [...document.querySelectorAll('figure.diff pre')].find(pre => pre.querySelector('del'));
        getSelection().selectAllChildren(pre);
        const lines = tag => [...pre.querySelectorAll(tag)].map(row => row.textContent.trim()).filter(line => line !== '');
        return { text: getSelection().toString(), gone: lines('del'), typed: lines('ins') };
    });
    for (const line of selected.typed) assert.ok(selected.text.includes(line), line);
    const gone = selected.gone.filter(line => !selected.typed.some(typed => typed.includes(line)));
    assert.ok(gone.length > 0);
    for (const line of gone) assert.ok(!selected.text.split('\n').some(text => text.trim() === line), line);

    // New lines for several places are copied one place after the other.
    const several = page.locator('figcaption .copy', { hasText: /^Copy 1 of / }).first();
    await several.click();
    await page.locator('figcaption .copy', { hasText: /^Copy 2 of / }).first().waitFor();

    // What cargo has written is not for typing.
    await page.goto(`${address}01-tcp-echo.html`);
    assert.equal(await page.locator('figure[data-given] .copy').count(), 0);
    assert.equal(await page.locator('figure[data-given] .diff-added').count(), 0);

    // A chapter that has had another number is found.
    const missing = await readFile(`${folder}/404.html`, 'utf8');
    await page.route('**/99-decorators.html', route =>
        route.fulfill({ status: 404, contentType: 'text/html', body: missing }));
    await page.goto(`${address}99-decorators.html`);
    await page.click('#perhaps a');
    await page.waitForURL('**/05-decorators.html');

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

    // The slider over the bytes of a request, with the keyboard; and the choice of a request.
    await page.goto(`${address}11-framing.html`);
    const says = () => page.textContent('.prefixes section:not([hidden]) [role=status]');
    const slider = page.locator('.prefixes section:not([hidden]) input');
    assert.equal(await says(), '0 of 56: not yet');
    await slider.press('End');
    assert.equal(await says(), '56 of 56: a request of 56 bytes');
    await slider.press('ArrowLeft');
    assert.equal(await says(), '55 of 56: not yet');
    assert.equal(await page.locator('.prefixes section:not([hidden]) .come').count(), 55);
    assert.equal(await slider.getAttribute('aria-valuetext'), '55 of 56 bytes: not yet');
    await page.selectOption('.prefixes select', { index: 1 });
    await slider.press('End');
    assert.match(await says(), /: refused, 400: /);

    // One message, and what its readers go by.
    await page.goto(`${address}12-chunked.html`);
    const seen = who => page.locator(`.readers td:nth-child(${who}).first`).allTextContents();
    const verdict = () => page.textContent('.readers [role=status]');
    assert.deepEqual([await seen(1), await seen(2)], [['1'], ['1', '2']]);
    assert.match(await verdict(), /^The proxy sees POST \/echo, and allows it\. .* Nobody has allowed the last one\.$/);
    await page.selectOption('.readers label:nth-child(2) select', 'Transfer-Encoding');
    assert.deepEqual([await seen(1), await seen(2)], [['1'], ['1']]);
    assert.match(await verdict(), /^Both see the same: POST \/echo\./);
    await page.selectOption('.readers label:nth-child(1) select', 'Content-Length');
    assert.match(await verdict(), /^The proxy sees POST \/echo and GET \/namaste, and forbids/);

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

    // Each part can be reached with the keyboard. What is made of it lights up, and a sentence
    // says what it is.
    const lit = () => page.locator('.request .lit').allTextContents();
    const meaning = () => page.textContent('.request-told');
    await page.focus('.request-bytes [tabindex="0"]');
    assert.deepEqual(await lit(), ['GET', 'GET']);
    assert.match(await meaning(), /^The method\. .*Chapter 8, RFC 9110, section 9/);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await lit(), ['/request', '/request']);
    await page.keyboard.press('End');
    assert.deepEqual(await lit(), ['\\r\\n']);
    assert.match(await meaning(), /^The empty line\. /);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await lit(), ['GET', 'GET']);
    assert.ok(page.url().endsWith('/02-parser.html'));

    // So it is with a pointer, on both sides; what is clicked stays, until Escape.
    await page.hover('.request-parsed [data-twin=version]');
    assert.deepEqual(await lit(), ['HTTP/1.1', 'HTTP/1.1']);
    await page.click('.request-bytes [data-meaning=host]');
    await page.hover('h1');
    assert.deepEqual(await lit(), ['Host', 'host']);
    assert.equal(await page.getAttribute('.request-bytes [data-meaning=host]', 'aria-pressed'), 'true');
    await page.focus('.request-bytes [tabindex="0"]');
    await page.keyboard.press('Escape');
    assert.deepEqual(await lit(), []);

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
    await page.focus('.request-bytes [tabindex="0"]');
    assert.deepEqual(await lit(), ['GET', 'GET']);

    // What it says of the recorded request is what the build has drawn.
    const explained = await page.evaluate(async body => {
        const answer = await fetch('request?step=2', { method: 'POST', body });
        const inside = new DOMParser().parseFromString(await answer.text(), 'text/html');
        return ['.request-bytes', '.request-parsed'].map(part => inside.querySelector(part).textContent);
    }, recorded.bytes.replaceAll('\n', '').replaceAll('\\r\\n', '\r\n'));
    assert.deepEqual(explained, [recorded.bytes, recorded.parsed]);

    assert.deepEqual(errors, []);
    console.log('the page that compares steps, bearings and ticks, the search, requests that one can touch, and new editions: all is well');
} finally {
    book?.kill();
    await browser.close();
}
