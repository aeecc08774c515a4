// SPDX-License-Identifier: MIT
// Prefix sums over the lanes: the documented order, bit by bit the same on every target.
#define LANEWISE_KERNEL_FILE "simd/scan.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/scan.hpp>

#include "support/lanes.hpp"
#include "support/per_target.hpp"

#ifndef LANEWISE_TESTS_SCAN_REFERENCE
#define LANEWISE_TESTS_SCAN_REFERENCE
namespace scan_tests {

using namespace lanewise_tests;

template <class T>
T sum(T a, T b) {
  if constexpr (lanewise::floating_element<T>) {
    return T(a + b);
  } else {
    return static_cast<T>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
  }
}

/// Sums of groups of 1, 2, 4, ... put together.
template <class T>
std::vector<T> prefix_sums(std::vector<T> lanes) {
  for (std::size_t size = 1; size < lanes.size(); size *= 2) {
    for (std::size_t first = size; first < lanes.size(); first += 2 * size) {
      for (std::size_t i = first; i < first + size; ++i) lanes[i] = sum(lanes[i], lanes[first - 1]);
    }
  }
  return lanes;
}

/// Numbers whose sums round, and -0 first.
template <class T>
std::vector<T> summands(std::size_t n) {
  std::mt19937_64 random(seed + n);
  std::vector<T> values{T(-0.0)};
  while (values.size() < n) {
    if constexpr (lanewise::floating_element<T>) {
      values.push_back(T(std::uniform_real_distribution<double>(-1.5, 1.5)(random)));
    } else {
      values.push_back(random_value<T>(random));
    }
  }
  return values;
}

}  // namespace scan_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(scan_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_moved;
using lanewise_tests::HWY_NAMESPACE::lanes_of;

void sums() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    const std::vector<T> in = summands<T>(N);
    const auto x = lw::simd<T, N>::load(in.data());
    const std::vector<T> want = prefix_sums(in);
    expect_same<T>("prefix_sum", name_of<T>(), N, lanes_of(lw::prefix_sum(x)), want);
    expect_moved("prefix_sum_exclusive", N, lanes_of(lw::prefix_sum_exclusive(x)), want, [](long k) { return k - 1; });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace scan_tests {
LANEWISE_TEST_PER_TARGET(sums, "prefix sums in the documented order, to the bit");
}  // namespace scan_tests
#endif
