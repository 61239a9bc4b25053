from shared.logs import named


class Store:
    @property
    def _logger(self):
        return named(__name__)

    def load(self, path):
        self._logger.info("loading %s", path)
        return path.read_bytes()
