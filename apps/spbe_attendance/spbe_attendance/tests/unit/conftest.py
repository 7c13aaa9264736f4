from hypothesis import HealthCheck, settings

# The machine that runs the tests may be busy: no example is too slow, and none is slow to make.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
