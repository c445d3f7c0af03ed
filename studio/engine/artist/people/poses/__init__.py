"""The key poses as tables of numbers, and how arms change for what they hold."""
