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

#include <lanewise/dispatch/dispatch.hpp>

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cctype>
#include <cstdlib>
#include <string>
#include <vector>

namespace lanewise_tests {

/// The targets to test: those that this CPU has, or the one that LANEWISE_TARGET names.
inline std::vector<std::string> targets() {
  const char* only = std::getenv("LANEWISE_TARGET");
  if (only == nullptr || *only == '\0') return lanewise::cpu_info().usable;
  lanewise::use_target("");
  return {lanewise::cpu_info().chosen};
}

/// Back to the usual choice of target at the end of a scope.
struct restore_target {
  ~restore_target() { lanewise::use_target(""); }
};

}  // namespace lanewise_tests

#define LANEWISE_TEST_PER_TARGET(function, name)                              \
  LANEWISE_EXPORT(function);                                                  \
  TEST_CASE(name) {                                                           \
    const ::lanewise_tests::restore_target restore;                           \
    for (const std::string& target : ::lanewise_tests::targets()) {           \
      DYNAMIC_SECTION("target " << target) {                                  \
        ::lanewise::use_target(target);                                       \
        LANEWISE_CALL(function)();                                            \
      }                                                                       \
    }                                                                         \
  }                                                                           \
  static_assert(true, "a semicolon follows")
