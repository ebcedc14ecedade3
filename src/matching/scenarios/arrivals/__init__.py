"""Those who do not arrive: rates, drop-out simulated with repair, reserve lists, and how many to choose."""
