from components.version_rule import number as version_of
from records import run, runs

assert version_of(run(), runs())["holds"]
