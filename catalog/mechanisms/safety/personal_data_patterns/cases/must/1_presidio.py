import pandas as pd
from presidio_analyzer import AnalyzerEngine

engine = AnalyzerEngine()
for text in pd.read_csv("letters.csv")["body"]:
    print(len(engine.analyze(text=text, language="en")))
