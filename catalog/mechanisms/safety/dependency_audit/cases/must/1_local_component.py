from credit import settings
from credit.components import dependency_audit

assert dependency_audit.audit(settings.ROOT)["holds"]
