// Draws the app's icons as PNG from the shapes of public/icon.svg, with nothing but Node:
// phones want bitmaps for the home screen, and a renderer would be a dependency for four files.
// Run: node scripts/draw-icons.mjs
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const GROUND = [11, 120, 115];
const LINE = [255, 255, 255];
const SIZE_UNITS = 32;
const LINE_WIDTH_UNITS = 2.6;
const SAMPLES = 4;

// The cubic curves of the mark: start, two handles, end.
const CURVES = [
  [
    [5, 22.5],
    [7.2, 22.5],
    [7.6, 14],
    [10.6, 14],
  ],
  [
    [10.6, 14],
    [13.6, 14],
    [13.2, 18.6],
    [16, 18.6],
  ],
  [
    [16, 18.6],
    [18.8, 18.6],
    [18.4, 9.5],
    [21.6, 9.5],
  ],
  [
    [21.6, 9.5],
    [24.8, 9.5],
    [24.8, 22.5],
    [27, 22.5],
  ],
];

const points = CURVES.flatMap(([a, b, c, d]) =>
  Array.from({ length: 33 }, (_, index) => {
    const t = index / 32;
    const u = 1 - t;
    return [0, 1].map(
      (axis) =>
        u * u * u * a[axis] +
        3 * u * u * t * b[axis] +
        3 * u * t * t * c[axis] +
        t * t * t * d[axis],
    );
  }),
);

function distanceToLine(x, y) {
  let nearest = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [ax, ay] = points[index - 1];
    const [bx, by] = points[index];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const along =
      length === 0
        ? 0
        : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
  }
  return nearest;
}

function isInGround(x, y, radius) {
  const dx = Math.max(radius - x, x - (SIZE_UNITS - radius), 0);
  const dy = Math.max(radius - y, y - (SIZE_UNITS - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

/** Colours one pixel by a grid of samples: [red, green, blue, alpha]. */
function pixel(column, row, scale, { radius, inset }) {
  let ground = 0;
  let line = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / scale;
    const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / scale;
    if (!isInGround(x, y, radius)) continue;
    ground += 1;
    const markX = (x - SIZE_UNITS / 2) / (1 - inset) + SIZE_UNITS / 2;
    const markY = (y - SIZE_UNITS / 2) / (1 - inset) + SIZE_UNITS / 2;
    if (distanceToLine(markX, markY) <= LINE_WIDTH_UNITS / 2) line += 1;
  }
  if (ground === 0) return [0, 0, 0, 0];
  const share = line / ground;
  const mixed = GROUND.map((value, index) => Math.round(value * (1 - share) + LINE[index] * share));
  return [...mixed, Math.round((255 * ground) / (SAMPLES * SAMPLES))];
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function draw(path, size, shape) {
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.from([
      0,
      ...Array.from({ length: size }, (_, column) =>
        pixel(column, row, size / SIZE_UNITS, shape),
      ).flat(),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const file = Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  writeFileSync(new URL(`../public/${path}`, import.meta.url), file);
}

draw('icon-180.png', 180, { radius: 0, inset: 0.1 });
draw('icon-192.png', 192, { radius: 8, inset: 0 });
draw('icon-512.png', 512, { radius: 8, inset: 0 });
// Maskable icons are cut by the platform: the ground fills everything, the mark stays in the safe zone.
draw('icon-maskable-512.png', 512, { radius: 0, inset: 0.22 });
