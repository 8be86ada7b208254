"""How much does a phone fetch before somebody can be in a room?"""

import re
from collections.abc import Iterator

from benchmarks.figure import Figure
from server.assets import read


def figures() -> Iterator[Figure]:
    assets = read()
    page = assets.pages["room.html"]
    wanted = set(re.findall(r'(?:href|src)="(/a/[^"]+)"', page.body.decode()))
    found = [assets.files[path.split("/", 3)[3]] for path in wanted]
    languages = [assets.files[name] for name in assets.files if name.startswith("lang/en")]
    total = sum(len(one.packed or one.body) for one in [page, *found, *languages])
    conditions = f"the room's page with {len(found)} assets and the words of one language, gzip, without headers"
    yield Figure("page-bytes", "bytes", conditions, [float(total)], goal=120_000)
