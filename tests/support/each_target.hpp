// SPDX-License-Identifier: MIT
#pragma once
// Runs a check once for every target of this CPU, for tests of the dispatched kernels.

#include <lanewise/dispatch/dispatch.hpp>

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>

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

/// Calls check() with each target in use, in a section of its own.
template <class Check>
void for_each_target(Check check) {
  const restore_target restore;
  for (const std::string& target : targets()) {
    DYNAMIC_SECTION("target " << target) {
      lanewise::use_target(target);
      check();
    }
  }
}

}  // namespace lanewise_tests
