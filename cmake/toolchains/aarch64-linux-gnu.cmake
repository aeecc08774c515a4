# SPDX-License-Identifier: MIT
# Builds for aarch64 with Debian's and Ubuntu's cross compiler, and runs the tests under qemu-user (preset neon).
# `sh cmake/setup.sh --aarch64` gets both. Libraries come from build/aarch64-linux-gnu, where that command unpacks them, or
# are downloaded and built like any other; this machine's own are not looked at.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
if(NOT CMAKE_CXX_COMPILER)
  set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
endif()
# The C and C++ run-time libraries are those that the cross compiler's packages bring.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu)

get_filename_component(unpacked ${CMAKE_CURRENT_LIST_DIR}/../../build/aarch64-linux-gnu ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH ${unpacked} /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
