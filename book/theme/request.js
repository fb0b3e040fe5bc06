// The panel that shows a request byte by byte. The book's own server, `cargo run`, gives
// back at /request what it has received; another server doesn't, and then the panel goes
// on showing the request that was recorded when the book was written.
'use strict';

(async () => {
    const panels = document.querySelectorAll('figure.request');
    if (panels.length === 0) return;
    const sent = await receive();
    for (const panel of panels) {
        const caption = panel.querySelector('figcaption');
        if (sent === null) {
            caption.textContent = 'A request that a browser has sent, recorded. '
                + '(Read the book with cargo run, and this is your own browser\u2019s.)';
            continue;
        }
        caption.textContent = 'What your browser has sent a moment ago, as the server of the last '
            + 'chapter has received it';
        draw(panel, sent);
    }

    /** The bytes of a request that we send, as characters; null if the server is another. */
    async function receive() {
        try {
            const response = await fetch('request', { cache: 'no-store' });
            if (response.headers.get('Content-Type') !== 'message/http') return null;
            const bytes = new Uint8Array(await response.arrayBuffer());
            return String.fromCharCode(...bytes);
        } catch {
            return null;
        }
    }

    function draw(panel, text) {
        const bytes = panel.querySelector('.request-bytes');
        bytes.replaceChildren(...text.split(/(?<=\r\n)/).map(line => {
            const row = document.createElement('span');
            const end = document.createElement('b');
            end.textContent = '\\r\\n';
            row.append(line.replace('\r\n', ''), end, '\n');
            return row;
        }));
        const parsed = panel.querySelector('.request-parsed');
        if (parsed) parsed.textContent = parse(text, Number(panel.dataset.step));
    }

    /** What a step's page /request says, as in book/tool/request.rs. */
    function parse(text, step) {
        const end = text.indexOf('\r\n\r\n');
        const [first, ...lines] = text.slice(0, end).split('\r\n');
        const [method, uri, version] = first.split(' ');
        let headers = lines.filter(line => line.includes(':')).map(line => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        });
        if (step < 10) headers = [...new Map(headers)].sort(([a], [b]) => (a < b ? -1 : 1));
        return [`method: ${method}`, `uri: ${uri}`, `version: ${version}`,
            ...headers.map(([name, value]) => `header ${name}: ${value}`),
            `body: ${text.slice(end + 4)}`].join('\n').trimEnd();
    }
})();
