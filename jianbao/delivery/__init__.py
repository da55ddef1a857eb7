"""Delivery: finished bytes to where they belong, all at once or not at all."""
