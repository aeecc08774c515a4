// SPDX-License-Identifier: MIT
#pragma once
// The dispatch library itself: all kernels compiled for every target, and the choice among them.
//
// CMake builds it as lanewise::dispatch. Without CMake, one source file of the program says
//
//   #include <lanewise/dispatch/implementation.hpp>
//
// and nothing else; all others are compiled with -DLANEWISE_DISPATCH. Link libhwy (-lhwy). Takes about a
// minute to compile (g++ 12, six targets, 2026-11).

// LANEWISE_DISPATCH_PARTS, a header of this folder's detail/, compiles one family of kernels in a file of its own.

#ifndef LANEWISE_DISPATCH
#define LANEWISE_DISPATCH 1
#endif
#ifndef LANEWISE_DISPATCH_PARTS
#define LANEWISE_DISPATCH_PARTS "lanewise/dispatch/detail/all.hpp"
#endif

#undef LANEWISE_KERNEL_FILE
#define LANEWISE_KERNEL_FILE LANEWISE_DISPATCH_PARTS
#include "lanewise/dispatch/foreach_target.hpp"
#include LANEWISE_DISPATCH_PARTS
