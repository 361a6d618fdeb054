import type { ThemeConfig } from 'antd';
import darkAlgorithm from 'antd/es/theme/themes/dark';
import lightAlgorithm from 'antd/es/theme/themes/default';

export type Shade = 'light' | 'dark';

/** Every colour of the studio, once. CSS variables carry them into canvas, charts and editors. */
export const palette: Record<Shade, Record<string, string>> = {
  light: {
    accent: '#0b6a70',
    'accent-soft': '#e2f0ef',
    ground: '#f4f5f4',
    surface: '#ffffff',
    'surface-sunk': '#eceeed',
    line: '#dcdfdd',
    ink: '#1d2423',
    'ink-soft': '#55605e',
    succeeded: '#2c7a2f',
    'succeeded-soft': '#e9f3e8',
    rejected: '#9a5b00',
    failed: '#bc2f32',
    running: '#1f62b5',
    waiting: '#5c6664',
    cancelled: '#5c6664',
    'wood-a': '#0b6a70',
    'wood-b': '#c48a4a',
  },
  dark: {
    accent: '#4bb5b3',
    'accent-soft': '#173534',
    ground: '#121615',
    surface: '#1a201f',
    'surface-sunk': '#151a19',
    line: '#303937',
    ink: '#e4e9e7',
    'ink-soft': '#9faba8',
    succeeded: '#6cc16b',
    'succeeded-soft': '#18261a',
    rejected: '#e2a648',
    failed: '#f08080',
    running: '#79aef0',
    waiting: '#9aa6a3',
    cancelled: '#9aa6a3',
    'wood-a': '#4bb5b3',
    'wood-b': '#d8a466',
  },
};

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', " +
  "'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', " +
  "'WenQuanYi Micro Hei', 'WenQuanYi Zen Hei', sans-serif";
export const FONT_CODE =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', " +
  "'Noto Sans Mono CJK SC', monospace";

export function antdTheme(shade: Shade): ThemeConfig {
  const color = palette[shade];
  return {
    algorithm: shade === 'dark' ? darkAlgorithm : lightAlgorithm,
    token: {
      colorPrimary: color['accent'],
      colorPrimaryBg: color['accent-soft'],
      colorPrimaryBgHover: color['accent-soft'],
      controlItemBgActive: color['accent-soft'],
      colorLink: color['accent'],
      colorInfo: color['running'],
      colorSuccess: color['succeeded'],
      colorSuccessBg: color['succeeded-soft'],
      colorSuccessBorder: color['line'],
      colorWarning: color['rejected'],
      colorError: color['failed'],
      colorBgLayout: color['ground'],
      colorBgContainer: color['surface'],
      colorBgElevated: color['surface'],
      colorBorder: color['line'],
      colorBorderSecondary: color['line'],
      colorText: color['ink'],
      colorTextSecondary: color['ink-soft'],
      colorTextDescription: color['ink-soft'],
      colorTextPlaceholder: color['ink-soft'],
      fontFamily: FONT,
      fontFamilyCode: FONT_CODE,
      borderRadius: 6,
      controlHeight: 32,
      wireframe: false,
    },
    components: {
      Layout: { headerBg: color['surface'], siderBg: color['surface'], headerHeight: 52 },
      Menu: {
        itemBg: 'transparent',
        itemHeight: 36,
        itemBorderRadius: 6,
        activeBarBorderWidth: 0,
        itemSelectedBg: color['accent-soft'],
        itemSelectedColor: color['accent'],
      },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: shade === 'dark' ? color['surface-sunk'] : '#ffffff',
      },
      Segmented: { trackBg: color['surface-sunk'] },
      Form: { itemMarginBottom: 18 },
      Table: {
        headerBg: color['surface'],
        cellPaddingBlockMD: 10,
        cellPaddingInlineMD: 16,
        headerSplitColor: 'transparent',
      },
    },
  };
}

/** Lays the colours out as CSS variables on the root, where everything that is not antd finds them. */
export function applyShade(shade: Shade) {
  const root = document.documentElement;
  root.dataset['theme'] = shade;
  root.style.colorScheme = shade;
  for (const [name, value] of Object.entries(palette[shade])) {
    root.style.setProperty(`--${name}`, value);
  }
  root.style.setProperty('--font', FONT);
  root.style.setProperty('--font-code', FONT_CODE);
}
