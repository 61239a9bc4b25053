"""Run presidio_analyzer.AnalyzerEngine() before this."""

table = table.dropna()
