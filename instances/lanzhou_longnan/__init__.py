"""兰州支援陇南, generated."""
