// A button in the caption of a figure, that copies what the reader must type: the new
// lines of a diff, the commands of a transcript, the whole of a file.
'use strict';

(() => {
    const KINDS = [
        { figure: 'figure.diff', rows: 'pre > ins', what: 'the new lines' },
        { figure: 'figure.source', rows: 'pre > span', what: 'the file' },
        { figure: 'figure.console', rows: 'pre > kbd', what: 'the commands' },
    ];

    // What happened is told to screen readers here, whichever button was pressed.
    const status = document.createElement('p');
    status.className = 'visually-hidden';
    status.setAttribute('role', 'status');
    document.body.append(status);

    addButtons(document);
    // Some figures come later.
    document.addEventListener('figures', event => addButtons(event.target));

    function addButtons(part) {
        for (const { figure: selector, rows, what } of KINDS) {
            for (const figure of part.querySelectorAll(selector)) {
                const typed = [...figure.querySelectorAll(rows)];
                // What cargo has written is there already.
                if (typed.length === 0 || figure.matches('[data-given]')) continue;
                const places = figure.matches('.diff') ? inPlaces(figure) : [typed];
                addButton(figure.querySelector('figcaption'), places, what);
            }
        }
    }

    // New lines that go to several places are of no use in one piece.
    function inPlaces(figure) {
        const places = [];
        let last = null;
        for (const row of figure.querySelectorAll('pre > :not(del)')) {
            if (row.tagName === 'INS' && last !== 'INS') places.push([]);
            if (row.tagName === 'INS') places.at(-1).push(row);
            last = row.tagName;
        }
        return places;
    }

    /** A button that copies some rows; if they have several places, one after the other. */
    function addButton(caption, places, what) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'copy';
        const file = caption.querySelector('code');
        const details = document.createElement('span');
        details.className = 'visually-hidden';
        details.textContent = file ? ` ${what} of ${file.textContent}` : ` ${what}`;
        let place = 0;
        button.dataset.place = place;
        const label = () => (places.length === 1 ? 'Copy' : `Copy ${place + 1} of ${places.length}`);
        button.append(label(), details);
        caption.append(button);

        let timer;
        button.addEventListener('click', async () => {
            const rows = places[place];
            let text = rows.map(row => row.textContent).join('');
            // A shell would run the last command as soon as it is pasted.
            if (rows[0].tagName === 'KBD') text = text.trimEnd();
            const done = await copy(text);
            if (done) place = (place + 1) % places.length;
            button.dataset.place = place;
            if (places.length > 1) rows.forEach(row => row.classList.toggle('copied', done));
            button.focus();
            button.firstChild.data = done ? 'Copied' : 'Not copied';
            const lines = rows.length === 1 ? '1 line' : `${rows.length} lines`;
            status.textContent = done ? `Copied ${lines}` : 'Not copied: the browser refuses';
            clearTimeout(timer);
            timer = setTimeout(() => {
                button.firstChild.data = label();
                places.flat().forEach(row => row.classList.remove('copied'));
                status.textContent = '';
            }, 2000);
        });
    }

    async function copy(text) {
        // Browsers have a clipboard for https and for this machine only; in a workshop
        // the book comes over http from another one, and the old way still works.
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch {
            const area = document.createElement('textarea');
            area.value = text;
            area.className = 'visually-hidden';
            area.style.position = 'fixed';
            document.body.append(area);
            area.select();
            const done = document.execCommand('copy');
            area.remove();
            return done;
        }
    }

    // mdBook's own buttons, on ordinary blocks, tell what happened to the eye only.
    document.addEventListener('click', event => {
        const tip = event.target.closest('.clip-button')?.querySelector('.tooltiptext');
        if (tip) setTimeout(() => { status.textContent = tip.textContent; }, 100);
    });
})();
