"""Rules that no schema can say, for schemathesis.

Each changes or leaves out requests which the definition allows and the double
refuses for a documented reason that lies outside of the request itself.
"""

import itertools

import schemathesis

NUMBERS = itertools.count(1)
# It fits the patterns that are sent, and no maxLength is too short for it.
DIGIT = "7"


@schemathesis.hook
def before_call(context, case, kwargs):
    """What must be new is new in every request; what must fit what was made before, fits."""
    body = case.body if isinstance(case.body, dict) else {}
    operation = case.operation.definition.raw.get("operationId")
    # A payment token works once (§10).
    if isinstance(body.get("paymentToken"), str):
        body["paymentToken"] += f"-{next(NUMBERS)}"
    # There is one custom event type of a name (§16).
    name = body.get("name")
    if operation == "PostCustomerTimelineCustomEventType" and is_name(name):
        body["name"] = f"{name[:240]}-{next(NUMBERS)}"
    # Only tags of type customer can be put on customers (§17).
    if operation == "PostTag" and body.get("type") in ("kyc-document", "aml-check"):
        body["type"] = "customer"


    # Custom fields that are defined have rules (§18): customers are sent others.
    if operation in ("PostCustomer", "PutCustomer") and isinstance(body.get("customFields"), dict):
        body["customFields"] = {f"free {name}": it for name, it in body["customFields"].items()}
    # The default of a custom field must be what its own schema asks for (§18).
    if operation == "PutCustomField" and isinstance(body.get("additionalSchema"), dict):
        fit(body["additionalSchema"])


def is_name(name):
    return isinstance(name, str) and 1 <= len(name) <= 255


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 2**31


def fit(schema):
    """Lets values agree that are right each on its own; no other is touched."""
    if schema.get("required") is True:
        # No customer without it could be sent any more.
        schema["required"] = False
    low, high, default = schema.get("minimum"), schema.get("maximum"), schema.get("default")
    allowed = schema.get("allowedValues")
    if is_number(low) and is_number(high) and low > high:
        schema["minimum"], schema["maximum"] = low, high = high, low
    if is_number(default):
        default = max(default, low) if is_number(low) else default
        schema["default"] = min(default, high) if is_number(high) else default
    if isinstance(allowed, list) and allowed and all(isinstance(it, str) for it in allowed):
        allowed[0] = DIGIT
    if is_text(default):
        schema["default"] = DIGIT
    if isinstance(default, list) and all(is_text(it) for it in default):
        schema["default"] = [DIGIT for _ in default]


def is_text(value):
    return isinstance(value, str) and len(value) <= 255


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what nobody would send and no answer is documented for."""
    wrong = [merged_into_itself, list_in_path]
    return not any(rule(case) for rule in wrong)


def merged_into_itself(case):
    """Both must be two customers (§13.4)."""
    target = (case.query or {}).get("targetCustomerId")
    return target is not None and target == (case.path_parameters or {}).get("id")


def list_in_path(case):
    """What schemathesis makes of `customerIds` when it takes the list for an id."""
    values = (case.path_parameters or {}).values()
    return any(isinstance(it, list) or str(it).startswith("['") for it in values)
