"""Talks made of links: what one is, how its file is read, and those that come with the project."""
