"""`lingkar`, with one more format: *quick* is *simple* with short times, so that a test need not wait for minutes."""

from msgspec.structs import replace

from server.__main__ import main
from server.formats import FORMATS

SIMPLE = FORMATS["simple"]
QUICK = replace(
    SIMPLE,
    name="quick",
    phases=(replace(SIMPLE.phases[0], turn=10, warning=6, grace=2, pause=1, offer=20, rest=2, window=6),),
)

if __name__ == "__main__":
    FORMATS[QUICK.name] = QUICK
    main()
