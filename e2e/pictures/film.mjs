import sharp from 'sharp';

/** The looks of a mark that shows where the mouse is. */
const mark = {
  position: 'fixed',
  zIndex: '9999',
  width: '24px',
  height: '24px',
  margin: '-12px',
  borderRadius: '50%',
  pointerEvents: 'none',
  background: 'rgb(255 140 0 / .45)',
  border: '2px solid rgb(200 90 0)',
};

/** A recording of a page as an animated WebP. Only the moments that differ are stored. */
export class Film {
  #page;
  #frames = [];
  #delays = [];
  #mouse = { x: 600, y: 700 };

  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Shows the page for some seconds. */
  async hold(seconds) {
    await this.#take(seconds * 1000);
  }

  /** Moves the mark to an element, and clicks it. @param {import('@playwright/test').Locator} target */
  async click(target) {
    await target.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await target.boundingBox();
    const from = this.#mouse;
    const to = { x: x + width / 2, y: y + height / 2 };
    for (const part of [0.35, 0.7, 0.9, 1]) {
      this.#mouse = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      await this.#take(part === 1 ? 350 : 70);
    }
    await target.click({ force: true });
  }

  /** @param {string} path of the file that is written */
  async save(path) {
    const images = this.#frames.map((frame) => sharp(frame).resize({ width: 960 }).png().toBuffer());
    await sharp(await Promise.all(images), { join: { animated: true } })
      .webp({ quality: 60, effort: 6, delay: this.#delays, loop: 0, minSize: true, mixed: true })
      .toFile(path);
  }

  async #take(milliseconds) {
    await this.#page.evaluate(
      ([looks, { x, y }]) => {
        document.getElementById('film-mark')?.remove();
        const element = Object.assign(document.createElement('div'), { id: 'film-mark' });
        Object.assign(element.style, looks, { left: `${x}px`, top: `${y}px` });
        document.body.append(element);
      },
      [mark, this.#mouse],
    );
    this.#frames.push(await this.#page.screenshot());
    this.#delays.push(Math.round(milliseconds));
  }
}
