// SPDX-License-Identifier: MIT
// sum, dot, min and max: every type on every target, against exact integers and long double.
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/kernels/reduce.hpp>
#include <lanewise/loops/executor.hpp>
#include <lanewise/loops/thread_pool.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <vector>

#include "support/each_target.hpp"
#include "support/guarded.hpp"
#include "support/values.hpp"

namespace {

using namespace lanewise_tests;

#define ALL_TYPES                                                                                                   \
  std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, \
      float, double

/// Largest error of f32 sums, relative to the sum of magnitudes, that the documentation gives as tested.
constexpr double f32_error = 1e-6;
constexpr double f64_error = 1e-14;

/// Lengths around the sizes of runs (8192) and blocks (32768), and beyond.
constexpr std::array<std::size_t, 13> long_lengths{8191,  8192,  8193,  16384, 32767,  32768,  32769,
                                                   40960, 65535, 65536, 65537, 100003, 1000003};

template <class T>
std::vector<T> numbers(std::size_t n, unsigned salt) {
  std::mt19937_64 random(seed + salt);
  std::vector<T> x(n);
  for (T& value : x) {
    if constexpr (std::floating_point<T>) {
      value = std::uniform_real_distribution<T>(-1, 1)(random);
    } else {
      value = static_cast<T>(random() >> 5);
    }
  }
  return x;
}

/// An exact or long double sum, and the sum of magnitudes.
template <class T>
struct expected_sum {
  std::conditional_t<std::floating_point<T>, long double, std::uint64_t> value{};
  long double magnitude = 0;

  void add(T x, T y) {
    if constexpr (std::floating_point<T>) {
      const long double term = static_cast<long double>(x) * y;
      value += term;
      magnitude += std::abs(term);
    } else {
      value += static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(y);  // wraps, as 64-bit integers do
    }
  }

