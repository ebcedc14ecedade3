"""Posts that nobody can come to are taught online by a partner school."""
