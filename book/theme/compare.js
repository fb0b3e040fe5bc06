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
    const CONTEXT = 3;

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

    /** The rows of a file in both steps: `{ old, new }`, line numbers counted from 0. */
    function rowsOf(oldFile, newFile, script) {
        const rows = [];
        let [old, neu] = [0, 0];
        script.forEach((length, index) => {
            for (let step = 0; step < length; step++) {
                const row = { old: null, new: null };
                if (index % 3 !== 2) row.old = old++;
                if (index % 3 !== 1) row.new = neu++;
                rows.push(row);
            }
        });
        return rows;
    }

    /** The change between two steps, in whichever order they are. */
    function changeBetween(first, second) {
        const isBack = first > second;
        const [older, newer] = isBack ? [second, first] : [first, second];
        const [oldFiles, newFiles] = [older, newer].map(step => (step ? data.files[step - 1] : {}));
        const moves = data.moves[`${older},${newer}`] ?? [];
        const files = [];
        for (const path of [...new Set([...Object.keys(oldFiles), ...Object.keys(newFiles)])].sort()) {
            const [old, neu] = [oldFiles[path], newFiles[path]];
            const count = file => (file === undefined ? 0 : data.sources[file][0].length);
            if (old === neu) continue;
            const script = old === undefined || neu === undefined
                ? [0, count(old), count(neu)]
                : data.scripts[`${old},${neu}`];
            const isMoved = row => moves.some(([, source, target]) =>
                (row.new === null && source[0] === path && source[1] <= row.old && row.old < source[2])
                || (row.old === null && target[0] === path && target[1] <= row.new && row.new < target[2]));
            const rows = rowsOf(old, neu, script).filter(row => !isMoved(row));
            const turned = isBack ? rows.map(row => ({ old: row.new, new: row.old })) : rows;
            const file = { path, old: isBack ? neu : old, new: isBack ? old : neu, rows: turned };
            file.added = turned.filter(row => row.old === null).length;
            file.removed = turned.filter(row => row.new === null).length;
            if (file.added + file.removed > 0) files.push(file);
        }
        const turn = ([name, source, target]) => (isBack ? [name, target, source] : [name, source, target]);
        return { files, moves: moves.map(turn) };
    }

    // ---- Drawing -------------------------------------------------------------------------

    function draw() {
        const [first, second] = [from, to].map(chooser => Number(chooser.select.value));
        const { files, moves } = changeBetween(first, second);
        const sum = kind => files.reduce((total, file) => total + file[kind], 0);
        const lines = `${sum('added')} lines added, ${sum('removed')} removed`;
        const moved = moves.length === 0 ? '' : `, ${moves.length} items moved`;
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
        const rows = visible(file.rows);
        for (const part of side.checked ? inPairs(rows) : rows) {
            if (part.gap !== undefined) pre.append(drawGap(file, part.gap));
            else if (side.checked) pre.append(drawSide(file, part.left, 'old'), drawSide(file, part.right, 'new'));
            else pre.append(drawRow(file, part));
        }
        const caption = element('figcaption', {}, element('code', {}, file.path), stat(file));
        return element('figure', { className: 'diff compared', tabIndex: -1 }, caption, pre);
    }

    /** The rows that change, and those around them; in the place of others a gap. */
    function visible(rows) {
        const isNear = index => rows
            .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
            .some(row => row.old === null || row.new === null);
        const shown = [];
        rows.forEach((row, index) => {
            if (isNear(index)) shown.push(row);
            else if (index > 0 && isNear(index - 1)) shown.push({ gap: null });
        });
        // A gap has the name of what comes after it, and at the end there is none.
        shown.forEach((row, index) => {
            if (row.gap !== undefined) row.gap = shown[index + 1] ?? null;
        });
        return shown.filter(row => row.gap !== null);
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
            if (row.gap === undefined && row.new === null) {
                if (added.length > 0) flush();
                removed.push(row);
            } else if (row.gap === undefined && row.old === null) {
                added.push(row);
            } else {
                flush();
                pairs.push(row.gap === undefined ? { left: row, right: row } : row);
            }
        }
        flush();
        return pairs;
    }

    function drawRow(file, row) {
        if (row.old === null) return line('ins', file.new, row.new);
        if (row.new === null) return line('del', file.old, row.old);
        return line('span', file.new, row.new);
    }

    function drawSide(file, row, which) {
        if (row === undefined) return element('span', { className: 'compare-none' }, '\n');
        const tag = row.old === null ? 'ins' : row.new === null ? 'del' : 'span';
        return line(tag, file[which], row[which]);
    }

    function drawGap(file, row) {
        const [source, number] = row.new === null ? [file.old, row.old] : [file.new, row.new];
        const items = data.sources[source][1].filter(([start]) => start <= number);
        const gap = element('span', { className: 'diff-gap' });
        gap.innerHTML = `⋮ ${items.at(-1)?.[1] ?? ''}\n`;
        return gap;
    }

    function line(tag, file, number) {
        const row = element(tag, {});
        row.dataset.n = number + 1;
        // The book's own highlighted code.
        row.innerHTML = `${data.lines[data.sources[file][0][number]]}\n`;
        return row;
    }

    function drawMove([name, [source], [target, start, end]], step) {
        const summary = element('summary', {});
        summary.innerHTML = `<code>${name}</code> moves from <code>${source}</code> to <code>${target}</code>`;
        const pre = element('pre', {});
        const file = data.files[step - 1][target];
        for (let number = start; number < end; number++) pre.append(line('span', file, number));
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
