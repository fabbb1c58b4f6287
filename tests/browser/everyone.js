// What is asked of a page for whoever sees less, or wants no motion.
({

  // Words of drawings and charts that cannot be told from what is under them: what they say, and how many
  // to one. Of a canvas those that are written after `listen`, over the pixels that were there.
  listen: () => {
      const pen = CanvasRenderingContext2D.prototype, write = (pen.glassboxWrite ??= pen.fillText);
      const rows = (globalThis.glassboxFaint = []), probe = document.createElement('canvas').getContext('2d');
      const page = getComputedStyle(document.querySelector('[data-testid=stApp]'));
      const rgb = (colour) => {
          probe.clearRect(0, 0, 1, 1);
          probe.fillStyle = colour;
          probe.fillRect(0, 0, 1, 1);
          return [...probe.getImageData(0, 0, 1, 1).data];
      };
      const light = (colour) => [0.2126, 0.7152, 0.0722].reduce((sum, share, k) => {
          const c = colour[k] / 255;
          return sum + share * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      }, 0);
      const over = (colour, alpha, paper) => colour.slice(0, 3).map((c, k) => paper[k] + alpha * (c - paper[k]));
      const contrast = (one, other) => {
          const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
      };
      const words = /[\p{L}\p{N}]/u;
      globalThis.glassboxContrast = { rgb, contrast, over, page };
      pen.fillText = function (text, x, y, most) {
          const mark = this.canvas.matches('.gz-canvas'); // one of thousands, which lie upon each other
          if (words.test(text) && !mark && typeof this.fillStyle === 'string' && this.canvas.isConnected) {
              const m = this.measureText(text), { a, d, e, f, b } = this.getTransform();
              const left = a * (x - m.actualBoundingBoxLeft) + e, top = d * (y - m.actualBoundingBoxAscent) + f;
              const wide = a * (m.actualBoundingBoxLeft + m.actualBoundingBoxRight), tall = d * (m.actualBoundingBoxAscent + m.actualBoundingBoxDescent);
              const paper = rgb(getComputedStyle(this.canvas).getPropertyValue('--st-background-color').trim()), found = [];
              if (!b && wide >= 1 && tall >= 1) {
                  const { data } = this.getImageData(left, top, wide, tall), ink = rgb(this.fillStyle);
                  for (let at = 0; at < data.length; at += 4 * Math.max(1, Math.floor(data.length / 400))) {
                      const under = over([...data.slice(at, at + 3)], data[at + 3] / 255, paper);
                      found.push(contrast(over(ink, (ink[3] / 255) * this.globalAlpha, under), under));
                  }
                  found.sort((p, q) => p - q); // a line or two may run below a word
                  rows.push([this.canvas.className || this.canvas.dataset.testid, text, found[Math.floor(found.length / 4)]]);
              }
          }
          return write.apply(this, arguments);
      };
  },

  faint: () => {
      const { rgb, contrast, over, page } = globalThis.glassboxContrast, rows = [...globalThis.glassboxFaint];
      const paper = rgb(page.backgroundColor);
      for (const text of document.querySelectorAll('.gw-drawing text, [data-testid=chart] text')) {
          if (!text.textContent.trim() || !text.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
          let alpha = 1;
          for (let at = text; at && at.tagName !== 'DIV'; at = at.parentElement) alpha *= Number(getComputedStyle(at).opacity);
          const ink = rgb(getComputedStyle(text).fill);
          rows.push([text.closest('div').className, text.textContent, contrast(over(ink, alpha * ink[3] / 255, paper), paper)]);
      }
      return rows.filter(([, , to]) => to < 4.495).map((row) => row.join(' '));
  },

  // What moves by itself: an animation, a film that plays, a change that takes its time.
  moves: () => {
      const animated = document.getAnimations()
          .filter(({ playState, timeline }) => playState === 'running' && timeline instanceof DocumentTimeline)
          .map(({ effect, animationName, transitionProperty }) => `${effect?.target?.className} ${animationName ?? transitionProperty}`);
      const plays = [...document.querySelectorAll('[aria-label=Pause]')].filter((e) => e.checkVisibility()).map((e) => e.className);
      const slow = [...document.querySelectorAll('body *')].filter((e) => {
          const { transitionDuration, animationDuration, animationTimeline, animationName } = getComputedStyle(e);
          const long = (words) => words.split(',').some((one) => parseFloat(one) > 0.001);
          return long(transitionDuration) || (animationName !== 'none' && animationTimeline === 'auto' && long(animationDuration));
      }).map((e) => `${e.tagName} ${e.className}`);
      return [...animated, ...plays, ...slow];
  },
})
