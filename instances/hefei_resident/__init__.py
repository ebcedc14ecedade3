"""合肥驻点支教, generated."""
