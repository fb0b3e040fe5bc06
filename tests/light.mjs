// Loads pages of the built book as a phone does, with a slow processor and a slow network,
// and says what that costs: bytes, requests, when the largest part is there (LCP), how far
// parts move meanwhile (CLS), and for how long nobody is listened to (blocking).
//
//     npm install --no-save playwright-core
//     node tests/light.mjs book/book [03-if-else 12-chunked …]
//
// For CHROMIUM and NODE_PATH see tests/browser.mjs. Nothing may move, so it fails if a page's
// CLS is above the bound; the times are those of this machine, and only told.

import { launch, serve } from './browser.mjs';

const PAGES = ['introduction', '01-tcp-echo', '12-chunked', 'compare'];
const CLS_BOUND = 0.02;

// What Lighthouse calls slow 4G, and a processor a quarter as fast.
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER = 4;

/** Notes what the page's own clock says; runs before the page does. */
function observe() {
    globalThis.told = { lcp: 0, cls: 0, blocking: 0, moved: [] };
    const on = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
        .observe({ type, buffered: true });
    on('largest-contentful-paint', entry => { told.lcp = entry.startTime; });
    on('longtask', entry => { told.blocking += entry.duration - 50; });
    on('layout-shift', entry => {
        if (entry.hadRecentInput) return;
        told.cls += entry.value;
        for (const { node } of entry.sources) {
            told.moved.push(node instanceof Element ? node.outerHTML.slice(0, 60) : node?.textContent.slice(0, 60));
        }
    });
}

async function load(browser, address, page) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    let [bytes, requests] = [0, 0];
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
        requests += 1;
    });
    await tab.addInitScript(observe);
    await tab.goto(`${address}${page}.html`, { waitUntil: 'networkidle', timeout: 120_000 });
    await tab.waitForTimeout(500);
    const told = await tab.evaluate(() => globalThis.told);
    await context.close();
    return { ...told, bytes, requests };
}

const [, , folder = 'book/book', ...named] = process.argv;
const address = await serve(folder);
const browser = await launch();
let problems = 0;
for (const page of named.length > 0 ? named : PAGES) {
    const { bytes, requests, lcp, cls, blocking, moved } = await load(browser, address, page);
    console.log(`${page}: ${Math.round(bytes / 1000)} KB in ${requests} requests, `
        + `LCP ${(lcp / 1000).toFixed(1)} s, CLS ${cls.toFixed(3)}, blocking ${Math.round(blocking)} ms`);
    if (cls > CLS_BOUND) {
        problems += 1;
        for (const part of new Set(moved)) console.log(`    this moves: ${part}`);
    }
}
await browser.close();
process.exitCode = problems > 0 ? 1 : 0;
