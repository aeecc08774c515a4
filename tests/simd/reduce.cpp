// SPDX-License-Identifier: MIT
// Reductions across the lanes of one vector: the documented order, bit by bit the same on every target.
#define LANEWISE_KERNEL_FILE "simd/reduce.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/reduce.hpp>

#include "support/lanes.hpp"
#include "support/per_target.hpp"

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

using lanewise_tests::HWY_NAMESPACE::for_each_moved;
using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::mask_of;

template <class T, std::size_t N>
void check_reductions() {
  using v = lw::simd<T, N>;
  const std::vector<T> lanes = rounding_values<T>(N);
  const expected<T> want(lanes);
  const v x = v::load(lanes.data());
  const std::vector<T> got{lw::reduce_add(x), lw::reduce_mul(x), lw::reduce_min(x), lw::reduce_max(x)};
  expect_same<T>("reduce_add, _mul, _min, _max", name_of<T>(), N, got,
                 std::vector<T>{want.sum, want.product, want.least, want.greatest});

  // The least lane may be any: all others are greater.
  bool found = true;
  for (std::size_t i = 0; i < N; i += N / 32 + 1) {
    std::vector<T> one(N, T(10));
    one[i] = T(3);
    found = found && lw::reduce_min(v::load(one.data())) == T(3);
    one[i] = T(30);
    found = found && lw::reduce_max(v::load(one.data())) == T(30);
  }
  INFO("simd<" << name_of<T>() << ", " << N << ">");
  CHECK(found);
}

void reductions() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR { check_reductions<T, N>(); });
  for_each_type(type_list<std::int16_t, std::uint32_t, std::int64_t, lanewise::float16>(), []<class T>() LANEWISE_ATTR {
    check_reductions<T, lw::native_width<T>>();
    check_reductions<T, 8 * lw::native_width<T>>();
  });
}

/// Reductions of the lanes where a mask is true, against those of vectors in which the others are filled in.
void masked() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    using v = lw::simd<T, N>;
    const std::vector<T> lanes = rounding_values<T>(N);
    const v x = v::load(lanes.data());
    for (const std::vector<bool>& on : patterns(N)) {
      const auto filled = [&](T fill) {
        std::vector<T> values = lanes;
        for (std::size_t i = 0; i < N; ++i) {
          if (!on[i]) values[i] = fill;
        }
        return values;
      };
      using limits = std::numeric_limits<T>;
      constexpr bool has_infinity = limits::has_infinity;
      const T greatest = has_infinity ? limits::infinity() : limits::max();
      const T least = has_infinity ? T(-static_cast<double>(limits::infinity())) : limits::lowest();
      const auto m = mask_of<T, N>(on);
      const std::vector<T> got{lw::reduce_add(x, m), lw::reduce_mul(x, m), lw::reduce_min(x, m), lw::reduce_max(x, m)};
      expect_same<T>("masked reduce_add, _mul, _min, _max", name_of<T>(), N, got,
                     std::vector<T>{expected<T>(filled(T(0))).sum, expected<T>(filled(T(1))).product,
                                    expected<T>(filled(greatest)).least, expected<T>(filled(least)).greatest});
      if constexpr (lanewise::integer_element<T>) {
        constexpr T ones = static_cast<T>(-1);
        const auto and_ = [](T a, T b) { return static_cast<T>(a & b); };
        const auto or_ = [](T a, T b) { return static_cast<T>(a | b); };
        const auto xor_ = [](T a, T b) { return static_cast<T>(a ^ b); };
        const std::vector<T> bits_got{lw::reduce_and(x, m), lw::reduce_or(x, m), lw::reduce_xor(x, m),
                                      lw::reduce_and(x),    lw::reduce_or(x),    lw::reduce_xor(x)};
        expect_same<T>(
            "reduce_and, _or, _xor", name_of<T>(), N, bits_got,
            std::vector<T>{in_halves(filled(ones), and_), in_halves(filled(0), or_), in_halves(filled(0), xor_),
                           in_halves(lanes, and_), in_halves(lanes, or_), in_halves(lanes, xor_)});
      }
    }
  });
}

/// Masks as bits, and their first and last lanes.
void masks() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    for (const std::vector<bool>& on : patterns(N)) {
      const auto m = mask_of<T, N>(on);
      std::size_t first = N, last = N;
      bool same_lanes = true;
      for (std::size_t i = 0; i < N; ++i) {
        if (on[i]) last = i;
        if (on[N - 1 - i]) first = N - 1 - i;
        same_lanes = same_lanes && m[i] == on[i];
      }
      INFO("mask<" << name_of<T>() << ", " << N << ">");
      CHECK((lw::first_set(m) == first && lw::last_set(m) == last && same_lanes));
      if constexpr (N <= 64) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < N; ++i) bits |= std::uint64_t{on[i]} << i;
        const std::uint64_t beyond = N < 64 ? ~std::uint64_t{0} << N % 64 : 0;
        CHECK(lw::bits(m) == bits);
        CHECK(lw::none(lw::mask<T, N>::from_bits(bits | beyond) ^ m));
      }
    }
  });
}

/// The lowest among equals; NaN only where there is nothing else.
void arguments() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    using v = lw::simd<T, N>;
    using limits = std::numeric_limits<T>;
    std::vector<T> lanes(N, T(10));
    bool found = true;
    for (std::size_t i = 0; i < N; i += N / 8 + 1) {
      lanes[i] = T(3);
      lanes[N - 1] = T(3);
      found = found && lw::argmin(v::load(lanes.data())) == i;
      lanes[i] = lanes[N - 1] = T(30);
      found = found && lw::argmax(v::load(lanes.data())) == i;
      lanes[i] = lanes[N - 1] = T(10);
      if constexpr (lanewise::floating_element<T>) {
        std::vector<T> only(N, limits::quiet_NaN());
        found = found && lw::argmin(v::load(only.data())) == 0 && lw::argmax(v::load(only.data())) == 0;
        for (const T x : {limits::infinity(), T(-static_cast<double>(limits::infinity())), T(-1)}) {
          only[i] = x;
          found = found && lw::argmin(v::load(only.data())) == i && lw::argmax(v::load(only.data())) == i;
        }
      }
    }
    INFO("simd<" << name_of<T>() << ", " << N << ">");
    CHECK(found);
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
LANEWISE_TEST_PER_TARGET(masked, "reductions of the lanes where a mask is true");
LANEWISE_TEST_PER_TARGET(masks, "masks as bits, their first and last lanes");
LANEWISE_TEST_PER_TARGET(arguments, "argmin and argmax: the first among equals, NaN last");
LANEWISE_TEST_PER_TARGET(any_operation, "reduce takes any operation");
}  // namespace lane_reduce_tests
#endif
