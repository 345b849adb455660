// Worker entry: draws pages of text, lines, QR and bar codes as a PDF with the Chinese font embedded (only the characters used). Plain
// JavaScript, so that Node starts the same file from src/ in tests and from dist/ in production. It knows nothing of forms.
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import bwip from 'bwip-js/node';
import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';

const folder = new URL('../fonts/', import.meta.resolve('@embedpdf/fonts-sc'));
/** Opened once: reading the tables of a font takes longer than drawing a form. */
const open = (file) => openSync(fileURLToPath(new URL(file, folder)));
const FONTS = { regular: open('NotoSansHans-Regular.otf'), bold: open('NotoSansHans-Bold.otf') };

/** Modules of quiet ground around a QR code (ISO/IEC 18004). */
const QUIET = 4;

function drawCode(doc, { x, y, side, text }) {
  const [{ pixs, pixx, pixy }] = bwip.raw('qrcode', text, { eclevel: 'M' });
  const module = side / (pixx + 2 * QUIET);
  for (let row = 0; row < pixy; row++) {
    for (let column = 0; column < pixx; column++) {
      const start = column;
      while (column < pixx && pixs[row * pixx + column]) column++;
      if (column > start) {
        doc.rect(x + (start + QUIET) * module, y + (row + QUIET) * module, (column - start) * module, module);
      }
    }
  }
  doc.fill('black');
}

/** Modules of quiet ground on both sides of GS1-128 (ISO/IEC 15417). */
const BAR_QUIET = 10;

function drawBars(doc, { x, y, width, height, text }) {
  const [{ sbs }] = bwip.raw('gs1-128', text, {});
  const module = width / (sbs.reduce((sum, part) => sum + part, 0) + 2 * BAR_QUIET);
  let at = x + BAR_QUIET * module;
  sbs.forEach((part, n) => {
    if (n % 2 === 0) doc.rect(at, y, part * module, height);
    at += part * module;
  });
  doc.fill('black');
}

function drawPage(doc, ops) {
  for (const op of ops) {
    if (op.op === 'text') {
      doc
        .font(op.bold ? 'bold' : 'regular')
        .fontSize(op.size)
        .fillColor('black');
      doc.text(op.text, op.x, op.y, { lineBreak: false, baseline: 'alphabetic' });
    } else if (op.op === 'line') {
      doc.lineWidth(op.width).moveTo(op.x1, op.y1).lineTo(op.x2, op.y2).stroke('black');
    } else if (op.op === 'bars') drawBars(doc, op);
    else drawCode(doc, op);
  }
}

async function draw({ width, height, title, pages, madeAt }) {
  const info = { Title: title, Producer: 'chiyuan', Creator: 'chiyuan', CreationDate: new Date(madeAt) };
  const doc = new PDFDocument({ size: [width, height], margin: 0, autoFirstPage: false, info, lang: 'zh-CN' });
  const chunks = [];
  const done = new Promise((resolve, reject) => {
    doc.on('data', (chunk) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  for (const [name, font] of Object.entries(FONTS)) doc.registerFont(name, font);
  for (const ops of pages) {
    doc.addPage();
    drawPage(doc, ops);
  }
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

parentPort.on('message', async ({ id, drawing }) => {
  try {
    const bytes = new Uint8Array(await draw(drawing));
    parentPort.postMessage({ id, bytes }, [bytes.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.stack ?? error) });
  }
});
