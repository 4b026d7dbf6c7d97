"""The formats that the schemas name; without a package of its own, jsonschema checks no date-time."""

import re

import jsonschema

CHECKER = jsonschema.FormatChecker()
RFC3339 = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d+)?(Z|[+-][0-2]\d:[0-5]\d)")


@CHECKER.checks("date-time")
def is_date_time(value):
    return not isinstance(value, str) or RFC3339.fullmatch(value) is not None
