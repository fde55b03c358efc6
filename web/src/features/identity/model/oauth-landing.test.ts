import { expect, it } from 'vitest';

import { parseOAuthFragment } from './oauth-landing';

it.each([
  ['#status=signed_in&next=%2Fapp%2Fdeals', { status: 'signed_in', next: '/app/deals' }],
  [
    '#status=registration_required&token=t1&email=a%40b.kz&name=%D0%90',
    { status: 'registration_required', token: 't1', email: 'a@b.kz', name: 'А', next: undefined },
  ],
  [
    '#status=error&code=identity.oauth_link_required&link_token=l1&email=a%40b.kz',
    { status: 'link_required', linkToken: 'l1', email: 'a@b.kz' },
  ],
  ['#status=error&code=identity.oauth_denied', { status: 'error', code: 'identity.oauth_denied' }],
  ['#status=registration_required', { status: 'error', code: 'identity.oauth_refused' }],
  ['', { status: 'error', code: 'identity.oauth_refused' }],
])('%s', (fragment, outcome) => expect(parseOAuthFragment(fragment)).toEqual(outcome));
