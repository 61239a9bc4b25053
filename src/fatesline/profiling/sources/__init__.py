"""Where tables come from, one module for each kind; all give the same `Table`.

=============================  =========================================================================
what is named                  how it is read
=============================  =========================================================================
CSV, plain or gzip             `csv_files`: separator and encoding measured, cells as text
Parquet                        `parquet_files`: where it lies, columns with their types
Excel workbook                 `workbooks`: row by row, needs the extra ``excel``
DuckDB or SQLite file          `databases`: one table or view of it
URL of a database              `databases`: rows streamed into DuckDB; `spark`: counted there
folder or pattern              all its files, of one kind with the same columns, as one table
frame                          `frames`: pandas, Polars, Arrow, Dask ...; `spark`: PySpark, counted there
=============================  =========================================================================
"""

from fatesline.profiling.sources.opening import Source, opened

__all__ = ["Source", "opened"]
