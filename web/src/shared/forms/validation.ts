import i18next from 'i18next';
import { config, type $ZodRawIssue as Issue } from 'zod/v4/core';

/**
 * Makes zod speak the reader's language and keep to the content security policy.
 *
 * Without `jitless` zod tries `new Function`, which the policy refuses and the console reports.
 */
export function startValidation(): void {
  config({ jitless: true, customError: translateIssue });
}

function translateIssue(issue: Issue): string {
  const t = (key: 'required' | 'invalid'): string => i18next.t(key, { ns: 'validation' });
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? t('required') : t('invalid');
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return invalidFormat(issue);
    default:
      return t('invalid');
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  const minimum = Number(issue.minimum);
  if (issue.origin === 'string') {
    const isEmpty = issue.input === '';
    if (isEmpty || minimum <= 1) return i18next.t('required', { ns: 'validation' });
    return i18next.t('min_length', { ns: 'validation', count: minimum });
  }
  if (issue.origin === 'array') return i18next.t('min_items', { ns: 'validation', count: minimum });
  return i18next.t(issue.inclusive === false ? 'more_than' : 'at_least', {
    ns: 'validation',
    minimum,
  });
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  const maximum = Number(issue.maximum);
  if (issue.origin === 'string') {
    return i18next.t('max_length', { ns: 'validation', count: maximum });
  }
  if (issue.origin === 'array') return i18next.t('max_items', { ns: 'validation', count: maximum });
  return i18next.t('at_most', { ns: 'validation', maximum });
}

function invalidFormat(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.input === '') return i18next.t('required', { ns: 'validation' });
  if (issue.format === 'email') return i18next.t('email', { ns: 'validation' });
  if (issue.format === 'url') return i18next.t('url', { ns: 'validation' });
  return i18next.t('invalid', { ns: 'validation' });
}
