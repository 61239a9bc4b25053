"""Release after arrest"""
