import { svgText } from '../../src/diagram/svg-text.js';
import type { RecordedStep } from './record-session.js';

const LINE = 19;
const CHARACTER = 7.83;
const MARGIN = 18;
const BAR = 34;
/** Seconds for a command that is typed, and for its output. */
const [TYPED, READ] = [1, 1.6];

/** Names of the styles of the escape sequences that commands use. */
const STYLES: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'dim',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '36': 'cyan',
};
const ENDS: Readonly<Record<string, readonly string[]>> = {
  '22': ['bold', 'dim'],
  '39': ['red', 'green', 'yellow', 'cyan'],
  '0': ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'],
};

/** A line of a terminal as parts of an SVG text. */
function lineSvg(line: string): string {
  const active = new Set<string>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  const parts = line.split(/\u001b\[([\d;]+)m/);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part && `<tspan class="${[...active].join(' ')}">${svgText(part)}</tspan>`;
      for (const code of part.split(';')) {
        for (const ended of ENDS[code] ?? []) active.delete(ended);
        const style = STYLES[code];
        if (style) active.add(style);
      }
      return '';
    })
    .join('');
}

const CSS = [
  'text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;white-space:pre;fill:#e6edf3}',
  '.bold{font-weight:700}.dim{fill:#9198a1}.red{fill:#ff7b72}.green{fill:#3fb950}.yellow{fill:#d29922}.cyan{fill:#39c5cf}.prompt{fill:#9198a1}',
  '@media(prefers-reduced-motion:no-preference){.step{opacity:0;animation:show 1ms forwards}@keyframes show{to{opacity:1}}}',
].join('');

/** The recording as a picture: its steps appear one after the other, or all at once for readers who prefer no motion. */
export function recordingSvg(steps: readonly RecordedStep[], title: string): string {
  const groups: string[] = [];
  let [row, seconds, widest] = [0, 0.5, 0];
  const add = (lines: readonly string[], prompt: boolean) => {
    const texts = lines.map((line, index) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      widest = Math.max(widest, line.replace(/\u001b\[[\d;]+m/g, '').length + 2);
      const start = prompt && !line.startsWith('#') ? '<tspan class="prompt">$ </tspan>' : '';
      const y = BAR + MARGIN + (row + index) * LINE + 13;
      return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${start}${lineSvg(line)}</text>`;
    });
    groups.push(`<g class="step" style="animation-delay:${seconds.toFixed(1)}s">${texts.join('')}</g>`);
    row += lines.length;
  };
  for (const { command, output } of steps) {
    add([command.startsWith('#') ? `\u001b[2m${command}\u001b[22m` : command], !command.startsWith('#'));
    seconds += TYPED;
    if (output !== '') add(output.split('\n'), false);
    seconds += READ;
    row += 1;
  }
  const width = Math.ceil(widest * CHARACTER + 2 * MARGIN);
  const height = BAR + 2 * MARGIN + (row - 1) * LINE;
  const name = svgText(title);
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, index) => `<circle cx="${20 + index * 18}" cy="17" r="6" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">`,
    `<title>${name}</title><style>${CSS}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>${dots.join('')}`,
    ...groups,
    '</svg>\n',
  ].join('\n');
}
