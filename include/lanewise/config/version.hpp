// SPDX-License-Identifier: MIT
#pragma once

// The version of lanewise, and its only source: CMake reads these three numbers. Costs nothing to include.

#define LANEWISE_VERSION_MAJOR 0
#define LANEWISE_VERSION_MINOR 1
#define LANEWISE_VERSION_PATCH 0

#define LANEWISE_DETAIL_VERSION_QUOTE(text) #text
#define LANEWISE_DETAIL_VERSION_JOIN(major, minor, patch) LANEWISE_DETAIL_VERSION_QUOTE(major.minor.patch)
#define LANEWISE_VERSION_STRING \
  LANEWISE_DETAIL_VERSION_JOIN(LANEWISE_VERSION_MAJOR, LANEWISE_VERSION_MINOR, LANEWISE_VERSION_PATCH)
