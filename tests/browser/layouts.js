// Faults of layouts, as sentences: what lies on another thing, sticks out, or cannot be read.

// Every part of the stage with the words that stand around it.
const stageFaults = ({ widths, heights, letters, networks }) => {
    const faults = [];
    const room = ({ x, y, width, height }, left, above, right, below) =>
        ({ x: x - left, y: y - above, width: width + left + right, height: height + above + below });
    const touch = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1;
    for (const width of widths) for (const height of heights) for (const size of letters)
    for (const sizes of networks) for (const opened of [false, true]) for (const spaceOnly of [false, true]) for (const off of [null, 7 - sizes[0]]) {
        const signs = sizes.at(-1) > 2 ? Math.ceil(sizes.at(-1) / 4) : 0, s = size;
        const visible = spaceOnly ? 1.2 * height : undefined; // where one of them matters the other does not
        const box = layoutOf({ width, height, visible, size, sizes, opened, spaceOnly, classes: true, signs, off });
        const say = (words) => faults.push(`${words}: ${[width, height, size, sizes, opened, spaceOnly, off].join(" ")}`);
        const plane = { ...box.plane, width: box.plane.side, height: box.plane.side };
        const parts = { network: box.network, plane: room(plane, 2.2 * s, (1.3 + 1.35 * Math.max(0, box.signs - 1)) * s, 0, 1.4 * s) };
        if (box.loss) parts.loss = room(box.loss, 3.2 * s, 1.3 * s, 0, 0);
        if (box.loss) parts.accuracy = room(box.accuracy, 2 * s, 1.3 * s, 0, 1.4 * s);
        if (opened) parts.panel = box.panel;
        else {
            parts.tabs = { ...box.tabs, width: 10 * s, height: 1.5 * s };
            if (box.matrix) parts.matrix = { ...box.matrix, height: 4.35 * s };
            if (box.space) parts.space = room(box.space, 1.5 * s, 0, 0, 1.3 * s);
        }
        if (box.width > width && box.network.width < box.width - s) say("wider than it need be");
        for (const [name, part] of Object.entries(parts)) {
            if (part.x < -0.5 || part.y < -0.5 || part.x + part.width > box.width + 0.5
                || part.y + part.height > box.height + 0.5) say(`${name} sticks out`);
            if (name !== "network" && !(part.width >= 8 * s && part.height >= 0.9 * s)) say(`${name} is squeezed`);
            for (const [other, there] of Object.entries(parts)) {
                if (name < other && touch(part, there)) say(`${name} on ${other}`);
            }
        }
        if (box.plane.side < Math.min(12 * s, 0.68 * width)) say("a small plane");
        const columns = sizes.map((_, layer) => box.units.filter((u) => u.layer === layer));
        for (const u of box.units) {
            if (u.side < 17.9) say(`a tile of ${u.side}`);
            if (u.y - u.side / 2 < box.network.y + (off === null ? 1.2 * s : Math.max(48, 1.2 * s))) say("a tile on its head");
            if (u.y + u.side / 2 > box.network.y + box.network.height + 0.5) say("a tile sticks out");
        }
        columns.forEach((column, k) => {
            column.slice(1).forEach((u, j) => u.y - column[j].y < u.side * 1.05 && say("tiles touch"));
            const next = columns[k + 1]?.[0];
            if (next && next.x - column[0].x - next.side < 23.9) say("no room for lines");
        });
        const ems = (words) => 0.5 * s * words.length;
        if (off !== null) buildFaults(box, sizes, s, off, ems, say);
        const heads = headsOf(sizes, box.units, s, ems);
        heads.slice(1).forEach(({ head, x }, k) => {
            if (x - ems(head) / 2 < heads[k].x + ems(heads[k].head) / 2 + 2) say("heads touch");
        });
    }
    return faults;
};

