// SPDX-License-Identifier: MIT
// mean, variance, stddev and mean_and_variance: every type on every target, against two passes in long double.
#include <lanewise/dispatch/dispatch.hpp>
#include <lanewise/kernels/statistics.hpp>
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

/// The largest relative error of a variance that the documentation gives as tested.
template <class T>
constexpr double variance_error = std::same_as<lanewise::accumulator_t<T>, float> || sizeof(T) <= 2 ? 1e-6 : 1e-13;
/// That of the mean, relative to the root of the mean square.
template <class T>
constexpr double mean_error = std::same_as<lanewise::accumulator_t<T>, float> ? 1e-7 : 1e-14;

struct moments {
  long double mean = 0, root_mean_square = 0, variance = 0;
};

template <class T>
moments moments_of(std::span<const T> x) {
  moments m;
  const auto n = static_cast<long double>(x.size());
  for (const T value : x) {
    m.mean += static_cast<long double>(value) / n;
  }
  for (const T value : x) {
    const long double d = static_cast<long double>(value) - m.mean;
    m.variance += d * d / n;
  }
  m.root_mean_square = std::sqrt(m.mean * m.mean + m.variance);
  return m;
}

/// All of x, which is not empty. One assertion.
template <class T>
void check(std::span<const T> x, lanewise::executor_ref executor, double accuracy = variance_error<T>) {
  const moments want = moments_of(x);
  const char* wrong = nullptr;
  const auto near = [](double got, long double expected, long double error) {
    return std::abs(static_cast<long double>(got) - expected) <= error;
  };
  const long double mean_off = mean_error<T> * want.root_mean_square, off = accuracy * want.variance;
  if (!near(lanewise::mean(x, executor), want.mean, mean_off)) wrong = "mean";
  if (!near(lanewise::variance(x, 0, executor), want.variance, off)) wrong = "variance";
  if (!near(lanewise::stddev(x, 0, executor), std::sqrt(want.variance), accuracy * std::sqrt(want.variance))) {
    wrong = "stddev";
  }
  const auto both = lanewise::mean_and_variance(x, 0, executor);
  if (!near(both.mean, want.mean, mean_off) || !near(both.variance, want.variance, off)) wrong = "mean_and_variance";
  if (x.size() > 1) {
    const auto n = static_cast<long double>(x.size());
    if (!near(lanewise::variance(x, 1, executor), want.variance * n / (n - 1), off * 2)) wrong = "variance, ddof 1";
  }
  if (wrong == nullptr) {
    SUCCEED();
  } else {
    FAIL_CHECK(wrong << " of " << x.size() << ' ' << name_of<T>() << " is wrong, seed " << seed);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("statistics of every short length, between guard pages", "", ALL_TYPES) {
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

TEMPLATE_TEST_CASE("statistics of long inputs, with the same bits for any number of workers", "", ALL_TYPES) {
  const std::vector<TestType> x = numbers<TestType>(long_lengths.back(), 2);
  lanewise::thread_pool two(2), three(3), eight(8), many(64);
  for_each_target([&] {
    for (const std::size_t n : {std::size_t{32769}, std::size_t{100003}, x.size()}) {
      const auto part = std::span<const TestType>(x).first(n);
      check<TestType>(part, lanewise::serial);
      const double mean = lanewise::mean(part, lanewise::serial);
      const auto both = lanewise::mean_and_variance(part, 0, lanewise::serial);
      for (lanewise::thread_pool* pool : {&two, &three, &eight, &many}) {
        INFO(n << " elements, " << pool->workers() << " workers");
        CHECK(same(lanewise::mean(part, *pool), mean));
        const auto other = lanewise::mean_and_variance(part, 0, *pool);
        CHECK((same(other.mean, both.mean) && same(other.variance, both.variance)));
      }
    }
  });
}

TEMPLATE_TEST_CASE("a mean far from zero, and outliers, cost no digits", "", float, double) {
  using T = TestType;
  for_each_target([] {
    for (const T center : {T(1000), T(-1e6), T(sizeof(T) == 4 ? 1e7 : 1e12)}) {
      for (const std::size_t n : {100U, 5000U, 200000U}) {
        std::vector<T> x = numbers<T>(n, 3);
        for (T& value : x) value = value * T(100) + center;  // rounded: the reference uses what is stored
        check<T>(x, lanewise::serial);
        for (const std::size_t at : {std::size_t{0}, std::size_t{5}, n / 2}) {  // where the guess is made, and not
          std::vector<T> y = x;
          y[at] += T(1e5);
          check<T>(y, lanewise::serial);
        }
        std::ranges::sort(x);
        check<T>(x, lanewise::serial);
      }
    }
  });
}

TEST_CASE("the error of the variance of many f32") {
  std::vector<float> x = numbers<float>(1000000, 4);
  for_each_target([&] {
    check<float>(x, lanewise::serial, 1e-8);
    std::vector<float> moved = x;
    for (float& value : moved) value += 10;
    check<float>(moved, lanewise::serial, 1e-8);
  });
}

TEMPLATE_TEST_CASE("deviations whose squares leave the range of f32, and none at all", "", float, lanewise::bfloat16) {
  using T = TestType;
  for_each_target([] {
    for (const float scale : {1e-38f, 1e-30f, 1e-20f, 1e18f, 1e25f, 1e37f}) {
      for (const std::size_t n : {2U, 100U, 40000U}) {
        std::vector<T> x = numbers<T>(n, 5);
        for (T& value : x) value = T(static_cast<float>(value) * scale / 100);
        check<T>(x, lanewise::serial);
      }
    }
    for (const float value : {0.0f, 0.1f, -3e20f}) {
      const std::vector<T> x(100003, T(value));
      CHECK(lanewise::variance(x) == 0);
      CHECK(lanewise::mean(x) == lanewise::mean(std::array{T(value)}));
    }
  });
}

TEMPLATE_TEST_CASE("NaN and infinities in statistics", "", FLOATING_TYPES) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  for_each_target([] {
    for (const std::size_t n : {1U, 5U, 1000U, 40000U}) {
      for (const std::size_t at : {std::size_t{0}, n / 2, n - 1}) {
        std::vector<T> x = numbers<T>(n, 6);
        x[at] = limits::quiet_NaN();
        CHECK(std::isnan(lanewise::mean(x)));
        CHECK(std::isnan(lanewise::variance(x)));
        x[at] = T(-limits::infinity());
        CHECK(lanewise::mean(x) == -std::numeric_limits<double>::infinity());
        CHECK(std::isnan(lanewise::variance(x)));
      }
    }
  });
}

TEST_CASE("statistics of too little, and the documentation's examples") {
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  const std::vector<float> empty, one{3};
  const auto message = [](const char* text) { return MessageMatches(ContainsSubstring(text)); };
  CHECK_THROWS_MATCHES(lanewise::mean(empty), std::invalid_argument, message("lanewise::mean: x is empty"));
  CHECK_THROWS_MATCHES(lanewise::variance(empty), std::invalid_argument,
                       message("lanewise::variance: x has 0 elements, and must have more than ddof = 0"));
  CHECK_THROWS_MATCHES(lanewise::stddev(one, 1), std::invalid_argument,
                       message("lanewise::stddev: x has 1 elements, and must have more than ddof = 1"));
  CHECK_THROWS_MATCHES(lanewise::mean_and_variance(one, 2), std::invalid_argument, message("ddof = 2"));
  CHECK(lanewise::variance(one) == 0);
  CHECK(lanewise::mean(std::array{1, 2, 4}) == 2.3333333333333335);
  CHECK(lanewise::variance(std::array{1.0, 2.0, 4.0}) == 1.5555555555555556);
  CHECK(lanewise::variance(std::array{1.0, 2.0, 4.0}, 1) == 2.3333333333333335);
  CHECK(lanewise::stddev(std::array{1.0, 3.0}) == 1);
  const auto [mean, variance] = lanewise::mean_and_variance(std::array{1.0, 3.0});
  CHECK(mean == 2);
  CHECK(variance == 1);
}
