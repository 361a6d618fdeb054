import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { lineOf, problemsOf } from '../client/problem';

/** Says briefly that an act has worked, or which problem kept it from working. */
export function useNotice() {
  const { message, notification } = App.useApp();
  const { t } = useTranslation('problems');
  const done = useCallback((text: string) => void message.success(text), [message]);
  const failed = useCallback(
    (error: unknown) => {
      for (const problem of problemsOf(error).slice(0, 3)) {
        notification.error({
          title: t(problem.code, { defaultValue: t('unknown') }),
          description: lineOf(problem),
        });
      }
    },
    [notification, t],
  );
  return { done, failed };
}
