"""Statements: their structure, the facts in their prose, and the rules that check them."""
