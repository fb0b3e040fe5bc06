// The page that compares two steps. What is to be compared has been computed when the
// book was built; here it is only drawn. The address says what is shown:
// compare.html#03..07 or, side by side, compare.html#03..07:side.
'use strict';

(() => {
    const place = document.getElementById('compare');
    if (!place) return;
    // The book in one page, for the printer, has no room for it; and there mdBook takes
    // links to this page for links to a part of that one.
    if (location.pathname.endsWith('print.html')) {
        for (const link of document.querySelectorAll('a[href^="#"]')) {
            const pair = link.getAttribute('href');
            if (/^#\d\d\.\.\d\d$/.test(pair)) link.href = `compare.html${pair}`;
        }
        return;
    }
    const data = JSON.parse(document.getElementById('compare-data').textContent);

    // ---- Which steps, and how ---------------------------------------------------------

    const pad = number => String(number).padStart(2, '0');
    const names = ['00 nothing', ...data.steps.map(slug => slug.replace('-', ' '))];
    const from = chooser('From', names);
    const to = chooser('to', names);
    const side = element('input', { type: 'checkbox', id: 'compare-side' });
    const summary = element('p', { role: 'status' });
    const index = element('ul', { className: 'compare-index' });
    const figures = element('div', {});
    const controls = element('form', { className: 'compare-controls' },
        from.label, to.label,
        element('label', {}, side, ' side by side'));
    place.append(controls, summary, index, figures);
    place.hidden = false;

    function chooser(label, options) {
        const select = element('select', {},
            ...options.map((name, number) => element('option', { value: number }, name)));
        return { select, label: element('label', {}, `${label} `, select) };
    }

    const address = () =>
        `#${pad(from.select.value)}..${pad(to.select.value)}${side.checked ? ':side' : ''}`;

    function readAddress() {
        const [, first, second, view] = /^#(\d\d)\.\.(\d\d)(:side)?$/.exec(location.hash) ?? [];
        const isStep = number => Number(number) < names.length;
        const known = first !== undefined && isStep(first) && isStep(second);
        // The address of a heading is none of a comparison.
        if (!known && summary.textContent !== '') return;
        from.select.value = known ? Number(first) : names.length - 2;
        to.select.value = known ? Number(second) : names.length - 1;
        side.checked = view !== undefined;
        if (!known) history.replaceState(null, '', address());
        draw();
    }

    controls.addEventListener('submit', event => event.preventDefault());
    controls.addEventListener('change', () => {
        history.pushState(null, '', address());
        draw();
    });
    addEventListener('popstate', readAddress);
    addEventListener('hashchange', readAddress);
    // In a list the arrow keys choose; in mdBook they leave for the next chapter.
    controls.addEventListener('keydown', event => event.stopPropagation());
    readAddress();

    // ---- What has changed --------------------------------------------------------------

    /** The change between two steps, in whichever order they are. */
    function changeBetween(first, second) {
        const isBack = first > second;
        const [older, newer] = isBack ? [second, first] : [first, second];
        const [oldFiles, newFiles] = [older, newer].map(step => (step ? data.files[step - 1] : {}));
        const [changed, moves] = data.changes[`${older},${newer}`] ?? [[], []];
        const files = changed.map(([path, diff]) => {
            const [old, neu] = [data.sources[oldFiles[path]], data.sources[newFiles[path]]];
            const hunks = data.diffs[diff].map(hunk => {
                const rows = rowsOf(hunk, old, neu);
                return { item: hunk.item, rows: isBack ? turn(rows) : rows };
            });
            const rows = hunks.flatMap(hunk => hunk.rows);
            const count = tag => rows.filter(row => row.tag === tag).length;
            return { path, hunks, added: count('ins'), removed: count('del') };
        });
        const turnMove = ([name, source, target, isRepublished]) =>
            (isBack ? [name, target, source, isRepublished] : [name, source, target, isRepublished]);
        return { files, moves: moves.map(turnMove) };
    }

    /** The rows of a hunk, with their numbers and their lines in the old file and in the new one. */
    function rowsOf({ start: [old, neu], runs }, oldFile, newFile) {
        const rows = [];
        const next = {
            same: () => ({ tag: 'span', old: at(oldFile, old++), new: at(newFile, neu++) }),
            removed: () => ({ tag: 'del', old: at(oldFile, old++), new: null }),
            added: () => ({ tag: 'ins', old: null, new: at(newFile, neu++) }),
            // What has moved is shown where it is, beside what has changed there.
            arrived: () => ({ tag: 'span', old: null, new: at(newFile, neu++) }),
            gone: () => ({ tag: 'span', old: at(oldFile, old++), new: null }),
        };
        for (const [run, length] of runs) {
            for (let count = 0; count < length; count++) rows.push(next[run]());
        }
        return rows;
    }

    function at(file, number) {
        return { number: number + 1, line: file[number] };
    }

    /** The same rows from the other side: what was added is removed, and comes first. */
    function turn(rows) {
        const turned = rows.map(({ tag, old, new: neu }) =>
            ({ tag: { ins: 'del', del: 'ins', span: 'span' }[tag], old: neu, new: old }));
        const ordered = [];
        let added = [];
        for (const row of turned) {
            if (row.tag === 'ins') {
                added.push(row);
                continue;
            }
            if (row.tag === 'span') {
                ordered.push(...added);
                added = [];
            }
            ordered.push(row);
        }
        return [...ordered, ...added];
    }

    // ---- Drawing -------------------------------------------------------------------------

    function draw() {
        const [first, second] = [from, to].map(chooser => Number(chooser.select.value));
        const { files, moves } = changeBetween(first, second);
        const sum = kind => files.reduce((total, file) => total + file[kind], 0);
        const lines = `${sum('added')} lines added, ${sum('removed')} removed`;
        const moved = moves.length === 0 ? '' : `, ${moves.length} ${moves.length === 1 ? 'item' : 'items'} moved`;
        summary.textContent = files.length + moves.length === 0
            ? 'There is no difference.'
            : `From ${names[first]} to ${names[second]}: ${lines}${moved}.`;
        index.replaceChildren();
        figures.replaceChildren();
        place.classList.toggle('side-by-side', side.checked);
        document.body.classList.toggle('comparing-side-by-side', side.checked);
        for (const file of files) {
            const figure = drawFile(file);
            const button = element('button', { type: 'button' }, file.path);
            button.addEventListener('click', () => {
                figure.scrollIntoView();
                figure.focus({ preventScroll: true });
            });
            index.append(element('li', {}, button, ' ', stat(file)));
            figures.append(figure);
        }
        for (const move of moves) figures.append(drawMove(move, second));
    }

    function drawFile(file) {
        const pre = element('pre', {});
        file.hunks.forEach(({ item, rows }, index) => {
            if (index > 0) pre.append(element('span', { className: 'diff-gap' }, `⋮ ${item}\n`));
            if (side.checked) {
                for (const { left, right } of inPairs(rows)) pre.append(drawSide(left, 'old'), drawSide(right, 'new'));
            } else {
                for (const row of rows) pre.append(drawRow(row));
            }
        });
        const caption = element('figcaption', {}, element('code', {}, file.path), stat(file));
        return element('figure', { className: 'diff compared', tabIndex: -1 }, caption, pre);
    }

    /** Removed lines on the left of added ones. */
    function inPairs(rows) {
        const pairs = [];
        let [removed, added] = [[], []];
        const flush = () => {
            for (let index = 0; index < Math.max(removed.length, added.length); index++) {
                pairs.push({ left: removed[index], right: added[index] });
            }
            [removed, added] = [[], []];
        };
        for (const row of rows) {
            if (row.tag === 'del') {
                if (added.length > 0) flush();
                removed.push(row);
            } else if (row.tag === 'ins') {
                added.push(row);
            } else {
                flush();
                pairs.push({ left: row, right: row });
            }
        }
        flush();
        return pairs;
    }

    /** A row; nothing, if it is of an item that has moved away. */
    function drawRow(row) {
        const place = row.tag === 'del' ? row.old : row.new;
        return place === null ? '' : line(row.tag, place);
    }

    function drawSide(row, which) {
        const place = row?.[which] ?? null;
        return place === null
            ? element('span', { className: 'compare-none' }, '\n')
            : line(row.tag, place);
    }

    function line(tag, { number, line }) {
        const row = element(tag, {});
        row.dataset.n = number;
        // The book's own highlighted code.
        row.innerHTML = `${data.lines[line]}\n`;
        return row;
    }

    function drawMove([name, [source], [target, start, end], isRepublished], step) {
        const code = text => element('code', {}, text);
        const summary = element('summary', {}, code(name), ' moves from ', code(source), ' to ', code(target),
            ...(isRepublished ? [', unchanged but for ', code('pub')] : [', unchanged']));
        const pre = element('pre', {});
        const file = data.sources[data.files[step - 1][target]];
        for (let number = start; number < end; number++) pre.append(line('span', at(file, number)));
        return element('figure', { className: 'move' }, element('details', {}, summary, pre));
    }

    function stat({ added, removed }) {
        const parts = [];
        if (added > 0) parts.push(element('span', { className: 'diff-added' }, `+${added}`));
        if (removed > 0) parts.push(element('span', { className: 'diff-removed' }, `−${removed}`));
        return element('span', { className: 'diff-stat' }, ...parts);
    }

    function element(tag, properties, ...children) {
        const made = Object.assign(document.createElement(tag), properties);
        made.append(...children);
        return made;
    }
})();
