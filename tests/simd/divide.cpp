// SPDX-License-Identifier: MIT
// a / b and a % b of integers lane by lane, on every target: 8 bits in full, the others at their edges and at random.
#define LANEWISE_KERNEL_FILE "simd/divide.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/simd.hpp>

#include "support/integer_division.hpp"
#include "support/lane_by_lane.hpp"
#include "support/per_target.hpp"

#ifndef LANEWISE_TESTS_DIVIDE_REFERENCE
#define LANEWISE_TESTS_DIVIDE_REFERENCE
namespace divide_tests {

using namespace lanewise_tests;

template <class T>
struct dividends_and_divisors {
  std::vector<T> a, b, quotients, remainders;

  dividends_and_divisors() {
    const auto add = [&](T x, T y) {
      a.push_back(x);
      b.push_back(y);
    };
    if constexpr (sizeof(T) == 1) {
      for (int i = 0; i < 65536; ++i) add(static_cast<T>(i >> 8), static_cast<T>(i));
    } else {
      std::mt19937_64 random(seed);
      for (std::size_t i = 0; i < sweep; ++i) add(operands_of<T>().a[i], operands_of<T>().b[i]);
      // Divisors and quotients of every length, and dividends at either side of a multiple.
      while (a.size() < 65536) {
        const auto by = [&] { return static_cast<int>(random() % (8 * sizeof(T))); };
        const T y = static_cast<T>(random_value<T>(random) >> by());
        const T x = static_cast<T>(random_value<T>(random) >> by());
        const std::uint64_t multiple = static_cast<std::uint64_t>(divided(x, y)) * static_cast<std::uint64_t>(y);
        add(x, y);
        add(static_cast<T>(multiple), y);
        add(static_cast<T>(multiple - 1), y);
        add(static_cast<T>(multiple + 1), y);
      }
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
      quotients.push_back(divided(a[i], b[i]));
      remainders.push_back(remainder_of(a[i], b[i]));
    }
  }
};

}  // namespace divide_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(divide_tests)

using lanewise_tests::HWY_NAMESPACE::check_lanes;
using lanewise_tests::HWY_NAMESPACE::for_each_type;

void every_type() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    const dividends_and_divisors<T> all;
    check_lanes(
        "a / b", all.quotients, [](auto a, auto b) LANEWISE_ATTR { return a / b; }, all.a, all.b);
    check_lanes(
        "a %= b", all.remainders, [](auto a, auto b) LANEWISE_ATTR { return a %= b; }, all.a, all.b);
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace divide_tests {
LANEWISE_TEST_PER_TARGET(every_type, "division and remainder of integers, by zero and at the ends of their range too");
}  // namespace divide_tests
#endif
