"""Business cards (vCard 2.1, 3.0 and 4.0) read as tables of people and companies, and written."""
