"""From punches to a lawful day. Pure: no framework, no I/O, no clock of the machine.

In the order in which a service meets them: ``persons`` (who somebody is on a date, whose schedule applies), ``hours`` and ``schedule``
(what is due), ``calendar`` (holidays), ``rates`` (dated deductions), ``types`` (punches, permits, outages, results), ``judge`` (the day),
``month``, ``discipline``, ``apel``; ``leave`` and ``quota`` for requests; ``explain`` for sentences.
Inside: ``permits`` (what they leave to be done), ``outages``, ``measure`` (minutes of one window).
"""
