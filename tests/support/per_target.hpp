// SPDX-License-Identifier: MIT
#pragma once
// Tests that run once for every target of this CPU, in one program. The file looks like this:
//
//   #define LANEWISE_KERNEL_FILE "simd/simd.cpp"  // this file, from tests/
//   #include <lanewise/dispatch/foreach_target.hpp>
//   #include <lanewise/lanewise.hpp>
//   #include "support/per_target.hpp"
//
//   LANEWISE_BEGIN_KERNEL_FILE(simd_tests)
//   void addition() { CHECK(...); }  // compiled for every target
//   LANEWISE_END_KERNEL_FILE
//
//   #if LANEWISE_ONCE
//   namespace simd_tests {
//   LANEWISE_TEST_PER_TARGET(addition, "vectors add lane by lane");
//   }
//   #endif
//
// LANEWISE_TARGET=avx2 in the environment runs that target alone.

#include <catch2/catch_test_macros.hpp>

#include "support/each_target.hpp"

#define LANEWISE_TEST_PER_TARGET(function, name)                          \
  LANEWISE_EXPORT(function);                                              \
  TEST_CASE(name) {                                                       \
    ::lanewise_tests::for_each_target([] { LANEWISE_CALL(function)(); }); \
  }                                                                       \
  static_assert(true, "a semicolon follows")
