from whylogs.core.metrics.metrics import IntsMetric, MetricConfig


def counted(values):
    metric = IntsMetric.zero(MetricConfig())
    metric.columnar_update(values)
    return metric
