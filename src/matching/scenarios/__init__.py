"""What-if, replanning, those who do not arrive, and the years."""
