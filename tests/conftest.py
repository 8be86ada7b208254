"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A slow or busy machine is no failure: how fast things are is measured in benchmarks/, not here.
settings.register_profile("lingkar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lingkar")
