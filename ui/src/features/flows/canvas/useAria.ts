import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** What readers of the screen hear of the canvas itself. */
export function useAria() {
  const { t } = useTranslation('flow');
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('aria.node'),
      'node.a11yDescription.keyboardDisabled': t('aria.node'),
      'edge.a11yDescription.default': t('aria.edge'),
      'controls.ariaLabel': t('aria.controls'),
      'controls.zoomIn.ariaLabel': t('aria.zoom_in'),
      'controls.zoomOut.ariaLabel': t('aria.zoom_out'),
      'controls.fitView.ariaLabel': t('aria.fit'),
      'controls.interactive.ariaLabel': t('aria.interactive'),
      'handle.ariaLabel': t('aria.handle'),
    }),
    [t],
  );
}
