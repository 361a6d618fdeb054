import { EyeOutlined, PlayCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Figures } from '../editor/editorStore';

/** What figures are of, told by a sign wherever one is shown. */
export const FIGURE_ICONS: Record<Figures, ReactNode> = {
  run: <PlayCircleOutlined aria-hidden />,
  sample: <EyeOutlined aria-hidden />,
};
