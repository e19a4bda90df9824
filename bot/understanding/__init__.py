"""What a message means."""

import os

# Before numpy is imported: the products made here are small, and linear algebra threads that wait for one another cost more
# than they bring; on two shared cores a build took five times longer with them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
