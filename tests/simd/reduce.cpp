// SPDX-License-Identifier: MIT
// Reductions across the lanes of one vector: the documented order, bit by bit the same on every target.
#define LANEWISE_KERNEL_FILE "simd/reduce.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/reduce.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_LANE_REDUCE_REFERENCE
#define LANEWISE_TESTS_LANE_REDUCE_REFERENCE
namespace lane_reduce_tests {

using namespace lanewise_tests;

/// Lane i meets lane i + N / 2, then i + N / 4, and so on.
template <class T, class Op>
T in_halves(std::vector<T> lanes, Op op) {
  for (std::size_t half = lanes.size() / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] = op(lanes[i], lanes[i + half]);
  }
  return lanes[0];
}

/// Numbers whose sums and products round; no NaN.
template <class T>
std::vector<T> rounding_values(std::size_t n) {
  std::mt19937_64 random(seed + n);
  std::vector<T> values;
  for (std::size_t i = 0; i < n; ++i) {
    if constexpr (lanewise::floating_element<T>) {
      values.push_back(T(std::uniform_real_distribution<float_of<T>>(float_of<T>(-1.5), float_of<T>(1.5))(random)));
    } else {
      values.push_back(random_value<T>(random));
    }
  }
  return values;
}

template <class T>
struct expected {
  T sum, product, least, greatest;
  explicit expected(const std::vector<T>& lanes)
      : sum(in_halves(lanes,
                      [](T a, T b) { return static_cast<T>(static_cast<wide<T>>(a) + static_cast<wide<T>>(b)); })),
        product(in_halves(lanes,
                          [](T a, T b) { return static_cast<T>(static_cast<wide<T>>(a) * static_cast<wide<T>>(b)); })),
        least(in_halves(lanes, [](T a, T b) { return b < a ? b : a; })),
        greatest(in_halves(lanes, [](T a, T b) { return a < b ? b : a; })) {}
};

}  // namespace lane_reduce_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(lane_reduce_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::for_each_width;

void reductions() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      using v = lw::simd<T, N>;
      const std::vector<T> lanes = rounding_values<T>(N);
      const expected<T> want(lanes);
      const v x = v::load(lanes.data());
      const std::vector<T> got{lw::reduce_add(x), lw::reduce_mul(x), lw::reduce_min(x), lw::reduce_max(x)};
      expect_same<T>("reduce_add, _mul, _min, _max", name_of<T>(), N, got,
                     std::vector<T>{want.sum, want.product, want.least, want.greatest});

      // The least lane may be any: all others are greater.
      bool found = true;
      for (std::size_t i = 0; i<N; i += N> 64 ? 13 : 1) {
        std::vector<T> one(N, T(10));
        one[i] = T(3);
        found = found && lw::reduce_min(v::load(one.data())) == T(3);
        one[i] = T(30);
        found = found && lw::reduce_max(v::load(one.data())) == T(30);
      }
      INFO("simd<" << name_of<T>() << ", " << N << ">");
      CHECK(found);
      if constexpr (N > 1) {
        std::vector<T> halves(N);
        lw::lower_half(x).store(halves.data());
        lw::upper_half(x).store(halves.data() + N / 2);
        expect_same<T>("lower_half, upper_half", name_of<T>(), N, halves, lanes);
      }
    });
  });
}

/// The example of the documentation, with an operation that is neither commutative nor associative.
void any_operation() {
  const lw::simd<std::int32_t, 4> x{1, 7, 5, 2};
  CHECK(lw::reduce(x, [](auto a, auto b) LANEWISE_ATTR { return lw::max(a, b); }) == 7);
  CHECK(lw::reduce(x, [](auto a, auto b) LANEWISE_ATTR { return a - b; }) == (1 - 5) - (7 - 2));
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lane_reduce_tests {
LANEWISE_TEST_PER_TARGET(reductions, "reductions of a vector in the documented order, to the bit");
LANEWISE_TEST_PER_TARGET(any_operation, "reduce takes any operation");
}  // namespace lane_reduce_tests
#endif
