from presidio_analyzer import AnalyzerEngine
from presidio_anonymizer import AnonymizerEngine

found = AnalyzerEngine().analyze(text=text, language='en')
clean = AnonymizerEngine().anonymize(text=text, analyzer_results=found)
