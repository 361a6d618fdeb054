import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { addOfKind } from '../editor/actions';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { isReadOnly } from '../editor/editorStore';
import { DRAGGED_KIND } from './useGestures';
import { KindIcon, PALETTE } from './kinds';

/** Kinds of step to add: clicked, behind the selected one; dragged, where it is dropped. */
export function StepPalette() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useEditor(isReadOnly);
  return (
    <div
      className="step-palette"
      role="toolbar"
      aria-label={t('palette')}
      aria-orientation="vertical"
    >
      {PALETTE.map((kind) => (
        <Tooltip key={kind} placement="right" title={t(`kind_hint.${kind}` as 'kind_hint.read')}>
          <button
            type="button"
            className={`palette-kind kind-${kind}`}
            disabled={readOnly}
            draggable={!readOnly}
            onDragStart={(event) => {
              event.dataTransfer.setData(DRAGGED_KIND, kind);
              event.dataTransfer.effectAllowed = 'copy';
            }}
            onClick={() => addOfKind(store, kind, store.getState().selected.at(-1))}
          >
            <span className="step-icon" aria-hidden>
              <KindIcon kind={kind} />
            </span>
            {t(`kind.${kind}` as 'kind.read')}
          </button>
        </Tooltip>
      ))}
    </div>
  );
}
