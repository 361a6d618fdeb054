import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { goneColumns, replaceColumn, type Gone } from '../../../mapping/gone';
import { openStep } from './actions';
import { useEditor, useEditorStore } from './editorContext';
import { isReadOnly } from './editorStore';

const SHOWN_MAX = 5;

function Notice({ gone }: { gone: Gone }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useEditor(isReadOnly);
  const { step, name, targets, likely } = gone;
  return (
    <Alert
      banner
      type="error"
      title={t('gone.title', { step, name, targets: targets.join(', ') })}
      action={
        <span className="row">
          {likely.slice(0, 2).map((source, at) => (
            <Button
              key={source}
              size="small"
              type={at === 0 ? 'primary' : 'default'}
              disabled={readOnly}
              onClick={() => store.getState().edit((text) => replaceColumn(text, gone, source))}
            >
              {t('gone.use', { name: source })}
            </Button>
          ))}
          <Button size="small" onClick={() => openStep(store, step)}>
            {t('gone.open')}
          </Button>
        </span>
      }
    />
  );
}

/** Columns that were renamed or dropped in a source, before a run stumbles over them. */
export function GoneColumns() {
  const { t } = useTranslation('flow');
  const text = useEditor((editor) => editor.read);
  const flow = useEditor((editor) => editor.flow);
  const check = useEditor((editor) => editor.check);
  const all = useMemo(() => {
    const planned = check?.result.steps ?? {};
    return flow.steps.flatMap((step) => {
      if (step.kind !== 'map') return [];
      const [input] = planned[step.name]?.inputs ?? [];
      return goneColumns(text, step.name, (input && planned[input]?.columns) || []);
    });
  }, [text, flow, check]);
  if (all.length === 0) return null;
  return (
    <div className="flow-banners" role="alert">
      {all.slice(0, SHOWN_MAX).map((gone) => (
        <Notice key={`${gone.step} ${gone.name}`} gone={gone} />
      ))}
      {all.length > SHOWN_MAX && (
        <Alert banner type="error" title={t('gone.more', { count: all.length - SHOWN_MAX })} />
      )}
    </div>
  );
}
