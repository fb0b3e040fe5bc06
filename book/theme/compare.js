// The page that compares two steps. What is to be compared has been computed when the
// book was built; here it is only drawn. The address says what is shown:
// compare.html#03..07 or, side by side, compare.html#03..07:side.
'use strict';

(() => {
    const place = document.getElementById('compare');
    if (!place) return;
    // The book in one page, for the printer, has no room for it.
    if (location.pathname.endsWith('print.html')) {
        place.remove();
        return;
    }
    const data = JSON.parse(document.getElementById('compare-data').textContent);
    const files = data.files.map(files => Object.fromEntries(inPairs(files)
        .map(([path, source]) => [data.paths[path], source])));

    // ---- Which steps, and how ---------------------------------------------------------

    const pad = number => String(number).padStart(2, '0');
    const names = ['00 nothing', ...data.steps.map(slug => slug.replace('-', ' '))];
    const from = chooser('From', names);
    const to = chooser('to', names);
    const side = element('input', { type: 'checkbox', id: 'compare-side' });
    // On a phone there is no room for two columns.
    const hasRoom = matchMedia('(min-width: 700px)');
    const summary = element('p', { role: 'status' });
    const index = element('ul', { className: 'compare-index' });
    const figures = element('div', {});
    const controls = element('form', { className: 'compare-controls' },
        from.label, to.label,
        element('label', { className: 'compare-view' }, side, ' side by side'));
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
    hasRoom.addEventListener('change', draw);
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
        const filesOf = step => (step === 0 ? {} : files[step - 1]);
        const [changed, moves] = data.changes[`${older},${newer}`] ?? [[], []];
        const changedFiles = inPairs(changed).map(([number, diff]) => {
            const path = data.paths[number];
            const [old, neu] = [older, newer].map(step => linesOf(filesOf(step)[path]));
            const hunks = data.diffs[diff].map(([item, ...hunk]) => {
                const rows = rowsOf(hunk, old, neu);
                return { item: data.items[item], told: hunk.at(-1), rows: isBack ? turn(rows) : rows };
            });
            const rows = hunks.flatMap(hunk => hunk.rows);
            const count = tag => rows.filter(row => row.tag === tag).length;
            return { path, hunks, added: count('ins'), removed: count('del'), isWhole: old.length * neu.length === 0 };
        });
        return { files: changedFiles, moves: moves.map(number => moveOf(data.moves[number], isBack)) };
    }

    /** The numbers of a file's lines; none, if it isn't there. */
    function linesOf(source) {
        return inPairs(data.sources[source] ?? [])
            .flatMap(([first, count]) => Array.from({ length: count }, (_, index) => first + index));
    }

    function moveOf([item, from, to, isRepublished], isBack) {
        const [old, neu] = [from, to].map(([path, start, end]) => ({ path: data.paths[path], start, end }));
        return { item: data.items[item], old: isBack ? neu : old, new: isBack ? old : neu, isRepublished };
    }

    function inPairs(list) {
        const pairs = [];
        for (let index = 0; index < list.length; index += 2) pairs.push(list.slice(index, index + 2));
        return pairs;
    }

    /** The rows of a hunk, with their numbers and their lines in the old file and in the new one. */
    function rowsOf([old, neu, runs], oldFile, newFile) {
        const rows = [];
        const next = {
            '=': () => ({ tag: 'span', old: at(oldFile, old++), new: at(newFile, neu++) }),
            '-': () => ({ tag: 'del', old: at(oldFile, old++), new: null }),
            '+': () => ({ tag: 'ins', old: null, new: at(newFile, neu++) }),
            // What has moved is shown where it is, beside what has changed there.
            '>': () => ({ tag: 'span', old: null, new: at(newFile, neu++) }),
            '<': () => ({ tag: 'span', old: at(oldFile, old++), new: null }),
        };
        for (const [, length, run] of runs.matchAll(/(\d+)(.)/g)) {
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
        const { files: changed, moves } = changeBetween(first, second);
        const sum = kind => changed.reduce((total, file) => total + file[kind], 0);
        const lines = `${sum('added')} lines added, ${sum('removed')} removed`;
        const moved = moves.length === 0 ? '' : `, ${moves.length} ${moves.length === 1 ? 'item' : 'items'} moved`;
        summary.textContent = changed.length + moves.length === 0
            ? 'There is no difference.'
            : `From ${names[first]} to ${names[second]}: ${lines}${moved}.`;
        index.replaceChildren();
        figures.replaceChildren();
        document.body.classList.toggle('comparing-side-by-side', side.checked && hasRoom.matches);
        for (const file of changed) {
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
        // What is there on one side only has the whole width.
        const inColumns = side.checked && hasRoom.matches && !file.isWhole;
        const pre = element('pre', { className: inColumns ? 'side-by-side' : '' });
        const html = file.hunks.map(({ item, rows, told }, index) => {
            const name = index > 0 ? `⋮ ${escape(item)} ` : '';
            const gap = `<span class="diff-gap">${name}${toldBy(told)}\n</span>`;
            if (!inColumns) return gap + rows.map(drawRow).join('');
            const halves = sideBySide(rows).map(({ left, right }) => drawSide(left, 'old') + drawSide(right, 'new'));
            return gap + halves.join('');
        });
        pre.innerHTML = html.join('');
        const caption = element('figcaption', {}, element('code', {}, file.path), stat(file));
        const figure = element('figure', { className: 'diff compared', tabIndex: -1 }, caption, pre);
        figure.style.setProperty('--rows', pre.childElementCount / (inColumns ? 2 : 1));
        return figure;
    }

    /** Links to the diffs that tell a hunk, in their chapters. */
    function toldBy(told) {
        const MOST = 8; // as in book/tool/chapter/told.rs
        const links = told.slice(0, MOST).map(([chapter, figure]) => {
            const href = `${data.steps[chapter - 1]}.html#diff-${chapter}-${figure}`;
            return ` <a href="${href}">${chapter}.${figure}</a>`;
        });
        const front = links.length > 0 ? 'Diff' : '';
        return `<span class="told">${front}${links.join('')}${told.length > MOST ? ' …' : ''}</span>`;
    }

    /** Removed lines on the left of added ones. */
    function sideBySide(rows) {
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
        return place === null ? '<span class="compare-none">\n</span>' : line(row.tag, place);
    }

    /** A line, in the book's own colours. */
    function line(tag, { number, line }) {
        return `<${tag} data-n=${number}>${data.lines[line]}\n</${tag}>`;
    }

    function drawMove({ item, old, new: neu, isRepublished }, step) {
        const code = text => element('code', {}, text);
        const summary = element('summary', {}, code(item), ' moves from ', code(old.path), ' to ', code(neu.path),
            ...(isRepublished ? [', unchanged but for ', code('pub')] : [', unchanged']));
        const pre = element('pre', {});
        const lines = linesOf(files[step - 1][neu.path]);
        const rows = lines.map((_, number) => line('span', at(lines, number)));
        pre.innerHTML = rows.slice(neu.start, neu.end).join('');
        return element('figure', { className: 'move' }, element('details', {}, summary, pre));
    }

    function escape(text) {
        return element('i', {}, text).innerHTML;
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
