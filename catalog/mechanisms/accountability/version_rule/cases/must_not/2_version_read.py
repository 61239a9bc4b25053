import semver

print(semver.Version.parse("1.2.3").major)