  bool agrees(lanewise::accumulator_t<T> got) const {
    if constexpr (std::floating_point<T>) {
      return std::abs(got - value) <= (sizeof(T) == 4 ? f32_error : f64_error) * magnitude;
    } else {
      return got == static_cast<lanewise::accumulator_t<T>>(value);
    }
  }
};

/// All four reductions of x, and of x and y, against loops. One assertion.
template <class T>
void check(std::span<const T> x, std::span<const T> y, lanewise::executor_ref executor) {
  expected_sum<T> sum, dot;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum.add(x[i], T(1));
    dot.add(x[i], y[i]);
  }
  const char* wrong = nullptr;
  if (!sum.agrees(lanewise::sum(x, executor))) wrong = "sum";
  if (!dot.agrees(lanewise::dot(x, y, executor))) wrong = "dot";
  if (!x.empty()) {
    if (lanewise::min(x, executor) != *std::ranges::min_element(x)) wrong = "min";
    if (lanewise::max(x, executor) != *std::ranges::max_element(x)) wrong = "max";
  }
  if (wrong == nullptr) {
    SUCCEED();
  } else {
    FAIL_CHECK(wrong << " of " << x.size() << ' ' << name_of<T>() << " is wrong, seed " << seed);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("reductions of every short length, between guard pages", "", ALL_TYPES) {
  for_each_target([] {
    // Three times what a pass of the widest target's main loop takes.
    constexpr std::size_t most = 3 * 4 * 64 / std::min<std::size_t>(sizeof(TestType), 4) + 2;
    guarded<TestType> x(most), y(most);
    const std::vector<TestType> values = numbers<TestType>(2 * most, 1);
    for (std::size_t n = 0; n <= most; ++n) {
      std::copy_n(values.begin(), n, x.last(n).begin());
      std::copy_n(values.begin() + most, n, y.first(n).begin());
      check<TestType>(x.last(n), y.first(n), lanewise::serial);
    }
    for (std::size_t offset = 1; offset < 8; ++offset) {  // misaligned
      check<TestType>(x.last(most).subspan(offset), y.first(most).first(most - offset), lanewise::serial);
    }
  });
}

TEMPLATE_TEST_CASE("reductions of long inputs, across runs and blocks", "", ALL_TYPES) {
  const std::vector<TestType> x = numbers<TestType>(long_lengths.back(), 2),
                              y = numbers<TestType>(long_lengths.back(), 3);
  for_each_target([&] {
    for (const std::size_t n : long_lengths) {
      check<TestType>(std::span(x).first(n), std::span(y).first(n), lanewise::serial);
    }
    check<TestType>(x, y, lanewise::default_executor());
  });
}

TEMPLATE_TEST_CASE("integer sums do not overflow on the way", "", ALL_TYPES) {
  if constexpr (std::integral<TestType>) {
    using limits = std::numeric_limits<TestType>;
    for_each_target([] {
      for (const TestType extreme : {limits::max(), limits::min()}) {
        const std::vector<TestType> x(100003, extreme);
        check<TestType>(x, x, lanewise::serial);
      }
    });
  }
}

TEMPLATE_TEST_CASE("results have the same bits for any number of workers", "", float, double, std::int16_t) {
  const std::vector<TestType> x = numbers<TestType>(long_lengths.back(), 4),
                              y = numbers<TestType>(long_lengths.back(), 5);
  lanewise::thread_pool one(1), two(2), three(3), eight(8), many(64);
  for_each_target([&] {
    for (const std::size_t n :
         {std::size_t{100}, std::size_t{32768}, std::size_t{32769}, std::size_t{100003}, x.size()}) {
      const auto a = std::span(x).first(n), b = std::span(y).first(n);
      const auto sum = lanewise::sum(a, lanewise::serial);
      const auto dot = lanewise::dot(a, b, lanewise::serial);
      for (lanewise::thread_pool* pool : {&one, &two, &three, &eight, &many}) {
        INFO(n << " elements, " << pool->workers() << " workers");
        CHECK(same(lanewise::sum(a, *pool), sum));
        CHECK(same(lanewise::dot(a, b, *pool), dot));
        CHECK(lanewise::min(a, *pool) == *std::ranges::min_element(a));
        CHECK(lanewise::max(a, *pool) == *std::ranges::max_element(a));
      }
    }
  });
}

TEST_CASE("the error of f32 sums stays within the documented bound") {
  constexpr std::size_t n = 1000000;
  std::vector<std::vector<float>> inputs{numbers<float>(n, 6), std::vector<float>(n, 0.1f),
                                         std::vector<float>(n, 1.0f / 3), std::vector<float>(n, 1.0000001f)};
  std::vector<float> positive = numbers<float>(n, 7);
  for (float& x : positive) x = std::abs(x);
  inputs.push_back(positive);
  for_each_target([&] {
    for (const std::vector<float>& x : inputs) {
      expected_sum<float> exact;
      for (float value : x) exact.add(value, 1);
      CHECK(std::abs(lanewise::sum(x) - exact.value) / exact.magnitude < f32_error);
    }
  });
}

TEMPLATE_TEST_CASE("NaN anywhere makes every reduction NaN; infinities are kept", "", float, double) {
  using limits = std::numeric_limits<TestType>;
  lanewise::thread_pool pool(2);
  for_each_target([&] {
    for (const std::size_t n : {1U, 2U, 5U, 63U, 64U, 100U, 1000U, 8193U, 32768U, 32769U, 100003U}) {
      std::vector<TestType> x = numbers<TestType>(n, 8);
      const std::vector<TestType> ones(n, TestType(1));
      for (const std::size_t at : {std::size_t{0}, std::size_t{1}, n / 2, n - n / 7 - 1, n - 1, std::size_t{8191},
                                   std::size_t{8192}, std::size_t{32767}, std::size_t{32768}}) {
        if (at >= n) continue;
        INFO(n << " elements, special one at " << at);
        const TestType kept = x[at];
        for (const TestType nan : {limits::quiet_NaN(), -limits::quiet_NaN()}) {
          x[at] = nan;
          CHECK(std::isnan(lanewise::min(x, pool)));
          CHECK(std::isnan(lanewise::max(x, pool)));
          CHECK(std::isnan(lanewise::sum(x, pool)));
          CHECK(std::isnan(lanewise::dot(ones, x, pool)));
        }
        x[at] = limits::infinity();
        CHECK(lanewise::max(x, pool) == limits::infinity());
        CHECK(lanewise::sum(x, pool) == limits::infinity());
        CHECK(lanewise::dot(x, ones, pool) == limits::infinity());
        if (n > 1) CHECK(lanewise::min(x, pool) < limits::infinity());
        x[at] = -limits::infinity();
        CHECK(lanewise::min(x, pool) == -limits::infinity());
        if (n > 1) CHECK(lanewise::max(x, pool) > -limits::infinity());
        x[at] = kept;
      }
      const std::vector<TestType> all_nan(n, limits::quiet_NaN()), all_infinite(n, limits::infinity());
      CHECK(std::isnan(lanewise::min(all_nan, pool)));
      CHECK(lanewise::min(all_infinite, pool) == limits::infinity());
      CHECK(lanewise::max(all_infinite, pool) == limits::infinity());
    }
  });
}

TEMPLATE_TEST_CASE("the least and the greatest element may be anywhere", "", ALL_TYPES) {
  for_each_target([] {
    constexpr std::size_t n = 600;
    std::vector<TestType> x(n, TestType(10));
    bool found = true;
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = TestType(3);
      found = found && lanewise::min(x, lanewise::serial) == TestType(3) &&
              lanewise::max(x, lanewise::serial) == TestType(10);
      x[i] = TestType(30);
      found = found && lanewise::max(x, lanewise::serial) == TestType(30) &&
              lanewise::min(x, lanewise::serial) == TestType(10);
      x[i] = TestType(10);
    }
    CHECK(found);
  });
}

TEMPLATE_TEST_CASE("reductions of nothing", "", ALL_TYPES) {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  for_each_target([] {
    const std::vector<TestType> empty;
    const std::span<const TestType> null(static_cast<const TestType*>(nullptr), 0);
    CHECK(lanewise::sum(empty) == 0);
    CHECK(lanewise::sum(null) == 0);
    CHECK(lanewise::dot(empty, null) == 0);
    CHECK_THROWS_MATCHES(lanewise::min(empty), std::invalid_argument,
                         MessageMatches(ContainsSubstring("lanewise::min: x is empty")));
    CHECK_THROWS_MATCHES(lanewise::max(null), std::invalid_argument,
                         MessageMatches(ContainsSubstring("lanewise::max: x is empty")));
  });
}

TEST_CASE("dot refuses operands of different size, and says which") {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  const std::vector<float> three(3), four(4);
  CHECK_THROWS_MATCHES(lanewise::dot(three, four), std::invalid_argument,
                       MessageMatches(ContainsSubstring("3") && ContainsSubstring("4")));
}

TEST_CASE("reductions take every contiguous range, and keep the documentation's word") {
  const float array[] = {1, 2, 3.5f};
  CHECK(lanewise::sum(array) == 6.5f);
  CHECK(lanewise::sum(std::vector<float>{1, 2, 3.5f}) == 6.5f);
  CHECK(lanewise::dot(std::array{1, 2, 3}, std::array{4, 5, 6}) == 32);
  CHECK(lanewise::dot(std::array{1, 2, 3}, std::vector{4, 5, 6}) == 32);
  CHECK(lanewise::min(std::array{3.0, -1.0, 2.0}) == -1);
  CHECK(lanewise::max(std::array{3.0, -1.0, 2.0}) == 3);
  std::array<std::uint8_t, 2> bytes{200, 100};
  CHECK(lanewise::sum(std::span(bytes)) == 300);
  static_assert(std::same_as<decltype(lanewise::sum(bytes)), std::uint64_t>);
  static_assert(std::same_as<decltype(lanewise::max(bytes)), std::uint8_t>);
  static_assert(std::same_as<decltype(lanewise::sum(std::array{1, 2})), std::int64_t>);
  static_assert(std::same_as<decltype(lanewise::dot(array, array)), float>);
}
