"""Trading links: who may see and order a supplier's goods, and on which terms."""
