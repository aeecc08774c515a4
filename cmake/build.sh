# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# What ./tests/run and ./bench/run share; sourced from the top folder of the sources.
#
# CXX in the environment chooses the compiler, and then a build folder of its own, build/<compiler>; without
# it the folder is build/release. Sets build_dir and jobs.

build_dir=build/release
[ -z "${CXX:-}" ] || build_dir=build/$(basename "$CXX")
CXX=$(sh cmake/setup.sh)
export CXX

# One compiler at a time per core, and per GiB of free memory: a file with kernels for eight CPU targets takes most of one.
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
if [ -r /proc/meminfo ]; then
  room=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo)
  [ "$room" -ge 1 ] || room=1
  [ "$jobs" -le "$room" ] || jobs=$room
fi

# Configures (Release, everything on) and builds the given targets.
build_lanewise() {
  if command -v ninja >/dev/null 2>&1; then export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"; fi
  cmake -S . -B "$build_dir" -DCMAKE_BUILD_TYPE=Release
  cmake --build "$build_dir" -j "$jobs" --target "$@"
}
