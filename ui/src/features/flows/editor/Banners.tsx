import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemsOf } from '../../../client/problem';
import { useEditor, useEditorStore } from './editorContext';
import { isDirty } from './editorStore';
import { refusalText } from './refusal';
import type { LockState } from './useLock';

type Props = { lock: LockState; onTakeOver: () => void };

/** What one has to know about the whole flow before touching it. */
export function Banners({ lock, onTakeOver }: Props) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const broken = useEditor((editor) => editor.broken);
  const refused = useEditor((editor) => editor.refused);
  const notice = useEditor((editor) => editor.notice);
  const pins = useEditor((editor) => editor.pins);
  const dirty = useEditor(isDirty);
  const checkFailed = useEditor((editor) => editor.checked.failed);
  const first = broken[0];
  return (
    <div className="flow-banners">
      {lock.state === 'theirs' && (
        <Alert
          banner
          type={dirty ? 'warning' : 'info'}
          title={[
            t('lock.theirs', { holder: lock.holder }),
            ...(dirty ? [t('lock.kept')] : []),
          ].join(' ')}
          action={
            <Button size="small" onClick={onTakeOver}>
              {t('lock.take_over')}
            </Button>
          }
        />
      )}
      {lock.state === 'barred' && <Alert banner type="info" title={t('lock.barred')} />}
      {first && (
        <Alert
          banner
          type="error"
          title={`${t('broken', { line: first.line })} ${t(`yaml.${first.code}` as 'yaml.other', {
            defaultValue: first.message,
          })}`}
          action={
            <Button
              size="small"
              onClick={() => store.getState().show({ yaml: true, line: { line: first.line } })}
            >
              {t('go_there')}
            </Button>
          }
        />
      )}
      {pins.size > 0 && (
        <Alert
          banner
          type="warning"
          title={t('pinned', { steps: [...pins.keys()].join(', ') })}
          action={
            <Button
              size="small"
              onClick={() => [...pins.keys()].forEach((s) => store.getState().pin(s, undefined))}
            >
              {t('unpin_all')}
            </Button>
          }
        />
      )}
      {refused && (
        <Alert
          banner
          closable={{ onClose: () => store.getState().show({ refused: undefined }) }}
          type="warning"
          title={refusalText(t, refused)}
        />
      )}
      {notice && (
        <Alert
          banner
          closable={{ onClose: () => store.getState().show({ notice: undefined }) }}
          type={notice.key === 'dangling' ? 'warning' : 'info'}
          title={t(`notice.${notice.key}` as 'notice.mended', notice.values)}
        />
      )}
      {Boolean(checkFailed) && !first && (
        <Alert
          banner
          type="info"
          title={t('check_failed', { message: problemsOf(checkFailed)[0]?.message ?? '' })}
        />
      )}
    </div>
  );
}
