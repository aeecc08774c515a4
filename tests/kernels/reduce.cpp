// SPDX-License-Identifier: MIT
// sum, dot, sum_of_squares, norm1 and norm2: every type on every target, against exact integers and long double.
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

/// Largest error of sums in f32, relative to the sum of magnitudes, that the documentation gives as tested.
constexpr double f32_error = 1e-6;
constexpr double f64_error = 1e-14;
template <class T>
constexpr double error_of = std::same_as<T, double> ? f64_error : f32_error;

/// An exact or long double sum, and the sum of magnitudes.
template <class T>
struct expected_sum {
  std::conditional_t<floating<T>, long double, std::uint64_t> value{};
  long double magnitude = 0;

  void add(T x, T y) {
    if constexpr (floating<T>) {
      const long double term = static_cast<long double>(x) * static_cast<long double>(y);
      value += term;
      magnitude += std::abs(term);
    } else {
      value += static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(y);  // wraps, as 64-bit integers do
    }
  }

  template <class Result>
  bool agrees(Result got) const {
    if constexpr (floating<T>) {
      return std::abs(static_cast<long double>(got) - value) <= error_of<T> * magnitude;
    } else {
      return got == static_cast<Result>(value);
    }
  }
};

/// All five of x, and of x and y, against loops. One assertion.
template <class T>
void check(std::span<const T> x, std::span<const T> y, lanewise::executor_ref executor) {
  expected_sum<T> sum, dot, squares, magnitudes;
  long double norm = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto wide = static_cast<long double>(x[i]);
    sum.add(x[i], T(1));
    dot.add(x[i], y[i]);
    squares.add(x[i], x[i]);
    magnitudes.add(x[i], x[i] < T(0) ? T(-1) : T(1));
    norm += wide * wide;
  }
  norm = std::sqrt(norm);
  const char* wrong = nullptr;
  if (!sum.agrees(lanewise::sum(x, executor))) wrong = "sum";
  if (!dot.agrees(lanewise::dot(x, y, executor))) wrong = "dot";
  if (!squares.agrees(lanewise::sum_of_squares(x, executor))) wrong = "sum_of_squares";
  if (!magnitudes.agrees(lanewise::norm1(x, executor))) wrong = "norm1";
  const double accuracy = std::same_as<lanewise::norm_t<T>, float> ? f32_error : f64_error;
  if (!(std::abs(static_cast<long double>(lanewise::norm2(x, executor)) - norm) <= accuracy * norm)) wrong = "norm2";
  if (wrong == nullptr) {
    SUCCEED();
  } else {
    FAIL_CHECK(wrong << " of " << x.size() << ' ' << name_of<T>() << " is wrong, seed " << seed);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("sums of every short length, between guard pages", "", ALL_TYPES) {
  for_each_target([] {
    constexpr std::size_t most = short_lengths<TestType>;
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

TEMPLATE_TEST_CASE("sums of long inputs, across runs and blocks", "", ALL_TYPES) {
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
  if constexpr (!floating<TestType>) {
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

TEMPLATE_TEST_CASE("NaN anywhere makes every sum NaN; infinities are kept", "", FLOATING_TYPES) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  lanewise::thread_pool pool(2);
  const auto is_nan = [](auto x) { return std::isnan(static_cast<double>(x)); };
  for_each_target([&] {
    for (const std::size_t n : {1U, 2U, 5U, 63U, 64U, 100U, 1000U, 8193U, 32768U, 32769U, 100003U}) {
      std::vector<T> x = numbers<T>(n, 8);
      const std::vector<T> ones(n, T(1));
      for (const std::size_t at : {std::size_t{0}, std::size_t{1}, n / 2, n - n / 7 - 1, n - 1, std::size_t{8191},
                                   std::size_t{8192}, std::size_t{32767}, std::size_t{32768}}) {
        if (at >= n) continue;
        INFO(n << " elements, special one at " << at);
        const T kept = x[at];
        x[at] = limits::quiet_NaN();
        CHECK((is_nan(lanewise::sum(x, pool)) && is_nan(lanewise::dot(ones, x, pool))));
        CHECK((is_nan(lanewise::sum_of_squares(x, pool)) && is_nan(lanewise::norm1(x, pool))));
        CHECK(is_nan(lanewise::norm2(x, pool)));
        x[at] = T(-limits::infinity());
        const double infinity = std::numeric_limits<double>::infinity();
        CHECK((lanewise::sum(x, pool) == -infinity && lanewise::dot(x, ones, pool) == -infinity));
        CHECK((lanewise::sum_of_squares(x, pool) == infinity && lanewise::norm1(x, pool) == infinity));
        CHECK(lanewise::norm2(x, pool) == infinity);
        x[at] = kept;
      }
    }
  });
}

TEMPLATE_TEST_CASE("norm2 neither overflows nor underflows", "", float, double, lanewise::bfloat16) {
  using T = TestType;
  constexpr int top = std::same_as<T, double> ? 1020 : 124;
  for_each_target([&] {
    for (const int exponent :
         {-top - 2, -top + 10, -top / 2 - 1, -top / 2 + 5, -3, top / 2 - 1, top / 2 + 5, top - 4}) {
      for (const std::size_t n : {2U, 50U, 40000U}) {
        std::vector<T> x = numbers<T>(n, 9);
        long double squares = 0;
        for (T& value : x) {
          value = T(std::ldexp(static_cast<double>(value), exponent - 8));
          squares += static_cast<long double>(value) * static_cast<long double>(value);
        }
        INFO(n << " elements of about 2^" << exponent - 8);
        const long double norm = std::sqrt(squares);
        CHECK(std::abs(static_cast<long double>(lanewise::norm2(x)) - norm) <=
              error_of<T> * norm + static_cast<long double>(std::numeric_limits<lanewise::norm_t<T>>::denorm_min()));
      }
    }
  });
}

TEMPLATE_TEST_CASE("sums of nothing", "", ALL_TYPES) {
  for_each_target([] {
    const std::vector<TestType> empty;
    const std::span<const TestType> null(static_cast<const TestType*>(nullptr), 0);
    CHECK(lanewise::sum(empty) == 0);
    CHECK(lanewise::sum(null) == 0);
    CHECK(lanewise::dot(empty, null) == 0);
    CHECK(lanewise::sum_of_squares(empty) == 0);
    CHECK(lanewise::norm1(null) == 0);
    CHECK(lanewise::norm2(empty) == 0);
  });
}

TEST_CASE("dot refuses operands of different size, and says which") {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  const std::vector<float> three(3), four(4);
  CHECK_THROWS_MATCHES(lanewise::dot(three, four), std::invalid_argument,
                       MessageMatches(ContainsSubstring("3") && ContainsSubstring("4")));
}

TEST_CASE("sums take every contiguous range, and keep the documentation's word") {
  const float array[] = {1, 2, 3.5f};
  CHECK(lanewise::sum(array) == 6.5f);
  CHECK(lanewise::sum(std::vector<float>{1, 2, 3.5f}) == 6.5f);
  CHECK(lanewise::dot(std::array{1, 2, 3}, std::array{4, 5, 6}) == 32);
  CHECK(lanewise::dot(std::array{1, 2, 3}, std::vector{4, 5, 6}) == 32);
  CHECK(lanewise::sum_of_squares(std::array{1, 2, 3}) == 14);
  CHECK(lanewise::norm1(std::array{1.0, -2.0, 3.0}) == 6);
  CHECK(lanewise::norm2(std::array{3e30f, 4e30f}) == 5e30f);
  std::array<std::uint8_t, 2> bytes{200, 100};
  CHECK(lanewise::sum(std::span(bytes)) == 300);
  static_assert(std::same_as<decltype(lanewise::sum(bytes)), std::uint64_t>);
  static_assert(std::same_as<decltype(lanewise::norm1(std::array{1, 2})), std::uint64_t>);
  static_assert(std::same_as<decltype(lanewise::sum(std::array{1, 2})), std::int64_t>);
  static_assert(std::same_as<decltype(lanewise::dot(array, array)), float>);
}
