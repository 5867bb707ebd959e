/** The colours of a chart, for a page's background in light or dark. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly ours: string;
  readonly other: string;
  readonly floor: string;
}

export const PALETTES = {
  light: {
    text: '#1f2328',
    muted: '#59636e',
    grid: '#d1d9e0',
    ours: '#0969da',
    other: '#8c959f',
    floor: '#d4a72c',
  },
  dark: {
    text: '#f0f6fc',
    muted: '#9198a1',
    grid: '#3d444d',
    ours: '#4493f8',
    other: '#656c76',
    floor: '#bb8009',
  },
} as const satisfies Readonly<Record<string, Palette>>;
