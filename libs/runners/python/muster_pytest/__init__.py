"""What Muster adds to pytest: python -m muster_pytest ARGUMENTS runs pytest and tells Muster of each test case.

Runs inside the suite's own Python, so: the standard library and pytest alone, any Python since 3.7, any pytest since 7.
"""
