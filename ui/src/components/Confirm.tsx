import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Question = {
  title: string;
  /** The thing it happens to, by name, and the project it lives in. */
  object: string;
  project?: string;
  consequence?: string;
  action: string;
  /** What the other button says, where "cancel" could be taken for the act itself. */
  instead?: string;
  danger?: boolean;
  act: () => unknown;
};

/** Asks before something that cannot be taken back, naming the thing and where it is. */
export function useConfirm(): (question: Question) => void {
  const { modal } = App.useApp();
  const { t } = useTranslation('common');
  return useCallback(
    ({ title, object, project, consequence, action, instead, danger = true, act }) => {
      modal.confirm({
        title,
        okText: action,
        cancelText: instead ?? t('action.cancel'),
        okButtonProps: { danger },
        autoFocusButton: 'cancel',
        content: (
          <div className="stack tight">
            <div>
              <code>{object}</code>
              {project && <span className="soft"> · {t('confirm.project', { project })}</span>}
            </div>
            {consequence && <div>{consequence}</div>}
          </div>
        ),
        onOk: async () => {
          await act();
        },
      });
    },
    [modal, t],
  );
}
