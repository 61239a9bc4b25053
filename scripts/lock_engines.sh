#!/usr/bin/env bash
# Write locks/engines.txt: what the tests of PySpark, Dask, Polars and Arrow as sources need, for `make engines`.
# Run with `uv` on the path after changing what is listed here, or the tool's own packages.
set -euo pipefail
cd "$(dirname "$0")/.."
printf '%s\n' pytest hypothesis pyspark==4.3.0 polars pyarrow 'dask[dataframe]' pandas==2.3.3 numpy==2.0.2 |
    uv pip compile pyproject.toml - --constraint locks/dev.txt --python-version 3.11 \
        --no-header --no-annotate --quiet --output-file locks/engines.txt >/dev/null
