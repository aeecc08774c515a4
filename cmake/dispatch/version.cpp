// SPDX-License-Identifier: MIT
#include <lanewise/config/version.hpp>

// Keeps the library from being empty, and answers `strings liblanewise_dispatch.a | grep lanewise`.
extern const char lanewise_dispatch_version[];
const char lanewise_dispatch_version[] = "lanewise " LANEWISE_VERSION_STRING;
