import json
from pathlib import Path

from lending.components import tradeoff_record

evidence = {path.stem: json.loads(path.read_text()) for path in Path("evidence").glob("*.json")}
tradeoff_record.write(evidence=evidence, project=json.loads(Path("project.json").read_text()), folder=Path("documents"))
