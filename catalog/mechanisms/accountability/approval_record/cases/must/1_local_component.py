from pathlib import Path

from loans.components import approval_record

approval_record.refuse_unapproved(Path("models/model.skops"), Path("records"))
