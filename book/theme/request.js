// The panel that shows a request byte by byte. Its parts can be pointed at, tapped, and
// reached with the arrow keys: what the step makes of one lights up beside it, and a sentence
// says what it is. The book's own server, `cargo run`, gives back at /request what it has
// received, and says of any request what its parts are; another server doesn't, and then the
// panel goes on showing the request that was recorded when the book was written.
'use strict';

(() => {
    const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

    for (const panel of document.querySelectorAll('figure.request')) {
        enliven(panel);
        replace(panel);
    }

    /** Shows the request that our own browser sends, if the server tells. */
    async function replace(panel) {
        const caption = panel.querySelector('figcaption');
        const html = await receive(panel.dataset.step);
        if (html === null) {
            caption.textContent = 'A request that a browser has sent, recorded. '
                + '(Read the book with cargo run, and this is your own browser\u2019s.)';
            return;
        }
        caption.textContent = 'What your browser has sent a moment ago, as the server of the last '
            + 'chapter has received it';
        for (const old of panel.querySelectorAll(':scope > :not(figcaption)')) old.remove();
        panel.insertAdjacentHTML('beforeend', html);
        enliven(panel);
    }

    /** What the server says of a request that we send; null if the server is another. */
    async function receive(step) {
        try {
            const response = await fetch('request', { cache: 'no-store' });
            if (response.headers.get('Content-Type') !== 'message/http') return null;
            const body = await response.arrayBuffer();
            const explained = await fetch(`request?step=${step}`, { method: 'POST', body });
            return explained.ok ? await explained.text() : null;
        } catch {
            return null;
        }
    }

    /** Makes a panel one that can be touched. */
    function enliven(panel) {
        const find = selector => [...panel.querySelectorAll(selector)];
        const bytes = panel.querySelector('.request-bytes');
        const parts = find('.request-bytes [data-meaning]');
        if (parts.length === 0) return;
        bytes.setAttribute('role', 'toolbar');
        bytes.setAttribute('aria-label', 'The parts of the request');
        for (const part of parts) {
            part.setAttribute('role', 'button');
            part.setAttribute('aria-pressed', 'false');
            part.tabIndex = -1;
        }
        parts[0].tabIndex = 0;
        panel.querySelector('.request-parts').hidden = true;

        const told = document.createElement('p');
        told.className = 'request-told';
        told.setAttribute('role', 'status');
        panel.querySelector('.request-sides').before(told);
        let kept = null;
        light(null);

        /** Lights up a part and what is made of it, and says what it is. */
        function light(part) {
            for (const lit of find('.lit')) lit.classList.remove('lit');
            if (part === null) {
                told.textContent = 'Point at a part, or go from one to the next with the arrow keys.';
                return;
            }
            part.classList.add('lit');
            const { meaning, twin } = part.dataset;
            if (twin) for (const other of find(`[data-twin="${twin}"]`)) other.classList.add('lit');
            const row = panel.querySelector(`.request-parts [data-meaning="${meaning}"]`);
            const [title, sentence] = row.children;
            const name = document.createElement('strong');
            name.textContent = `${title.textContent}. `;
            told.replaceChildren(name, ...[...sentence.childNodes].map(node => node.cloneNode(true)));
        }

        /** Keeps a part in the light when the pointer leaves; nothing, if it is kept already. */
        function keep(part) {
            kept?.setAttribute('aria-pressed', 'false');
            kept = kept === part ? null : part;
            kept?.setAttribute('aria-pressed', 'true');
            light(kept);
        }

        function release() {
            kept?.setAttribute('aria-pressed', 'false');
            kept = null;
            light(null);
        }

        /** The part of which this is a piece, on either side. */
        function partOf(target) {
            const twin = target.closest?.('[data-twin]')?.dataset.twin;
            return target.closest?.('.request-bytes [data-meaning]')
                ?? parts.find(part => twin !== undefined && part.dataset.twin === twin) ?? null;
        }

        const sides = panel.querySelector('.request-sides');
        sides.addEventListener('pointerover', event => light(partOf(event.target) ?? kept));
        sides.addEventListener('pointerleave', () => light(kept));
        sides.addEventListener('click', event => {
            const part = partOf(event.target);
            if (part) keep(part);
        });
        bytes.addEventListener('focusin', event => light(partOf(event.target) ?? kept));
        bytes.addEventListener('keydown', event => {
            const index = parts.indexOf(event.target);
            const next = { Home: 0, End: parts.length - 1 }[event.key] ?? index + STEPS[event.key];
            if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
            if (event.key === 'Enter' || event.key === ' ') keep(parts[index]);
            else if (event.key === 'Escape') release();
            else if (parts[next]) go(parts[index], parts[next]);
            else if (!(event.key in STEPS)) return;
            event.preventDefault();
            // mdBook leaves for the next chapter.
            event.stopPropagation();
        });

        function go(from, to) {
            from.tabIndex = -1;
            to.tabIndex = 0;
            to.focus();
        }
    }
})();
