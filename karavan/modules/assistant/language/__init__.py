"""Reading what somebody wants to buy from a sentence in English, Russian or Kazakh. Rules alone, no database."""
