import logging


class Service:
    def __init__(self):
        self.logger = logging.getLogger('service')

    def predict(self, rows):
        self.logger.warning('%d rows', len(rows))
