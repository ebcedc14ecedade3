"""M district of Beijing: an existing plan to audit, and the same year solved anew."""
