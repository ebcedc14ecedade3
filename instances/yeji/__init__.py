"""叶集链式支教, generated."""
