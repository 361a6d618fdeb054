import { expect, it } from 'vitest';
import { budgetOf } from './budgets';

it('takes limits apart as the server calls them', () => {
  expect(budgetOf('200 a day in Asia/Shanghai')).toEqual({
    shape: 'day',
    values: { max: '200', zone: 'Asia/Shanghai' },
  });
  expect(budgetOf('20 per 1s')).toEqual({ shape: 'moving', values: { max: '20', window: '1s' } });
  expect(budgetOf('600 per full 1m')?.shape).toBe('full');
  expect(budgetOf('dingtalk-ip')).toBeUndefined();
});
