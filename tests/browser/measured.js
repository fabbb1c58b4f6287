// What is measured of a page, from what was drawn.
({

  // How far a page can be scrolled to the side, and what of it stands beyond its right edge.
  across: () => {
      const main = document.querySelector('[data-testid=stMain]'), page = document.documentElement;
      return Math.max(main.scrollWidth - main.clientWidth, page.scrollWidth - innerWidth);
  },

  // Everything in the header by its name and its box: the links, the icons, the switch.
  header: () => {
      const css = '[data-testid=stTopNavLink], [data-testid=stExpandSidebarButton], .st-key-switches > *';
      const icons = [...document.querySelectorAll('.st-key-explain button')]
          .filter((e) => getComputedStyle(e.closest('.st-key-explain')).position === 'fixed');
      return [...document.querySelectorAll(css), ...icons]
          .map((e) => [e.innerText || e.className, e.getBoundingClientRect()])
          .filter(([, r]) => r.width > 1 && r.height > 1)
          .map(([name, r]) => [name, r.left, r.top, r.right, r.bottom]);
  },

  // All words of drawings and charts by their boxes: an SVG's as they lie on the page, a canvas's as
  // they are written. A row: text, size of its letters, left, top, right, bottom, and their frame.
  words: () => {
      const rows = [];
      document.querySelectorAll('.gw-drawing, [data-testid=chart]').forEach((frame, k) => {
          const scale = frame.getBoundingClientRect().width / frame.clientWidth || 1;
          for (const text of frame.querySelectorAll('text')) {
              const r = text.getBoundingClientRect(), style = getComputedStyle(text);
              const hidden = !text.checkVisibility({ opacityProperty: true, visibilityProperty: true });
              if (!text.textContent.trim() || hidden || r.width < 1) continue;
              if (text.closest('.slider-group, .updatemenu-container, .hoverlayer, .annotation-arrow-g')) continue;
              rows.push([text.textContent, scale * parseFloat(style.fontSize), r.left, r.top, r.right, r.bottom, `svg ${k}`]);
          }
      });
      const stage = document.querySelector('.gs')?.stage;
      if (!stage) return rows;
      const pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
      pen.fillText = function (text, x, y, most) {
          const m = this.measureText(text), { a, b, c, d, e, f } = this.getTransform(), ratio = devicePixelRatio;
          const size = parseFloat(this.font.match(/[\d.]+px/)[0]);
          const squeezed = Math.min(1, (most ?? Infinity) / m.width);
          const at = [[-m.actualBoundingBoxLeft, -m.actualBoundingBoxAscent], [m.actualBoundingBoxRight, m.actualBoundingBoxDescent]]
              .map(([dx, dy]) => [x + dx * squeezed, y + dy])
              .map(([u, v]) => [(a * u + c * v + e) / ratio, (b * u + d * v + f) / ratio]);
          const [xs, ys] = [0, 1].map((i) => at.map((p) => p[i]).sort((p, q) => p - q));
          if (text.trim() && this.canvas === stage.canvas) rows.push([text, size * squeezed, xs[0], ys[0], xs[1], ys[1], 'canvas']);
          return write.apply(this, arguments);
      };
      stage.paint();
      pen.fillText = write;
      return rows;
  },

  // What stands under each other on a page: the question, the pictures, the captions, by their boxes. A
  // picture is what is drawn, and may be larger than its place; a chart is scrolled in its frame.
  blocks: () => {
      const css = '[data-testid=stHeading], .gs, .gw, .gc-frame, .gm, .gm-unit, .gd, .st-key-caption';
      const scroller = document.querySelector('[data-testid=stMain]');
      return [...document.querySelectorAll(css)]
          .filter((e) => (e.querySelector(':scope > [data-testid=chart]') ?? e).checkVisibility({ visibilityProperty: true }) && !e.parentElement.closest('.gm-unit'))
          .filter((e) => !(e.matches('.gm') && e.querySelector('.gm-unit:not([hidden])')))
          .map((e) => [e.className || e.dataset.testid, e.getBoundingClientRect()])
          .filter(([, r]) => r.width > 1 && r.height > 1)
          .map(([name, r]) => [name, r.left, r.top + scroller.scrollTop, r.right, r.bottom + scroller.scrollTop]);
  },

  // What holds more than it shows: cut, or to be scrolled in a frame of its own. A row: what it is, and
  // how much of it is out of sight to the side and below: more than the foot of a low line. The line of
  // presets says that it goes on.
  cut: () => {
      const shows = (e) => e.clientWidth > 1 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      return [...document.querySelectorAll('[data-testid=stMain] *')]
          .filter((e) => getComputedStyle(e).overflow !== 'visible' && shows(e) && !e.closest('svg, .st-key-slim'))
          .map((e) => [`${e.className} ${e.textContent.slice(0, 40)}`, e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight])
          .filter(([, across, down]) => across > 1 || down > 6);
  },

  // Charts that have to be scrolled in their frames.
  scrolled: () => [...document.querySelectorAll('.gc-frame')]
      .map((e) => e.scrollWidth - e.clientWidth).filter((more) => more > 1),

  // The buttons of charts' menus by their boxes.
  menus: () => [...document.querySelectorAll('[data-testid=chart-menu] .gj-more')]
      .map((e) => e.getBoundingClientRect()).map((r) => [r.left, r.top, r.right, r.bottom]),

  // What a stage's parts measure, as it is laid out now.
  stage: () => {
      const stage = document.querySelector('.gs')?.stage;
      if (!stage) return null;
      const { units, box, film, look, canvas } = stage;
      const xs = film.sizes.map((_, layer) => units.find((u) => u.layer === layer).x);
      const between = Math.min(...xs.slice(1).map((x, k) => x - xs[k])) - units[0].side;
      return { tile: units[0].side, between, plane: box.plane.side, letters: look.size,
               width: canvas.clientWidth, height: canvas.clientHeight, classes: stage.root.className };
  },

  // A walk's drawing, its tables and its buttons; and every node in it.
  walk: () => {
      const find = (css) => document.querySelector(css)?.getBoundingClientRect();
      const place = document.querySelector('.gw-place');
      if (!place) return null;
      const box = (r) => r && [r.left, r.top, r.right, r.bottom], drawing = find('.gw-drawing');
      const nodes = [...document.querySelectorAll('.gw-drawing .gw-face')].map((e) => box(e.getBoundingClientRect()));
      return { place: box(find('.gw-place')), side: box(find('.gw-side')), bar: box(find('.gw-bar')),
               drawing: box(drawing), nodes, sticks: getComputedStyle(document.querySelector('.gw-bar')).position };
  },
})
