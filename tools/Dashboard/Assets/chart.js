// Reads a chart out: where one points at it, or from point to point by the arrow keys while it has the focus. The
// values are those of the drawn lines; nothing is fetched, and nothing is done while nobody points. A module: its names
// are its own.

const width = 1000;
const tall = 200;
const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

// ---- a line's points, read from its path once ----

const known = new WeakMap();

function pointsOf(path) {
    const drawn = path.getAttribute('d');
    let entry = known.get(path);
    if (entry?.drawn !== drawn) {
        const points = new Map([...drawn.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [+x, +y]));
        entry = { drawn, points };
        known.set(path, entry);
    }
    return entry.points;
}

const linesOf = (plot) => [...plot.querySelectorAll('path[data-name]')];

const placesOf = (plot) =>
    [...new Set(linesOf(plot).flatMap(line => [...pointsOf(line).keys()]))].sort((a, b) => a - b);

// ---- words, as the server writes them ----

const three = (n) => n === 0 ? '0' : Math.abs(n) >= 99.95 ? n.toFixed(0) : Math.abs(n) >= 9.995 ? n.toFixed(1)
    : Math.abs(n) >= 0.9995 ? n.toFixed(2) : String(+n.toPrecision(3));

function wordOf(plot, y) {
    let value = (1 - y / tall) * plot.dataset.top - plot.dataset.less;
    if (!('scaled' in plot.dataset)) return `${+value.toFixed(1)} ${plot.dataset.unit}`;
    let step = 0;
    while (Math.abs(value) >= 999.5 && step < prefixes.length - 1) { value /= 1000; step++; }
    return `${three(value)} ${prefixes[step]}${plot.dataset.unit}`;
}

function timeOf(plot, x) {
    const { from, to } = plot.dataset;
    const at = new Date((+from + (to - from) * x / width) * 1000).toISOString();
    return (to - from > 86400 * 2 ? `${at.slice(5, 10)} ` : '') + `${at.slice(11, 16)} UTC`;
}

// ---- showing ----

function show(plot, x) {
    const place = plot.querySelector('.pointed');
    if (!place.firstChild) place.append(document.createElement('i'), document.createElement('output'));
    const [mark, words] = place.children;
    const values = linesOf(plot).map(line => [line.dataset.name, pointsOf(line).get(x)])
        .map(([name, y]) => `${name} ${y === undefined ? 'not on record' : wordOf(plot, y)}`);
    place.dataset.at = x;
    mark.style.left = `${x / width * 100}%`;
    words.style.left = mark.style.left;
    words.classList.toggle('before', x > width / 2);
    words.textContent = [timeOf(plot, x), ...values].join('\n');
}

function hide(plot) {
    const place = plot?.querySelector('.pointed');
    if (!place) return;
    place.replaceChildren();
    delete place.dataset.at;
}

const nearest = (places, x) => places.reduce((best, p) => Math.abs(p - x) < Math.abs(best - x) ? p : best, places[0]);

let frame = 0;

document.addEventListener('pointermove', (e) => {
    const drawn = e.target.closest?.('.drawn');
    if (!drawn) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
        const box = drawn.getBoundingClientRect();
        const plot = drawn.closest('.plot');
        const places = placesOf(plot);
        if (places.length > 0) show(plot, nearest(places, (e.clientX - box.left) / box.width * width));
    });
}, { passive: true });

document.addEventListener('pointerout', (e) => {
    const drawn = e.target.closest?.('.drawn');
    if (!drawn || drawn.contains(e.relatedTarget)) return;
    cancelAnimationFrame(frame);
    hide(drawn.closest('.plot'));
});

document.addEventListener('focusout', (e) => hide(e.target.closest?.('.plot')));

document.addEventListener('keydown', (e) => {
    const plot = e.target.closest?.('.drawn > svg') && e.target.closest('.plot');
    if (!plot) return;
    if (e.key === 'Escape') { hide(plot); return; }
    const places = placesOf(plot);
    const now = places.indexOf(+plot.querySelector('.pointed').dataset.at);
    const next = {
        ArrowLeft: now < 0 ? places.length - 1 : Math.max(0, now - 1),
        ArrowRight: now < 0 ? 0 : Math.min(places.length - 1, now + 1),
        Home: 0,
        End: places.length - 1,
    }[e.key];
    if (next === undefined || places.length === 0) return;
    e.preventDefault();
    show(plot, places[next]);
});
