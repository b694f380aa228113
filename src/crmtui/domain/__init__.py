"""What an account, a stakeholder, a plan is: its words and its fields."""
