import { useTranslation } from 'react-i18next';
import type { LineKind } from '../../mapping/state';
import { Glyph } from './LineOverlay';

const KINDS: LineKind[] = ['complete', 'transformed', 'unsafe', 'proposed'];

export function Legend() {
  const { t } = useTranslation('mapping');
  return (
    <ul className="legend" aria-label={t('legend.label')}>
      {KINDS.map((kind) => (
        <li key={kind}>
          <svg width={36} height={18} className="lines" aria-hidden>
            <g className={`line ${kind}`}>
              <path className="stroke" d="M1 9H35" />
              <Glyph kind={kind} x={18} y={9} />
            </g>
          </svg>
          {t(`legend.${kind}` as 'legend.complete')}
        </li>
      ))}
    </ul>
  );
}
