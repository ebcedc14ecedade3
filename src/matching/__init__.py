"""Places volunteer teachers in rural schools: the library's face."""
