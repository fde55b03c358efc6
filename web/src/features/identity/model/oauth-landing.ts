/** What the server says about a sign-in at a provider, in the fragment of the page it leads back to. */
export type OAuthOutcome =
  | { status: 'signed_in'; next: string | undefined }
  | {
      status: 'registration_required';
      token: string;
      email: string | undefined;
      name: string | undefined;
      next: string | undefined;
    }
  | {
      status: 'link_required';
      linkToken: string;
      email: string | undefined;
    }
  | { status: 'error'; code: string };

/** Reads the fragment. It holds secrets, so that it reaches neither logs nor other sites. */
export function parseOAuthFragment(fragment: string): OAuthOutcome {
  const facts = new URLSearchParams(fragment.replace(/^#/, ''));
  const fact = (name: string): string | undefined => facts.get(name) ?? undefined;
  const token = fact('token');
  const linkToken = fact('link_token');
  if (facts.get('status') === 'signed_in') return { status: 'signed_in', next: fact('next') };
  if (facts.get('status') === 'registration_required' && token !== undefined) {
    return {
      status: 'registration_required',
      token,
      email: fact('email'),
      name: fact('name'),
      next: fact('next'),
    };
  }
  if (linkToken !== undefined) return { status: 'link_required', linkToken, email: fact('email') };
  return { status: 'error', code: fact('code') ?? 'identity.oauth_refused' };
}
