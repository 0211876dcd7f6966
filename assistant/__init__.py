"""Questions become answers with a clause behind every statement."""