// What builds a network: all there, large enough to touch, inside, and on nothing.
const buildFaults = (box, sizes, s, off, ems, say) => {
    const heads = headsOf(sizes, box.units, s, ems, true), buttons = [...box.switches];
    heads.forEach(({ stepper }) => stepper !== undefined && buttons.push(...stepperAt(box.network, stepper)));
    if (buttons.length !== 7 + 2 * (sizes.length - 1)) say("a button missing");
    const words = heads.map(({ head, x }) => ({ x: x - ems(head) / 2, y: box.network.y + 24 - s / 2, width: ems(head), height: s }));
    const tiles = box.units.map(({ x, y, side }) => ({ x: x - side / 2, y: y - side / 2, width: side, height: side }));
    const touch = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5
        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;
    buttons.forEach((button, k) => {
        if (button.width < 24 || button.height < 24) say("a button too small to touch");
        if (button.x < 0 || button.y < 0 || button.x + button.width > box.network.x + box.network.width + s
            || button.y + button.height > box.network.y + box.network.height + 0.5) say("a button sticks out");
        if ([...buttons.slice(k + 1), ...words, ...tiles].some((one) => touch(button, one))) say("a button on something");
    });
    words.forEach((one, k) => words.slice(k + 1).some((other) => touch(one, other)) && say("a head on another"));
    box.switches.forEach((one, k) => {
        if (one.width < 4 * s) say("a name without room");
        const tile = tiles[k];
        if (k < sizes[0] && Math.abs(one.y + one.height / 2 - tile.y - tile.height / 2) > 1) say("a switch not beside its tile");
        if (k >= sizes[0] && one.y < Math.max(...tiles.slice(0, sizes[0]).map((t) => t.y + t.height))) say("what is off above what is on");
    });
};

// A walk at a size, step by step: all words and where they are, from what its layout says.
const walkFaults = ({ message, widths, heights, size, big }) => {
    const faults = [], apart = 0.12 * size;
    for (const offered of widths) for (const high of heights) for (const steps of message.samples) {
        const walk = { message, steps, size, big, digits: big ? 3 : 4, touched: null };
        const least = leastOf(walk), width = Math.max(offered, least.width), height = Math.max(high, least.height);
        Object.assign(walk, { width, height, places: placeNodes(walk, width, height) });
        steps.forEach((_, step) => {
            const say = (words) => faults.push(`step ${step + 1} at ${width}×${height}: ${words}`);
            walk.known = Walk.prototype.reveal.call({ steps, step });
            const words = [...message.nodes.flatMap((node) => nodeWords(walk, node, walk.places[node.id])),
                           ...Object.values(allLinkWords(walk)).flat()];
            const boxes = words.map((line) => ({ text: line.text, ...boxOf(line, size) }));
            boxes.forEach((a, k) => {
                if (a.x < -apart || a.y < -apart || a.x + a.width > width + apart || a.y + a.height > height + apart)
                    say(`${a.text} sticks out`);
                boxes.slice(k + 1).forEach((b) => {
                    if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > apart
                        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > apart) say(`${a.text} on ${b.text}`);
                });
            });
        });
    }
    return faults;
};

// The wall: every picture in its place, none too small, and all parts of an opened unit.
const wallFaults = ({ widths, heights, letters, counts }) => {
    const faults = [];
    const touch = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.5
        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5;
    for (const width of widths) for (const height of heights) {
        for (const count of counts) for (const strips of [false, true]) {
            const say = (words) => faults.push(`${words}: ${[width, height, count, strips].join(" ")}`);
            const found = tilesIn({ width, height, count, strips });
            if (found.tiles.length !== count) say("units without a picture");
            if (found.height > height + 0.5 && found.tiles[0].size > 52) say("higher than it need be");
            const boxes = found.tiles.map(({ x, y, size, strip }) => ({ x, y, width: size, height: size + strip }));
            boxes.forEach((a, k) => {
                if (a.width < 23) say("a picture of fewer pixels than it has");
                if (a.x < 0 || a.x + a.width > width + 0.5 || a.y + a.height > found.height + 0.5) say("a picture sticks out");
                if (boxes.slice(k + 1).some((b) => touch(a, b))) say("pictures touch");
            });
        }
        for (const size of letters) for (const bars of [0, 2, 5, 10]) for (const rows of bars ? [false, true] : [false]) for (const finger of [false, true])
        for (const said of [20, 130, 260]) {
            const say = (words) => faults.push(`${words}: ${[width, height, size, bars, rows, finger, said].join(" ")}`);
            const found = unitIn({ width, height, size, big: size > 16, bars, rows, letters: said, finger });
            const names = ["head", "map", "words", "bars", "seen"].filter((name) => bars || name !== "bars");
            for (const name of names) {
                const part = found[name];
                if (part.x < 0 || part.y < 0 || part.x + part.width > width + 0.5 || part.y + part.height > found.height + 0.5) say(`${name} sticks out`);
                for (const other of names) if (name < other && touch(part, found[other])) say(`${name} on ${other}`);
            }
            if (found.map.width < Math.min(width, 13 * size) || found.map.height < 13 * size) say("a small picture");
            if (said * 0.48 * size > (found.words.height / ((size > 16 ? 1.25 : 1.35) * size)) * found.words.width) say("words without room");
            if (finger && found.head.height < 44) say("too low for a finger");
            const without = bars && !found.bars.height; // on a projector, where not all has room
            if (without && !(size > 16 && found.beside)) say("bars without a place");
            const again = unitIn({ width, height, size, big: size > 16, bars, rows, letters: 0, finger });
            if (said <= (size > 16 ? 120 : 420) && Math.abs(found.height - again.height) > 0.5) say("a height that hangs on what is said");
            if (found.height > Math.max(height, found.least) + 0.5) say("higher than it need be");
            if (rows && !without && found.bars.height < (1 + bars) * 1.1 * size) say("names without room");
            if (found.many > 1 && found.cell < (rows ? 5.5 * size : found.edge)) say("a name without room");
            if (found.many * found.cell > found.seen.width + 0.5 || found.edge > found.cell + 0.5 || found.edge < Math.min(1.9 * size, width / 7)) say(`a test digit of ${found.edge}`);
        }
    }
    return faults;
};

