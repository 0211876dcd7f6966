"""A question that leans on the ones before it → the question it stands for."""
