import pathlib

import semver

path = pathlib.Path("VERSION")
path.write_text(str(semver.Version.parse(path.read_text().strip()).bump_minor()))
