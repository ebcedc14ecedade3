"""Eight out and eight in: teachers to the country, trainees to the town."""
