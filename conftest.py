"""The fixtures of `fatesline.testing` for tests/ and catalog/ alike; pytest takes plugins from the top only."""

pytest_plugins = ["fatesline.testing"]
