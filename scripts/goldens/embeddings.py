"""A batch of embeddings that several libraries are asked about."""

import numpy as np

# In three clusters, of lengths from 0.7 to 0.9; all dot products are exact in float32.
EMBEDDINGS = np.array([
    [12, 3, -2, 1], [10, -4, 3, 2], [11, 1, 4, -3], [-2, 12, 4, 1], [3, 11, -1, -4], [1, -3, 13, 2],
    [-4, 2, 10, -5],
]) / 16
LABELS = np.array([0, 0, 0, 1, 1, 2, 2])
