#!/usr/bin/env bash
# adapters_in_python.sh PROBE FOLDER: makes the Python environment in FOLDER and runs adapters_in_python.py in it.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/python_environment.sh" "$2"
LD_LIBRARY_PATH="$2/stubs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" HF_HUB_OFFLINE=1 \
    exec "$2/venv/bin/python" -B "$here/adapters_in_python.py" "$1"
