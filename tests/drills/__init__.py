"""make drills: what a stranger may do to the running site, each fault that was met once."""
