import { describe, expect, it } from 'vitest';
import type { ProviderSetup } from '../../../client/types';
import { bodyOf, valuesOf } from './providerBody';

const CORP: ProviderSetup = {
  id: 'corp',
  kind: 'oidc',
  title: 'Corporate login',
  enabled: false,
  oidc: {
    issuer: 'https://login.example.com',
    client_id: 'mortise',
    scope: 'profile',
    name_claim: 'upn',
    groups_claim: 'roles',
  },
  groups: { erp: { sales: 'developer', '*': 'viewer' }, audit: { sales: 'viewer' } },
  everybody: { demo: 'viewer' },
};

describe('the form of a provider', () => {
  it('sends back what it was given, and no secret', () => {
    const { id: _id, kind: _kind, ...expected } = CORP;
    expect(bodyOf(valuesOf(CORP))).toEqual(expected);
  });

  it('sends the settings of its kind alone', () => {
    const values = { ...valuesOf(undefined), id: 'dir', kind: 'ldap' as const, secret: 's' };
    const body = bodyOf(values);
    expect(body).toMatchObject({ title: 'dir', secret: 's', ldap: { user_filter: '(uid={0})' } });
    expect(body).not.toHaveProperty('oidc');
  });

  it('leaves rows out that are not finished', () => {
    const rows = [
      undefined,
      { group: 'a' },
      { project: 'p' },
      { group: ' ', project: 'p', role: 'viewer' as const },
    ];
    const body = bodyOf({ ...valuesOf(undefined), rows });
    expect(body).toMatchObject({ groups: {}, everybody: { p: 'viewer' } });
  });
});
