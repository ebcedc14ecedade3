"""合肥兼职支教, generated."""
