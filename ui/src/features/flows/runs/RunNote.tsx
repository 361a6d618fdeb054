import { Alert, Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { at } from '../../../client/api';
import { useThing } from '../../../client/queries';
import type { Run, RunDetail } from '../../../client/types';
import { StateTag } from '../../../components/StateTag';
import { useEditor } from '../editor/editorContext';

const EVERY_MS = 2_000;
const OVER = new Set(['succeeded', 'rejected', 'failed', 'cancelled']);

/** Follows the run that was just started, with a way to its page. */
export function RunNote({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t, i18n } = useTranslation('flow');
  const project = useEditor((editor) => editor.project);
  const navigate = useNavigate();
  const path = at('projects', project, 'runs', run.id);
  const known = useThing<RunDetail>(path, { every: EVERY_MS });
  const now = known.data ?? run;
  const over = OVER.has(now.state);
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
