"""Makes empty stand-ins for the CUDA libraries that the slim torch of packaging/setup.sh was left without.

    python torch_stubs.py TORCH_LIBRARIES OUT

LibTorch in C++ needs only libtorch_cpu, but `import torch` opens all of torch. A CPU calls none of what is missing, so it
is enough that the names are there; setting LD_LIBRARY_PATH to OUT does it, and gigabytes need not be fetched.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(libraries, out):
    paths = [str(path) for path in sorted(libraries.glob("*.so*"))]
    missing = {name for path in paths for name in re.findall(r"(\S+) => not found", output_of("ldd", path))}
    symbols = defaultdict(set)  # those of CUDA that torch asks for, by the name of their version ("": none)
    for path in paths:
        for name, version in re.findall(r" [Uw] ((?:cu|nv|nccl)\w+)(?:@(\S+))?", output_of("nm", "-D", path)):
            symbols[version].add(name)

    out.mkdir(parents=True, exist_ok=True)
    functions = sorted(set().union(*symbols.values()))
    (out / "stub.c").write_text("".join(f"void {name}(void) {{}}\n" for name in functions))
    nodes = [f"{version} {{ global: {'; '.join(sorted(names))}; }};" for version, names in symbols.items() if version]
    (out / "stub.map").write_text("\n".join(nodes))
    for name in missing:
        subprocess.run(["cc", "-shared", "-fPIC", f"-Wl,-soname,{name}", f"-Wl,--version-script={out}/stub.map",
                        "-o", str(out / name), str(out / "stub.c")], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
