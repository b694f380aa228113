"""The figures of the account-management method: pure functions, each with its reasons."""
