from loans.explaining import LoanShapExplainer

told = LoanShapExplainer(model, background).explain_prediction(row)
