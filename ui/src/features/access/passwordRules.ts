import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';

export const PASSWORD_MIN = 10;

/** A rule for the field that repeats a password. */
export function useRepeated() {
  const { t } = useTranslation('access');
  return (other: string) =>
    ({ getFieldValue }: Pick<FormInstance, 'getFieldValue'>) => ({
      validator: async (_: unknown, value: string | undefined) => {
        if (value !== getFieldValue(other)) throw new Error(t('password_differs'));
      },
    });
}
