"""The mechanical support check: what a sentence says and its evidence does not."""
