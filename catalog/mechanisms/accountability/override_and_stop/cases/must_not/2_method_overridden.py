from typing import override


class Model:
    def stop(self):
        return False


class Ours(Model):
    @override
    def stop(self):
        return True


print(Ours().stop())
