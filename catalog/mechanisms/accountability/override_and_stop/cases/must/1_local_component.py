from loans import settings
from loans.components import override_and_stop

override_and_stop.refuse_if_stopped(records_folder=settings.RECORDS)
print("predictions may be made")
