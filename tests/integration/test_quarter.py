"""A quarter of an agency's year; the whole year is a deep suite."""

import test_year


class Quarter(test_year.Year):
    DAYS, DEALS, SEED, STEPS = 90, 7, 4, (1, 2, 3, 4)


def load_tests(loader, _tests, _pattern):
    return loader.loadTestsFromTestCase(Quarter)
