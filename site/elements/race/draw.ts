import { GRID, type Scene } from './scene.js';

/* Pictures on a canvas, for they change with every step. */

type Colour = readonly [red: number, green: number, blue: number];

/** Of the classes; blue and orange differ for all eyes. */
const colours: readonly Colour[] = [
  [66, 133, 214],
  [226, 125, 40],
  [60, 160, 95],
];

const css = ([red, green, blue]: Colour, alpha = 1): string => `rgba(${red},${green},${blue},${alpha})`;

export type Painter = (picture: Float32Array) => void;

/** What a scene needs of the page's colours. */
export interface Ground {
  readonly isDark: boolean;
}

/** Paints pictures of a scene on a canvas, which gets the size that they need. */
export function painterOf(canvas: HTMLCanvasElement, scene: Scene, ground: Ground): Painter {
  canvas.width = canvas.height = scene.kind === 'plane' ? 384 : 360;
  if (scene.kind !== 'plane') canvas.height = 240;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  return { plane: planePainter, digits: digitsPainter, masks: masksPainter }[scene.kind](context, scene, ground);
}

type MakePainter = (context: CanvasRenderingContext2D, scene: Scene, ground: Ground) => Painter;

const planePainter: MakePainter = (context, scene, { isDark }) => {
  const { width, height } = context.canvas;
  const points = layer(width, height, (own) => paintPoints(own, scene, isDark));
  const cells = new OffscreenCanvas(GRID, GRID);
  const small = cells.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const image = small.createImageData(GRID, GRID);
  const paper = isDark ? 27 : 255;
  const classes = Math.max(2, scene.classes);
  return (picture) => {
    for (let cell = 0; cell < GRID ** 2; cell++) {
      for (let channel = 0; channel < 3; channel++) {
        let mixed = 0;
        for (let i = 0; i < classes; i++) mixed += (colours[i]?.[channel] ?? 0) * probability(picture, scene, cell, i);
        image.data[4 * cell + channel] = 0.5 * paper + 0.5 * mixed;
      }
      image.data[4 * cell + 3] = 255;
    }
    small.putImageData(image, 0, 0);
    context.drawImage(cells, 0, 0, width, height);
    context.drawImage(points, 0, 0);
  };
};

function probability(picture: Float32Array, { classes }: Scene, place: number, label: number): number {
  if (classes > 1) return picture[place * classes + label] ?? 0;
  const yes = picture[place] ?? 0;
  return label === 1 ? yes : 1 - yes;
}

function paintPoints(context: OffscreenCanvasRenderingContext2D, scene: Scene, isDark: boolean): void {
  const { drawn, labels, corners } = scene;
  const [[left, bottom], [right, top]] = corners;
  const { width, height } = context.canvas;
  context.strokeStyle = isDark ? '#111' : '#fff';
  labels.forEach((label, i) => {
    const x = (((drawn[2 * i] ?? 0) - left) / (right - left)) * width;
    const y = ((top - (drawn[2 * i + 1] ?? 0)) / (top - bottom)) * height;
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.fillStyle = css(colours[label] ?? [128, 128, 128]);
    context.fill();
    context.stroke();
  });
}

function layer(
  width: number,
  height: number,
  paint: (context: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas.getContext('2d') as OffscreenCanvasRenderingContext2D);
  return canvas;
}

/** Square images of grey as one picture each. */
function greys(pixels: Float32Array, side: number, isDark: boolean): OffscreenCanvas[] {
  return Array.from({ length: pixels.length / side ** 2 }, (_, index) =>
    layer(side, side, (context) => {
      const image = context.createImageData(side, side);
      for (let i = 0; i < side ** 2; i++) {
        const ink = pixels[index * side ** 2 + i] ?? 0;
        image.data.fill(255 * (isDark ? 0.1 + 0.8 * ink : 1 - 0.85 * ink), 4 * i, 4 * i + 3);
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
    }),
  );
}

const digitsPainter: MakePainter = (context, scene, { isDark }) => {
  const images = greys(scene.drawn, scene.side, isDark);
  const [columns, size] = [6, 60];
  return (picture) => {
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.font = 'bold 16px sans-serif';
    images.forEach((image, i) => {
      const [x, y] = [(i % columns) * size, Math.floor(i / columns) * size];
      const own = Array.from(picture.subarray(i * scene.classes, (i + 1) * scene.classes));
      const guess = own.indexOf(Math.max(...own));
      const isWrong = guess !== scene.labels[i];
      context.imageSmoothingEnabled = false;
      context.drawImage(image, x + 3, y + 3, size - 6, size - 6);
      context.fillStyle = isWrong ? (isDark ? '#ffab5e' : '#b04500') : isDark ? '#9be0ad' : '#17693a';
      context.fillText(String(guess), x + 6, y + 18);
      if (!isWrong) return;
      context.strokeStyle = context.fillStyle;
      context.lineWidth = 3;
      context.strokeRect(x + 3, y + 3, size - 6, size - 6);
    });
  };
};

const masksPainter: MakePainter = (context, scene, { isDark }) => {
  const { side } = scene;
  const images = greys(scene.drawn, side, true);
  const [columns, size] = [3, 120];
  const scale = size / side;
  const outlines = images.map((_, index) =>
    layer(size, size, (own) => paintOutline(own, scene.labels.subarray(index * side ** 2, (index + 1) * side ** 2))),
  );
  const marked = new OffscreenCanvas(side, side);
  const small = marked.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const tint = small.createImageData(side, side);
  return (picture) => {
    context.imageSmoothingEnabled = false;
    context.fillStyle = isDark ? '#1b1b1f' : '#fff';
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    images.forEach((image, index) => {
      const [x, y] = [(index % columns) * size, Math.floor(index / columns) * size];
      for (let i = 0; i < side ** 2; i++) {
        const [red, green, blue] = colours[1] as Colour;
        tint.data.set([red, green, blue, 200 * (picture[index * side ** 2 + i] ?? 0)], 4 * i);
      }
      small.putImageData(tint, 0, 0);
      context.drawImage(image, x + 2, y + 2, size - 4, size - 4);
      context.drawImage(marked, x + 2, y + 2, size - 4, size - 4);
      context.drawImage(outlines[index] as OffscreenCanvas, x + 2, y + 2, size - 4, size - 4);
    });
  };

  /** A line between pixels that belong to the shape and those that do not. */
  function paintOutline(own: OffscreenCanvasRenderingContext2D, mask: Uint8Array): void {
    own.strokeStyle = '#fff';
    own.lineWidth = 2;
    const at = (row: number, column: number): number =>
      row < 0 || column < 0 || row >= side || column >= side ? 0 : (mask[row * side + column] ?? 0);
    for (let row = 0; row <= side; row++) {
      for (let column = 0; column <= side; column++) {
        own.beginPath();
        own.moveTo(column * scale, row * scale);
        if (at(row, column) !== at(row - 1, column)) own.lineTo((column + 1) * scale, row * scale);
        own.moveTo(column * scale, row * scale);
        if (at(row, column) !== at(row, column - 1)) own.lineTo(column * scale, (row + 1) * scale);
        own.stroke();
      }
    }
  }
};