// Names above panels: on each other, in a panel, or a panel that is no panel any more.
const headFaults = ({ figure, size, big, widths, heights }) => {
    const faults = [];
    for (const width of widths) for (const height of heights) {
        const { layout } = JSON.parse(figure), pen = document.createElement("canvas").getContext("2d");
        Object.assign(layout.font ??= {}, { size });
        layout.margin = big ? { l: 90, r: 24, t: 45, b: 66 } : layout.margin;
        const top = layout.margin.t;
        for (const again of [1, 2]) putHeads(layout, width, height); // also when it is drawn again
        const say = (words) => faults.push(`${words}: ${width} ${height} ${size}`);
        const plot = height - layout.margin.t - layout.margin.b, high = 1.2 * size;
        const axes = ["yaxis", "yaxis2"].map((name) => layout[name].domain.map((share) => layout.margin.t + (1 - share) * plot));
        axes.forEach(([low, up]) => low - up < (big ? 40 : 60) && say(`a panel of ${low - up}`));
        pen.font = `${size}px Source Sans, sans-serif`;
        const names = layout.annotations.filter(({ name, text }) => name === "above its panel" && text).map((a) => {
            const [low, up] = axes[a.yref.startsWith("y2") ? 1 : 0], wide = pen.measureText(a.text).width;
            const left = a.xanchor === "right" ? width - 4 - wide : 4, bottom = up - a.yshift;
            return { left, right: left + wide, top: bottom - high, bottom, panel: up, above: a.yref.startsWith("y2") ? axes[0][0] : top - 1 };
        });
        if (names.length !== 4) say(`${names.length} names`);
        names.forEach((one, k) => {
            if (one.left < 0 || one.right > width) say("a name sticks out");
            if (one.bottom > one.panel + 0.5 || one.top < one.above - 1) say("a name in a panel or in the title");
            for (const other of names.slice(0, k)) {
                if (one.left < other.right && other.left < one.right && one.top < other.bottom - 1 && other.top < one.bottom - 1) say("names touch");
            }
        });
    }
    return faults;
};

// Words at the lowest point of a curve like a U, at every place in panels of some sizes.
const wordsFaults = ({ sides, words }) => {
    const faults = [];
    for (const [width, height] of sides) for (const share of [0.05, 0.3, 0.6, 0.95]) for (const low of [0.1, 0.5, 0.9]) {
        const panel = { left: 40, right: 40 + width, top: 30, bottom: 30 + height };
        const point = [panel.left + share * width, panel.bottom - low * height];
        const dots = Array.from({ length: width }, (_, x) => [panel.left + x, point[1] - 0.002 * (panel.left + x - point[0]) ** 2]);
        const [across, down] = placeFor(point, words, panel, dots);
        const box = { left: point[0] + across - words.wide / 2, top: point[1] + down - words.high / 2 };
        const say = (what) => faults.push(`${what}: ${[width, height, share, low]}`);
        if (box.left < panel.left - 1 || box.left + words.wide > panel.right + 1) say("beside the panel");
        if (box.top < panel.top - 1 || box.top + words.high > panel.bottom + 1) say("above or below the panel");
        const inside = dots.filter(([x, y]) => x > box.left && x < box.left + words.wide && y > box.top && y < box.top + words.high);
        if (inside.length && height > 100) say(`on ${inside.length} points of a curve`);
    }
    return faults;
};
