import { describe, expect, it } from 'vitest';
import { returnedOf } from './returned';

describe('what a system sends a person back with', () => {
  it('is read as it stands, digits and all', () => {
    const returned = returnedOf('/consent', '?code=00123456789012345678901&state=a%2Bb');
    expect(returned?.code).toBe('00123456789012345678901');
    expect(returned?.state).toBe('a+b');
    expect(returned?.error).toBe('');
  });

  it('may be a refusal', () => {
    const returned = returnedOf('/consent', '?error=access_denied&error_description=no&state=s');
    expect(returned).toEqual({
      state: 's',
      code: '',
      error: 'access_denied',
      error_description: 'no',
    });
  });

  it('is nothing on other pages, nor without a state', () => {
    expect(returnedOf('/login', '?code=c&state=s')).toBeUndefined();
    expect(returnedOf('/consent', '?code=c')).toBeUndefined();
    expect(returnedOf('/consent', '')).toBeUndefined();
  });
});
