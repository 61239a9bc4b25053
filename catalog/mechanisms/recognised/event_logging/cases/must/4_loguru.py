from loguru import logger

logger.debug('start')
