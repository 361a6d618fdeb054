import { Alert, Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../client/types';
import { isOver } from '../../../client/useRun';
import { StateTag } from '../../../components/StateTag';
import { useEditor } from '../editor/editorContext';

/** Follows the run that was just started, with a way to its page. */
export function RunNote({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t, i18n } = useTranslation('flow');
  const project = useEditor((editor) => editor.project);
  const navigate = useNavigate();
  const ran = useEditor((editor) => editor.ran?.run);
  const now = ran?.id === run.id ? ran : run;
  const over = isOver(now.state);
  const rows = (now.rows_written ?? 0).toLocaleString(i18n.language);
  return (
    <Alert
      banner
      type={now.state === 'failed' ? 'error' : over ? 'success' : 'info'}
      icon={<span aria-hidden />}
      title={
        <span className="row" role="status">
          <StateTag state={now.state} />
          <span>{t('run_rows', { rows })}</span>
          {now.problem && <span>{now.problem.message}</span>}
        </span>
      }
      action={
        <Button
          size="small"
          onClick={() => void navigate({ to: `/p/${project}/runs/${run.id}` as '/' })}
        >
          {t('run_show')}
        </Button>
      }
      closable={{ onClose }}
    />
  );
}
