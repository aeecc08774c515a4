// SPDX-License-Identifier: MIT
// The dispatch library, for a program that is built without CMake.

#include <lanewise/dispatch/implementation.hpp>
