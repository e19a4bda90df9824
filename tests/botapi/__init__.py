"""A Bot API server on loopback for tests and benchmarks: it checks every call, and fails when it is told to."""
