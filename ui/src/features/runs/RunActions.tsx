import { ReloadOutlined, StopOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useSend } from '../../client/queries';
import { useMay } from '../../client/session';
import type { Run } from '../../client/types';
import { useConfirm } from '../../components/Confirm';
import { useNotice } from '../../components/useNotice';
import { runPath, runsPath } from '../../client/runPaths';
import { isOver } from '../../client/useRun';

type Again = { fresh: boolean; failedOnly?: boolean };

/** Stops a run that goes, or does one that is over again: going on where it broke, or from new. */
export function RunActions({ project, run }: { project: string; run: Run }) {
  const { t } = useTranslation('runs');
  const may = useMay(project, 'operator');
  const navigate = useNavigate();
  const confirm = useConfirm();
  const { failed } = useNotice();
  const cancel = useSend(() => api.post(runPath(project, run.id, 'cancel')), runsPath(project));
  const again = useSend(
    ({ fresh, failedOnly }: Again) =>
      api.post<Run>(runsPath(project), {
        flow: run.flow,
        revision: String(run.revision ?? 'published'),
        fresh,
        ...(failedOnly ? { failed_only: true } : {}),
        rerun_of: run.id,
      }),
    runsPath(project),
  );
  const start = (how: Again) =>
    again.mutate(how, {
      onError: failed,
      onSuccess: ({ id }) =>
        void navigate({ to: '/p/$project/runs/$id', params: { project, id }, search: {} }),
    });
  if (!isOver(run.state)) {
    return (
      <Button
        danger
        icon={<StopOutlined />}
        disabled={!may || run.cancelling}
        onClick={() =>
          confirm({
            title: t('cancel_title'),
            object: `${run.flow} · ${run.id}`,
            project,
            consequence: t('cancel_hint'),
            action: t('cancel'),
            instead: t('cancel_not'),
            act: () => cancel.mutateAsync(undefined).catch(failed),
          })
        }
      >
        {t(run.cancelling ? 'cancelling' : 'cancel')}
      </Button>
    );
  }
  const broken = run.state === 'failed' || run.state === 'cancelled';
  return (
    <>
      {broken && (
        <Button
          type="primary"
          icon={<ReloadOutlined />}
          disabled={!may}
          loading={again.isPending}
          title={t('resume_hint')}
          onClick={() => start({ fresh: false })}
        >
          {t('resume')}
        </Button>
      )}
      {broken && (
        <Button
          icon={<ReloadOutlined />}
          disabled={!may}
          loading={again.isPending}
          onClick={() => start({ fresh: false, failedOnly: true })}
        >
          {t('failed_only')}
        </Button>
      )}
      <Button
        icon={<ReloadOutlined />}
        disabled={!may}
        loading={again.isPending}
        onClick={() => start({ fresh: true })}
      >
        {t('again')}
      </Button>
    </>
  );
}
