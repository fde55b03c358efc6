import { expect, test } from 'vitest';

import { stepOf, sureness } from './steps';

test('every state of an import has its step', () => {
  expect(['reading', 'draft'].map(stepOf)).toEqual(['mapping', 'mapping']);
  expect(['checking', 'checked'].map(stepOf)).toEqual(['check', 'check']);
  expect(['running', 'finished', 'failed', 'cancelled'].map(stepOf)).toEqual(
    Array.from({ length: 4 }, () => 'result'),
  );
});

test('a recognition is sure, likely or a guess', () => {
  expect([1, 0.85, 0.84, 0.6, 0.59].map(sureness)).toEqual([
    'sure',
    'sure',
    'likely',
    'likely',
    'guess',
  ]);
});
