from matplotlib.widgets import LassoSelector


class Lasso:
    """A selection drawn by hand."""


drawn = Lasso()
selector = LassoSelector(None, print)
