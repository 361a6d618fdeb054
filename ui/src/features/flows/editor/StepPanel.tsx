import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { findStep, type Step } from '../../../document/flow';
import { renameStep } from '../../../document/steps';
import { ProblemList } from '../../../components/ProblemList';
import { useEditor, useEditorStore } from './editorContext';
import { isReadOnly } from './editorStore';
import { TextField } from '../forms/fields';
import { InputsField } from '../forms/InputsField';
import { KindIcon } from '../canvas/kinds';
import { PreviewPane } from '../preview/PreviewPane';
import { StepForm } from '../forms/StepForm';
import { plannedOf } from '../canvas/stepState';
import { UpstreamColumns } from '../forms/UpstreamColumns';
import type { usePreview } from '../preview/usePreview';

type Props = { step: string; preview: ReturnType<typeof usePreview> };

/** The open step: what comes in, what is set, what goes out. */
export function StepPanel({ step: name, preview }: Props) {
  const { t } = useTranslation('flow');
  const step = useEditor((editor) => findStep(editor.flow, name));
  if (!step) return null;
  return (
    <section className="step-panel" aria-label={t('panel.label', { step: name })}>
      <Head key={`${name} head`} step={step} />
      <div className={`panel-columns ${step.kind === 'map' ? 'map' : ''}`}>
        {/* A mapping shows what comes in itself, and needs the room. */}
        {step.kind !== 'map' && (
          <section className="panel-column" aria-label={t('panel.upstream')}>
            <h2>{t('panel.upstream')}</h2>
            <UpstreamColumns key={name} step={step} />
          </section>
        )}
        <section className="panel-column wide" aria-label={t('panel.settings')}>
          <h2>{t('panel.settings')}</h2>
          <Settings key={name} step={step} />
        </section>
        <section className="panel-column wide" aria-label={t('panel.output')}>
          <PreviewPane step={step} preview={preview} />
        </section>
      </div>
    </section>
  );
}

function Head({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useEditor(isReadOnly);
  const ran = useEditor((editor) => editor.ran?.run.steps?.some((one) => one.name === step.name));
  return (
    <header className="panel-head">
      <span className={`step-icon kind-${step.kind ?? 'unknown'}`} aria-hidden>
        <KindIcon kind={step.kind} />
      </span>
      <TextField
        label={t('panel.name')}
        value={step.name}
        readOnly={readOnly}
        bare
        onCommit={(next) =>
          store
            .getState()
            .rename(step.name, next, (text) => renameStep(text, step.name, next, ran ?? false))
        }
      />
      <span className="soft">
        {step.kind ? t(`kind_hint.${step.kind}` as 'kind_hint.read') : t('kind.unknown')}
      </span>
      <span className="grow" />
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('panel.close')}
        onClick={() => store.getState().show({ open: undefined })}
      />
    </header>
  );
}

function Settings({ step }: { step: Step }) {
  const store = useEditorStore();
  const planned = useEditor((editor) => plannedOf(editor, step.name));
  const problems = planned && planned.problems.length > 0 && (
    <ProblemList
      problems={planned.problems}
      onShow={({ line }) => line && store.getState().show({ yaml: true, line: { line } })}
    />
  );
  // Fields first: a step that was just added is told what is wrong with it below them. A mapping is
  // too long for that.
  const first = step.kind === 'map';
  return (
    <div className="stack tight">
      {first && problems}
      {step.kind !== 'read' && <InputsField step={step} />}
      <StepForm step={step} />
      {!first && problems}
    </div>
  );
}
