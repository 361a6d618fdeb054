import {
  ApartmentOutlined,
  CloudUploadOutlined,
  FileTextOutlined,
  HistoryOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SaveOutlined,
  SyncOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Segmented, Select, Tooltip } from 'antd';
import { useReactFlow } from '@xyflow/react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../client/session';
import { StateTag } from '../../../components/StateTag';
import { layOut, openStep } from './actions';
import { useEditor, useEditorStore } from './editorContext';
import { isChecking, isDirty, isReadOnly, type View } from './editorStore';
import { useRunCommands } from '../runs/runCommands';
import { VerifyChoice } from '../runs/VerifyChoice';

type ToolProps = {
  label: string;
  keys?: string;
  icon: ReactNode;
  disabled?: boolean;
  pressed?: boolean;
  onClick: () => void;
};

function Tool({ label, keys, icon, disabled = false, pressed, onClick }: ToolProps) {
  return (
    <Tooltip title={keys ? `${label} (${keys})` : label}>
      <Button
        type={pressed ? 'default' : 'text'}
        icon={icon}
        disabled={disabled}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={onClick}
      />
    </Tooltip>
  );
}

/** Finds a step by any part of its name, goes there and opens it. */
function Find() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const { fitView } = useReactFlow();
  const flow = useEditor((editor) => editor.flow);
  const options = useMemo(
    () => flow.steps.map(({ name }) => ({ value: name, label: name })),
    [flow],
  );
  return (
    <Select<string>
      id="flow-find"
      className="flow-find"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('find')}
      aria-label={t('find')}
      options={options}
      value={null as unknown as string}
      onChange={(name) => {
        openStep(store, name);
        void fitView({ nodes: [{ id: name }], duration: 200, maxZoom: 1 });
      }}
    />
  );
}

function Edits() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const back = useEditor((editor) => editor.history.past.length > 0 && !editor.locked);
  const forth = useEditor((editor) => editor.history.future.length > 0 && !editor.locked);
  const readOnly = useEditor(isReadOnly);
  return (
    <>
      <Tool
        label={t('undo')}
        keys="Ctrl+Z"
        icon={<UndoOutlined />}
        disabled={!back}
        onClick={() => store.getState().undo()}
      />
      <Tool
        label={t('redo')}
        keys="Ctrl+Shift+Z"
        icon={<RedoOutlined />}
        disabled={!forth}
        onClick={() => store.getState().redo()}
      />
      <Tool
        label={t('menu.layout')}
        icon={<ApartmentOutlined />}
        disabled={readOnly}
        onClick={() => void layOut(store)}
      />
    </>
  );
}

function Views() {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const view = useEditor((editor) => editor.view);
  const yaml = useEditor((editor) => editor.yaml);
  return (
    <>
      <Segmented<View>
        aria-label={t('view.label')}
        value={view}
        options={[
          { value: 'canvas', label: t('view.canvas') },
          { value: 'list', label: t('view.list') },
        ]}
        onChange={(next) => store.getState().show({ view: next })}
      />
      <Tool
        label={t('view.yaml')}
        icon={<FileTextOutlined />}
        pressed={yaml}
        onClick={() => store.getState().show({ yaml: !yaml })}
      />
    </>
  );
}

const SAVE_KEYS = 'Ctrl+S';

type Props = {
  busy: boolean;
  onPublish: () => void;
  onDialog: (dialog: 'revisions' | 'shortcuts') => void;
};

export function FlowToolbar({ busy, onPublish, onDialog }: Props) {
  const { t } = useTranslation('flow');
  const commands = useRunCommands();
  const name = useEditor((editor) => editor.name);
  const state = useEditor((editor) => editor.stored.state);
  const dirty = useEditor(isDirty);
  const locked = useEditor((editor) => editor.locked);
  const broken = useEditor((editor) => editor.broken.length > 0);
  const checking = useEditor(isChecking);
  const mayRun = useMay(
    useEditor((editor) => editor.project),
    'operator',
  );
  return (
    <div className="flow-toolbar" role="toolbar" aria-label={t('toolbar')}>
      <h1 title={name}>{name}</h1>
      <StateTag {...(dirty ? { state: 'draft', text: t('unsaved') } : { state })} />
      <span className="soft flow-checking" role="status">
        {checking && (
          <>
            <SyncOutlined spin /> {t('checking')}
          </>
        )}
      </span>
      <span className="grow" />
      <Find />
      <Views />
      <VerifyChoice />
      <Edits />
      <Tool
        label={t('revisions.title')}
        icon={<HistoryOutlined />}
        onClick={() => onDialog('revisions')}
      />
      <Tool
        label={t('shortcuts.title')}
        keys="?"
        icon={<QuestionCircleOutlined />}
        onClick={() => onDialog('shortcuts')}
      />
      <Tooltip title={SAVE_KEYS}>
        <Button icon={<SaveOutlined />} disabled={!dirty || locked || busy} onClick={commands.save}>
          {t('save')}
        </Button>
      </Tooltip>
      <Button
        icon={<CloudUploadOutlined />}
        disabled={locked || broken || busy || (!dirty && state === 'published')}
        onClick={onPublish}
      >
        {t('publish')}
      </Button>
      <Button
        type="primary"
        icon={<PlayCircleOutlined />}
        disabled={broken || busy || !mayRun}
        onClick={() => commands.run({})}
      >
        {t('run')}
      </Button>
    </div>
  );
}
