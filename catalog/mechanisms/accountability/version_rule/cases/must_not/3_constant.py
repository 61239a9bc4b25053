__version__ = "1.4.0"
# version_rule.number(run, earlier)
print(__version__)
