"""Jianshan, 30 km from the county seat: one teacher for all subjects, about 30 lessons a week."""
