/** Where somebody stands in the wizard. */
export type WizardStep = 'mapping' | 'check' | 'result';

/** The step that shows an import in a state. */
export function stepOf(state: string): WizardStep {
  if (state === 'reading' || state === 'draft') return 'mapping';
  return state === 'checking' || state === 'checked' ? 'check' : 'result';
}

/** How sure a recognition is, in a word. */
export function sureness(confidence: number): 'sure' | 'likely' | 'guess' {
  if (confidence >= 0.85) return 'sure';
  return confidence >= 0.6 ? 'likely' : 'guess';
}
