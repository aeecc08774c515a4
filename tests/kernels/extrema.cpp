// SPDX-License-Identifier: MIT
// min, max, minmax, argmin, argmax and norm_inf: every type on every target, against loops.
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/kernels/extrema.hpp>
#include <lanewise/loops/executor.hpp>
#include <lanewise/loops/thread_pool.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <stdexcept>
#include <vector>

#include "support/each_target.hpp"
#include "support/guarded.hpp"
#include "support/reductions.hpp"
#include "support/values.hpp"

namespace {

using namespace lanewise_tests;

template <class T>
bool is_nan(T x) {
  return x != x;
}

/// All of x, which is not empty, against loops. One assertion.
template <class T>
void check(std::span<const T> x, lanewise::executor_ref executor) {
  const auto nan = std::ranges::find_if(x, is_nan<T>);
  const bool has_nan = nan != x.end();
  const auto first_nan = static_cast<std::size_t>(nan - x.begin());
  const auto argmin = has_nan ? first_nan : static_cast<std::size_t>(std::ranges::min_element(x) - x.begin());
  const auto argmax = has_nan ? first_nan : static_cast<std::size_t>(std::ranges::max_element(x) - x.begin());
  // As long double, which holds every element type and the magnitude of each.
  long double norm = 0;
  for (const T value : x) norm = std::max(norm, std::abs(static_cast<long double>(value)));
  if (has_nan) norm = std::numeric_limits<long double>::quiet_NaN();

  const char* wrong = nullptr;
  if (!same_value(lanewise::min(x, executor), x[argmin])) wrong = "min";
  if (!same_value(lanewise::max(x, executor), x[argmax])) wrong = "max";
  const auto both = lanewise::minmax(x, executor);
  if (!same_value(both.min, x[argmin]) || !same_value(both.max, x[argmax])) wrong = "minmax";
  if (lanewise::argmin(x, executor) != argmin) wrong = "argmin";
  if (lanewise::argmax(x, executor) != argmax) wrong = "argmax";
  const auto got = static_cast<long double>(lanewise::norm_inf(x, executor));
  if (got != norm && !(has_nan && std::isnan(got))) wrong = "norm_inf";
  if (wrong == nullptr) {
    SUCCEED();
  } else {
    FAIL_CHECK(wrong << " of " << x.size() << ' ' << name_of<T>() << " is wrong, seed " << seed);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("extrema of every short length, between guard pages", "", ALL_TYPES) {
  for_each_target([] {
    constexpr std::size_t most = short_lengths<TestType>;
    guarded<TestType> x(most);
    const std::vector<TestType> values = numbers<TestType>(most, 1);
    for (std::size_t n = 1; n <= most; ++n) {
      std::copy_n(values.begin(), n, x.last(n).begin());
      check<TestType>(x.last(n), lanewise::serial);
      std::copy_n(values.begin(), n, x.first(n).begin());
      check<TestType>(x.first(n), lanewise::serial);
    }
    for (std::size_t offset = 1; offset < 8; ++offset) {  // misaligned
      check<TestType>(x.last(most).subspan(offset), lanewise::serial);
    }
  });
}

TEMPLATE_TEST_CASE("extrema of long inputs, whatever the number of workers", "", ALL_TYPES) {
  const std::vector<TestType> x = numbers<TestType>(long_lengths.back(), 2);
  lanewise::thread_pool three(3);
  for_each_target([&] {
    for (const std::size_t n : long_lengths) check<TestType>(std::span(x).first(n), lanewise::serial);
    check<TestType>(x, three);
  });
}

TEMPLATE_TEST_CASE("the extreme element may be anywhere; the first among equals counts", "", ALL_TYPES) {
  using T = TestType;
  for_each_target([] {
    constexpr std::size_t n = 600;
    std::vector<T> x(n, T(10));
    for (std::size_t i = 0; i < n; ++i) {
      for (const T value : {T(3), T(30)}) {
        x[i] = x[n - 1 - i / 2] = value;
        check<T>(x, lanewise::serial);
        x[i] = x[n - 1 - i / 2] = T(10);
      }
    }
    check<T>(x, lanewise::serial);
    // Around the edges of chunks (4096) and blocks (32768), twice each.
    std::vector<T> y(100003, T(10));
    lanewise::thread_pool two(2);
    for (const std::size_t at : {0U, 4095U, 4096U, 32767U, 32768U, 65535U, 65536U, 69632U, 100002U}) {
      y[at] = y[std::min<std::size_t>(at + 4096, y.size() - 1)] = T(2);
      check<T>(y, two);
      y[at] = y[std::min<std::size_t>(at + 4096, y.size() - 1)] = T(10);
    }
  });
}

TEMPLATE_TEST_CASE("extreme values of the type", "", ALL_TYPES) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  for_each_target([] {
    for (const std::size_t n : {1U, 7U, 1000U, 40000U}) {
      std::vector<T> x(n, limits::max());
      check<T>(x, lanewise::serial);
      std::ranges::fill(x, limits::lowest());
      check<T>(x, lanewise::serial);
      x[n / 2] = limits::max();
      check<T>(x, lanewise::serial);
      if constexpr (floating<T>) {
        std::ranges::fill(x, limits::infinity());
        check<T>(x, lanewise::serial);
        x[n / 3] = T(-limits::infinity());
        check<T>(x, lanewise::serial);
        std::ranges::fill(x, T(-limits::infinity()));
        check<T>(x, lanewise::serial);
      }
    }
  });
}

TEMPLATE_TEST_CASE("NaN anywhere is the result, and its position the first NaN's", "", FLOATING_TYPES) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  lanewise::thread_pool pool(2);
  for_each_target([&] {
    for (const std::size_t n : {1U, 2U, 5U, 63U, 64U, 100U, 1000U, 8193U, 32768U, 32769U, 100003U}) {
      std::vector<T> x = numbers<T>(n, 8);
      for (const std::size_t at : {std::size_t{0}, std::size_t{1}, n / 2, n - n / 7 - 1, n - 1, std::size_t{4095},
                                   std::size_t{4096}, std::size_t{32767}, std::size_t{32768}}) {
        if (at >= n) continue;
        const T kept = x[at], last = x[n - 1];
        for (const T nan : {limits::quiet_NaN(), T(-limits::quiet_NaN())}) {
          x[at] = nan;
          check<T>(x, pool);
          x[n - 1] = nan;
          check<T>(x, pool);
          x[n - 1] = last;
        }
        x[at] = kept;
      }
      std::ranges::fill(x, limits::quiet_NaN());
      check<T>(x, pool);
    }
  });
}

TEMPLATE_TEST_CASE("there is no extreme element of nothing", "", ALL_TYPES) {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  for_each_target([] {
    const std::vector<TestType> empty;
    const std::span<const TestType> null(static_cast<const TestType*>(nullptr), 0);
    const auto throws = [&](const char* message, auto f) {
      CHECK_THROWS_MATCHES(f(empty), std::invalid_argument, MessageMatches(ContainsSubstring(message)));
      CHECK_THROWS_MATCHES(f(null), std::invalid_argument, MessageMatches(ContainsSubstring(message)));
    };
    throws("lanewise::min: x is empty", [](const auto& x) { return lanewise::min(x); });
    throws("lanewise::max: x is empty", [](const auto& x) { return lanewise::max(x); });
    throws("lanewise::minmax: x is empty", [](const auto& x) { return lanewise::minmax(x); });
    throws("lanewise::argmin: x is empty", [](const auto& x) { return lanewise::argmin(x); });
    throws("lanewise::argmax: x is empty", [](const auto& x) { return lanewise::argmax(x); });
    CHECK(lanewise::norm_inf(empty) == TestType(0));
  });
}

TEST_CASE("extrema keep the documentation's word") {
  CHECK(lanewise::min(std::array{3.0, -1.0, 2.0}) == -1);
  CHECK(lanewise::max(std::array{3.0, -1.0, 2.0}) == 3);
  const auto [least, greatest] = lanewise::minmax(std::array{3, -1, 2});
  CHECK(least == -1);
  CHECK(greatest == 3);
  CHECK(lanewise::argmin(std::array{3, -1, 2, -1}) == 1);
  CHECK(lanewise::argmax(std::array{3, -1, 3}) == 0);
  CHECK(lanewise::norm_inf(std::array{1.0, -3.0, 2.0}) == 3);
  CHECK(lanewise::norm_inf(std::array<std::int8_t, 2>{-128, 127}) == 128);
  static_assert(std::same_as<decltype(lanewise::max(std::array<std::uint8_t, 2>{})), std::uint8_t>);
  static_assert(std::same_as<decltype(lanewise::norm_inf(std::array{1})), unsigned>);
}
