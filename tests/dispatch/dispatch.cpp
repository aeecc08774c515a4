// SPDX-License-Identifier: MIT
// cpu_info, use_target and LANEWISE_TARGET; static and dispatched results are the same.
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/kernels/extrema.hpp>
#include <lanewise/kernels/reduce.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <vector>

#include "dispatch/own_kernels.hpp"
#include "dispatch/static_part.hpp"
#include "support/each_target.hpp"
#include "support/values.hpp"

namespace dispatch_tests {
namespace {

using lanewise_tests::for_each_target;
using lanewise_tests::restore_target;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

/// Sets LANEWISE_TARGET for a scope.
struct environment {
  explicit environment(const std::string& value) {
    if (const char* old = std::getenv("LANEWISE_TARGET")) before = old;
    setenv("LANEWISE_TARGET", value.c_str(), 1);
  }
  environment(const environment&) = delete;
  environment& operator=(const environment&) = delete;
  ~environment() {
    if (before.empty()) {
      unsetenv("LANEWISE_TARGET");
    } else {
      setenv("LANEWISE_TARGET", before.c_str(), 1);
    }
    lanewise::use_target("");
  }
  std::string before;
};

TEST_CASE("cpu_info: what is usable was detected and compiled; the chosen target is one of them") {
  const lanewise::cpu_description info = lanewise::cpu_info();
  CHECK_FALSE(info.cpu.empty());
  REQUIRE_FALSE(info.usable.empty());
  for (const std::string& target : info.usable) {
    CHECK(contains(info.detected, target));
    CHECK(contains(info.compiled, target));
    CHECK(target == lower(target));
  }
  for (const std::string& target : info.detected)
    CHECK(contains(info.compiled, target) == contains(info.usable, target));
  CHECK(contains(info.usable, info.chosen));
}

TEST_CASE("without LANEWISE_TARGET the best usable target is chosen") {
  const environment none("");
  lanewise::use_target("");
  CHECK(lanewise::cpu_info().chosen == lanewise::cpu_info().usable.front());
}

TEST_CASE("use_target makes kernels run on that target, in either case") {
  const restore_target restore;
  for (const std::string& target : lanewise::cpu_info().usable) {
    for (const std::string& name : {target, upper(target)}) {
      lanewise::use_target(name);
      CHECK(lanewise::cpu_info().chosen == target);
      CHECK(lower(own_kernels::compiled_for()) == target);
    }
  }
}

TEST_CASE("use_target refuses an unknown target, lists the others and changes nothing") {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  const std::string before = lanewise::cpu_info().chosen;
  for (const char* name : {"avx1024", "avx", "AVX 2", "sve_not_here", " "}) {
    CHECK_THROWS_MATCHES(lanewise::use_target(name), std::invalid_argument,
                         MessageMatches(ContainsSubstring("lanewise::use_target: ") && ContainsSubstring(name) &&
                                        ContainsSubstring(lanewise::cpu_info().usable.back())));
    CHECK(lanewise::cpu_info().chosen == before);
  }
}

TEST_CASE("LANEWISE_TARGET chooses, in either case; an unknown name is an error") {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  for (const std::string& target : lanewise::cpu_info().usable) {
    for (const std::string& name : {target, upper(target)}) {
      const environment set(name);
      lanewise::use_target("");
      CHECK(lanewise::cpu_info().chosen == target);
    }
  }
  const std::string worst = lanewise::cpu_info().usable.back();
  {
    const restore_target restore;
    CHECK_THROWS_MATCHES(([] {
                           setenv("LANEWISE_TARGET", "nonsense", 1);
                           try {
                             lanewise::use_target("");
                           } catch (...) {
                             unsetenv("LANEWISE_TARGET");
                             throw;
                           }
                         }()),
                         std::runtime_error,
                         MessageMatches(ContainsSubstring("LANEWISE_TARGET") && ContainsSubstring("nonsense") &&
                                        ContainsSubstring(worst)));
  }
}

/// Numbers whose sum rounds, so that another order of additions would show.
std::vector<float> rounding_numbers() {
  std::mt19937_64 random(lanewise_tests::seed);
  std::vector<float> x(100003);
  for (float& value : x) value = std::uniform_real_distribution<float>(-1, 1)(random);
  return x;
}

TEST_CASE("a file's own kernels and the dispatch library's agree to the bit") {
  const std::vector<float> x = rounding_numbers();
  for_each_target([&] {
    CHECK(own_kernels::sum(x.data(), x.size()) == lanewise::sum(x));
    CHECK(own_kernels::dot(x.data(), x.size()) == lanewise::dot(x, x));
  });
}

TEST_CASE("kernels compiled for fixed flags and dispatched ones agree to the bit") {
  const restore_target restore;
  const std::vector<float> x = rounding_numbers();
  const std::string target = lower(static_part::target());
  if (!contains(lanewise::cpu_info().usable, target)) SKIP("this CPU has no " << target);
  lanewise::use_target(target);
  CHECK(static_part::sum(x.data(), x.size()) == lanewise::sum(x));
  CHECK(static_part::dot(x.data(), x.size()) == lanewise::dot(x, x));
  CHECK(static_part::max(x.data(), x.size()) == lanewise::max(x));
}

}  // namespace
}  // namespace dispatch_tests
