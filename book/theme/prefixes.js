// What a step says while the bytes of a request come: a slider over them, in the place of
// the table that says it for all their numbers.
'use strict';

for (const figure of document.querySelectorAll('figure.prefixes')) {
    const requests = [...figure.querySelectorAll('section')];
    const choice = requests.length > 1 ? choose(requests) : null;
    requests.forEach(slide);
    if (choice) figure.querySelector('figcaption').after(choice);

    /** The choice between several requests; all but one are hidden. */
    function choose(requests) {
        const select = document.createElement('select');
        for (const request of requests) select.append(new Option(request.getAttribute('aria-label')));
        const show = () => requests.forEach((request, index) => {
            request.hidden = index !== select.selectedIndex;
        });
        select.setAttribute('aria-label', 'Which request');
        select.addEventListener('change', show);
        show();
        const place = document.createElement('p');
        place.append(select);
        return place;
    }

    /** Puts a slider below the bytes of a request. */
    function slide(request) {
        const bytes = [...request.querySelectorAll('pre i')];
        const rows = [...request.querySelectorAll('tr[data-from]')];
        request.querySelector('.table-wrapper').hidden = true;
        request.querySelector('p').hidden = requests.length > 1;
        const slider = Object.assign(document.createElement('input'), { type: 'range', min: 0, max: bytes.length });
        const label = document.createElement('label');
        label.append('Bytes that have come', slider);
        const says = document.createElement('p');
        says.setAttribute('role', 'status');
        request.append(label, says);
        slider.addEventListener('input', show);
        slider.value = 0;
        show();

        function show() {
            const come = Number(slider.value);
            bytes.forEach((byte, index) => byte.classList.toggle('come', index < come));
            const row = rows.findLast(row => Number(row.dataset.from) <= come);
            const answer = row?.querySelector('td').textContent ?? '';
            slider.setAttribute('aria-valuetext', `${come} of ${bytes.length} bytes: ${answer}`);
            const count = document.createElement('span');
            count.textContent = `${come} of ${bytes.length}: `;
            const strong = document.createElement('strong');
            strong.textContent = answer;
            says.replaceChildren(count, strong);
        }
    }
}
