"""This engine beside what a user would pick instead, each in a process of its own on the same arrays."""
