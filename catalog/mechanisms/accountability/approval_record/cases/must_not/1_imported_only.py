from loans.components import approval_record

print("nobody is asked", approval_record.__name__)
