"""Writes a copy of the published definition in which the known deviations hold.

    adapt.py DEFINITION DEVIATIONS COPY

Everything comes from the list of deviations that the Rust test reads too
(deviations.json), entry by entry:

- `statuses`: the status becomes one of the operation's, with the named schema;
- `deviations` with `as`: these keywords replace those of the member (`null`
  takes one away), in requests or, for "is shown …", in answers; `null` in the
  place of all keywords: the member is not sent;
- `deviations` that are "accepts nothing": the member of requests is not required;
- `deviations` on a security scheme: what it lets in is not tried;
- `deviations` that are "accepts null", "… an empty list", "… an empty object":
  what is sent may be that, too;
- `notSimulated`: printed as schemathesis' options that leave these out.

The copy belongs to a target directory: it holds the vendor's prose.
"""

import copy
import json
import sys

SCHEMAS = "#/components/schemas/"
# Requests get schemas of their own, so that answers stay as strict as they are.
TAKEN = "Taken"
ACCEPTED = {
    "accepts null": {"type": "null"},
    "accepts an empty list": {"type": "array", "maxItems": 0},
    "accepts an empty object": {"type": "object", "maxProperties": 0},
}


def rewritten(node, change):
    """The same document with every text changed."""
    if isinstance(node, dict):
        return {name: rewritten(value, change) for name, value in node.items()}
    if isinstance(node, list):
        return [rewritten(item, change) for item in node]
    return change(node) if isinstance(node, str) else node


def taken(text):
    return text.replace(SCHEMAS, SCHEMAS + TAKEN) if text.startswith(SCHEMAS) else text


def ascii_words(text):
    """JSON Schema's patterns are ECMA-262's, whose `\\w` is ASCII; Python's is not."""
    return text.replace("\\w", "A-Za-z0-9_") if text.startswith("^[") else text


class Definition:
    def __init__(self, document):
        self.document = rewritten(document, ascii_words)
        components = self.document["components"]
        own = {
            TAKEN + name: rewritten(copy.deepcopy(schema), taken)
            for name, schema in components["schemas"].items()
        }
        components["schemas"].update(own)
        components["requestBodies"] = rewritten(components["requestBodies"], taken)
        self.operations = {}
        for item in self.document["paths"].values():
            for operation in item.values():
                if isinstance(operation, dict) and "operationId" in operation:
                    self.operations[operation["operationId"]] = operation
                    if "requestBody" in operation:
                        operation["requestBody"] = rewritten(operation["requestBody"], taken)

    def add_status(self, entry):
        reference = {"$ref": SCHEMAS + entry["schema"]}
        answer = {"description": "", "content": {"application/json": {"schema": reference}}}
        responses = self.operations[entry["operation"]]["responses"]
        assert str(entry["status"]) not in responses, entry
        responses[str(entry["status"])] = answer

    def deviate(self, entry):
        kind, _, scheme = entry["where"].partition(" ")
        if kind == "security":
            self.leave_out(scheme)
        if entry["what"] == "accepts nothing":
            owner, _, name = entry["where"].rpartition(".")
            holder, at = self.place(owner, False)
            self.resolved(holder[at])["required"].remove(name)
        accepted, keywords = ACCEPTED.get(entry["what"]), entry.get("as", {})
        if accepted is None and keywords == {}:
            return
        found = self.place(entry["where"], entry["what"].startswith("is shown"))
        if found is None:
            return  # It is not sent any more.
        holder, name = found
        if keywords is None:
            del holder[name]
            return
        if accepted is not None:
            holder[name] = {"anyOf": [holder[name], accepted]}
            return
        schema = {**self.resolved(holder[name]), **keywords}
        holder[name] = {key: value for key, value in schema.items() if value is not None}

    def leave_out(self, scheme):
        """No wrong credentials of this scheme are tried."""
        for holder in [self.document, *self.operations.values()]:
            if "security" in holder:
                holder["security"] = [it for it in holder["security"] if scheme not in it]

    def place(self, where, shown):
        """What holds the schema of a place, and under which name."""
        kind, _, name = where.partition(" ")
        if kind == "parameter":
            parameters = [*self.document["components"]["parameters"].values()]
            for operation in self.operations.values():
                parameters += operation.get("parameters", [])
            return next(it for it in parameters if it.get("name") == name), "schema"
        root, *names = where.replace("[]", ".[]").split(".")
        holder, at = self.document["components"]["schemas"], root if shown else TAKEN + root
        if root in self.operations:
            # The schema of a body that has no name.
            body = self.operations[root]["requestBody"]
            if "$ref" in body:
                body = self.document["components"]["requestBodies"][body["$ref"].split("/")[-1]]
            holder, at = body["content"]["application/json"], "schema"
        for name in names:
            found = self.member(holder[at], name)
            if found is None:
                return None
            holder, at = found
        return holder, at

    def member(self, schema, name):
        schema = self.resolved(schema)
        if name == "[]" and "items" in schema:
            return schema, "items"
        if name in schema.get("properties", {}):
            return schema["properties"], name
        for part in schema.get("allOf", []) + schema.get("oneOf", []) + schema.get("anyOf", []):
            found = self.member(part, name)
            if found is not None:
                return found
        return None

    def resolved(self, schema):
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(SCHEMAS)
            return self.resolved(self.document["components"]["schemas"][name])
        return schema


def main(definition, deviations, copied):
    with open(definition, encoding="utf-8") as file:
        adapted = Definition(json.load(file))
    with open(deviations, encoding="utf-8") as file:
        known = json.load(file)
    for entry in known["statuses"]:
        adapted.add_status(entry)
    # What replaces keywords first: what is accepted besides is accepted beside the new ones.
    for entry in sorted(known["deviations"], key=lambda it: "as" not in it):
        adapted.deviate(entry)
    with open(copied, "w", encoding="utf-8") as file:
        json.dump(adapted.document, file)
    for operation in known["notSimulated"]:
        print(f"--exclude-operation-id={operation}")


main(*sys.argv[1:])
