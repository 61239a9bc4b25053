class Chapter:
    def outline(self, evidence, project):
        return [project["title"], len(evidence)]


print(Chapter().outline(evidence={}, project={"title": "Claims"}))
