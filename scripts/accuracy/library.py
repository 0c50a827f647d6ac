"""Losses of another library, by the names and options of this package."""


class Library:
    """`table` has, by loss, pairs of options and a function of inputs by name, which gives unreduced values."""

    def __init__(self, title, table, run):
        self.title, self.table, self.run = title, table, run

    def find(self, loss, options):
        """A function of inputs and of names, which gives values and the gradients of their sum for those; or None."""
        for own, call in self.table.get(loss, []):
            if own == options:
                return lambda inputs, names: self.run(call, inputs, names)
        return None
