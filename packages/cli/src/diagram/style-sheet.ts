import type { Mark } from './diagram.js';

/** Colors of the boxes and lines with one mark. */
interface MarkColors {
  readonly line: string;
  readonly fill: string;
  readonly text: string;
}

interface Theme extends Readonly<Record<Mark, MarkColors>> {
  readonly background: string;
  readonly box: string;
  readonly muted: string;
  readonly frame: string;
}

const LIGHT: Theme = {
  background: '#ffffff',
  box: '#ffffff',
  muted: '#59636e',
  frame: '#d1d9e0',
  same: { line: '#818b98', fill: '#eff2f5', text: '#1f2328' },
  added: { line: '#1a7f37', fill: '#dafbe1', text: '#116329' },
  removed: { line: '#cf222e', fill: '#ffebe9', text: '#a40e26' },
  changed: { line: '#9a6700', fill: '#fff8c5', text: '#7d4e00' },
};

const DARK: Theme = {
  background: '#0d1117',
  box: '#0d1117',
  muted: '#9198a1',
  frame: '#3d444d',
  same: { line: '#656c76', fill: '#212830', text: '#f0f6fc' },
  added: { line: '#3fb950', fill: '#12331c', text: '#7ee787' },
  removed: { line: '#f85149', fill: '#3c1618', text: '#ffa198' },
  changed: { line: '#d29922', fill: '#332a10', text: '#f2cc60' },
};

const MARKS: readonly Mark[] = ['same', 'added', 'removed', 'changed'];

function rulesOf(theme: Theme): string[] {
  const { background, box, muted, frame } = theme;
  return [
    `.background{fill:${background}}`,
    `.box{fill:${box}}`,
    `.frame{fill:none;stroke:${frame}}`,
    `.kind,.label,.caption{fill:${muted}}`,
    `.halo{stroke:${background}}`,
    ...MARKS.flatMap((mark) => {
      const { line, fill, text } = theme[mark];
      return [
        `.${mark} .edge,.${mark} .outline,.${mark} .end{stroke:${line}}`,
        `.${mark} .tip,.${mark} .dot{fill:${line}}`,
        `.${mark} .head,.${mark} .line{fill:${fill}}`,
        `.${mark} .name{fill:${text}}`,
        ...(mark === 'same' ? [] : [`.${mark} .label{fill:${text}}`]),
      ];
    }),
  ];
}

const COMMON = [
  'text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;white-space:pre}',
  '.title,.caption{font-weight:600}',
  '.edge,.end,.outline,.frame{fill:none;stroke-width:1.25}',
  '.frame{stroke-dasharray:4 3}',
  '.loose{stroke-dasharray:5 3}',
  '.halo{stroke-width:4;stroke-linejoin:round;paint-order:stroke}',
];

/** Style sheet of a picture: fixed colors, or those that the reader's system prefers. */
export function styleSheet(theme: 'auto' | 'light' | 'dark'): string {
  const base = [...COMMON, ...rulesOf(theme === 'dark' ? DARK : LIGHT)].join('');
  return theme === 'auto' ? `${base}@media(prefers-color-scheme:dark){${rulesOf(DARK).join('')}}` : base;
}
