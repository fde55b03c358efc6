"""The assistant: drafts from a sentence, with the source of everything that it proposes."""
