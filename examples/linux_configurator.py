"""Configure the Linux kernel, one click after the other.

python examples/linux_configurator.py linux-2.6.33.3.uvl.gz
"""

import sys

from fatesline.exchange import read
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner

model = read(sys.argv[1]).model
reasoner, chosen = Reasoner(model), []
while name := input("choose a feature (nothing ends): ").strip():
    wish = Configuration.choosing(*chosen, name)
    if name not in model or not reasoner.is_consistent(wish):
        print("that cannot be chosen")
        continue
    chosen, settled = [*chosen, name], reasoner.consequences(wish)
    print(f"chosen {len(settled.chosen)}, ruled out {len(settled.ruled_out)} of {len(model.ids)}")
