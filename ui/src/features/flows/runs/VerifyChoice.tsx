import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { setVerify } from '../../../document/steps';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { isReadOnly } from '../editor/editorStore';

const CHOICES = ['none', 'count', 'full'] as const;

/** How far a run is compared with its source when it has ended. */
export function VerifyChoice() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const verify = useEditor((editor) => editor.flow.verify);
  const readOnly = useEditor(isReadOnly);
  return (
    <Select
      aria-label={t('verify.label')}
      className="flow-verify"
      disabled={readOnly}
      value={verify ?? 'none'}
      options={CHOICES.map((value) => ({ value, label: t(`verify.${value}`) }))}
      onChange={(value) => store.getState().edit((text) => setVerify(text, value))}
    />
  );
}
