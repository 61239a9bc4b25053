from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import RunEvent

client = OpenLineageClient(url="http://localhost:5000")


def started(event: RunEvent) -> None:
    client.emit(event)
