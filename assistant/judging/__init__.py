"""Does a clause answer the question, and which of its sentences do?"""
