from cyclonedx.model.bom import Bom as Bill
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6

bill = Bill(components=[Component(name="loans", type=ComponentType.MACHINE_LEARNING_MODEL)])
print(JsonV1Dot6(bill).output_as_string())
