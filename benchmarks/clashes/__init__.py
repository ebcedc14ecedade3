"""Whether what is said of clashing rules is so, each statement held against a solve from nothing."""
