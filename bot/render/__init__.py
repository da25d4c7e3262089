"""Answer -> Block Kit, plain text and terminal. Escaping and clamping live in this package and nowhere else."""
