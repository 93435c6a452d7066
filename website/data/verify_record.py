"""Checks the log of a peacesite against a head that you kept: was anything you saw changed or
dropped?

    pip install cryptography
    python verify_record.py --log log.jsonl --head kept-head.json [--now head.json] [edition.json …]

--log   the log as it is now: SITE/about/record/log.jsonl
--head  a head that you kept at an earlier time: SITE/about/record/head.json, or any feed, table or
        answer in JSON of that time, all of which repeat it
--now   the head as it is now: checks that it signs this log
edition.json  editions that you downloaded (SITE/cases/…/editions/1.json): the log must know each
--key   the public key that you know the site by, if you have it from elsewhere (base64)

Exit code 0: all holds. 1: something was changed or dropped. 2: it could not be checked.
One file; needs Python 3.10 or newer, and `cryptography` for the signatures.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

HEAD = re.compile(
    r"\b(\d+) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT[0-9:.+]+)"
    r"(?: ([A-Za-z0-9+/]{43}=) ([A-Za-z0-9+/]{86}==))?"
)
NAMES = ("count", "digest", "at", "key", "signature")


class CannotCheck(Exception):
    """A file is missing, or is something else than it should be."""


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value):
    """JSON that is the same for the same content: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(path):
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotCheck(f"{path}: {error}") from error


def read_head(path):
    """A head, from its own file or from whatever repeats it."""
    text = read(path)
    try:
        found = json.loads(text)
        if isinstance(found, dict) and set(NAMES) <= found.keys():
            return {**found, "count": int(found["count"])}
    except ValueError:
        pass
    match = HEAD.search(text)
    if not match:
        raise CannotCheck(f"{path}: no head of a log stands in it.")
    count, *rest = match.groups("")
    return dict(zip(NAMES, [int(count), *rest], strict=False))


def signature_holds(head, key):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise CannotCheck("Signatures need `cryptography`: pip install cryptography") from error
    message = f"peacesite log\n{head['count']}\n{head['digest']}\n{head['at']}\n".encode()
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
        public.verify(base64.b64decode(head["signature"]), message)
    except (ValueError, InvalidSignature):
        return False
    return True


class Log:
    """The log: the digest of each line, the editions that lines state, the keys announced."""

    def __init__(self, path):
        self.faults: list[str] = []
        self.digests: list[str] = []
        self.editions: dict[str, tuple[int, int]] = {}
        self.removed: set[str] = set()
        self.keys: set[str] = set()
        for number, line in enumerate(read(path).split("\n"), 1):
            if line:
                self._take(number, line)
        if not self.digests:
            raise CannotCheck(f"{path}: the log is empty.")

    def _take(self, number, line):
        try:
            said = json.loads(line)
            followed, named = said["previous"], said["number"]
        except (ValueError, TypeError, KeyError):
            self.faults.append(f"Line {number} cannot be read.")
            said, followed, named = {}, None, number
        if named != number:
            self.faults.append(f"Line {number} calls itself line {named}: a line is missing.")
        if followed != (self.digests[-1] if self.digests else ""):
            self.faults.append(f"Line {number} does not follow from the line before it.")
        self.digests.append(sha256(line))
        self._state(number, said)

    def _state(self, number, said):
        event = said.get("event")
        found = said.get("editions", []) if event == "beginning" else []
        if event in ("publication", "withdrawal"):
            found = [said]
        for edition in found:
            self.editions[edition["digest"]] = (number, edition["edition"])
        removals = said.get("removals", []) if event == "beginning" else []
        for removal in [said] if event == "removal" else removals:
            self.removed.add(removal["removed"])
        if "public_key" in said:
            self.keys.add(said["public_key"])


def check_kept(head, log, key, say, wrong):
    """What stood in the log when the head was made stands there still."""
    trusted = key or head["key"]
    if not head["signature"]:
        say("The head that you kept is not signed: it proves what its site said, if you kept it.")
    elif not signature_holds(head, trusted):
        wrong("The signature of the head that you kept does not fit its key.")
    if head["count"] > len(log.digests):
        wrong(f"The log had {head['count']} lines, and has {len(log.digests)}: some were dropped.")
    elif head["count"] < 1 or log.digests[head["count"] - 1] != head["digest"]:
        wrong(f"The first {head['count']} lines are not those of {head['at']}: it was rewritten.")
    else:
        say(f"The first {head['count']} lines are those of {head['at']}: nothing that you could")
        say("have seen by then was changed or dropped.")


def check_now(now, log, known, say, wrong):
    """The head of today is that of this log, signed with a key that you can know."""
    if (now["count"], now["digest"]) != (len(log.digests), log.digests[-1]):
        wrong("The head of now is not that of this log. (Were both downloaded at once?)")
    if not now["signature"]:
        say("The head of now is not signed.")
    elif not signature_holds(now, now["key"]):
        wrong("The signature of the head of now does not fit its key.")
    elif now["key"] not in known:
        wrong("The head of now is signed with a key that the log does not announce.")
    else:
        say(f"The head of now is signed, at {now['at']}.")
        if known[:1] != [now["key"]]:
            say("Its key is not the one that you knew: ask the site whether it changed it.")


def check_edition(path, log, say, wrong):
    """An edition says what its digest says, and the log knows that digest."""
    try:
        found = json.loads(read(path))
        record, before, digest = found["record"], found["previous_digest"], found["digest"]
    except (ValueError, KeyError, TypeError) as error:
        raise CannotCheck(f"{path}: it is no edition in JSON.") from error
    if record is not None and sha256(canonical(record) + "\n" + before) != digest:
        wrong(f"{path}: its digest does not fit what it says.")
    elif digest not in log.editions:
        wrong(f"{path}: no line of the log knows it: it was changed, or dropped.")
    else:
        number, edition = log.editions[digest]
        ended = " It was removed since on a legal ground." if digest in log.removed else ""
        say(f"{path}: edition {edition}, in line {number} of the log.{ended}")


def check(options):
    faults = []
    log = Log(options.log)
    faults += log.faults
    if not log.faults:
        print(f"The log has {len(log.digests)} lines, each follows from the one before.")
    known = [options.key] if options.key else []
    if options.head:
        kept = read_head(options.head)
        known += [kept["key"]] if kept["key"] else []
        check_kept(kept, log, options.key, print, faults.append)
    if options.now:
        check_now(read_head(options.now), log, known + sorted(log.keys), print, faults.append)
    for path in options.editions:
        check_edition(path, log, print, faults.append)
    if not (options.head or options.editions):
        print("Nothing proves that it is the log you knew: keep a head, and give it by --head.")
    for fault in faults:
        print(f"WRONG: {fault}")
    print("All holds." if not faults else f"{len(faults)} faults.")
    return 1 if faults else 0


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--log", required=True, metavar="FILE")
    parser.add_argument("--head", metavar="FILE")
    parser.add_argument("--now", metavar="FILE")
    parser.add_argument("--key", metavar="KEY")
    parser.add_argument("editions", nargs="*", metavar="edition.json")
    try:
        return check(parser.parse_args(arguments))
    except CannotCheck as error:
        print(f"It could not be checked. {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
