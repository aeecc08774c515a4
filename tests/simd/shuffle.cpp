// SPDX-License-Identifier: MIT
// Shuffles known at compile time, on every target, against the same on arrays.
#define LANEWISE_KERNEL_FILE "simd/shuffle.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/shuffle.hpp>

#include "support/lanes.hpp"
#include "support/per_target.hpp"

#ifndef LANEWISE_TESTS_SHUFFLE_REFERENCE
#define LANEWISE_TESTS_SHUFFLE_REFERENCE
namespace shuffle_tests {

using namespace lanewise_tests;

/// Lane k of a shuffle without any order: of n lanes, or -1 now and then.
constexpr int anywhere(std::size_t k, std::size_t n) {
  const std::size_t mixed = (k + 3) * 2654435761u >> 7;
  return mixed % 11 == 0 ? -1 : static_cast<int>(mixed % n);
}

}  // namespace shuffle_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(shuffle_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_moved;
using lanewise_tests::HWY_NAMESPACE::lanes_of;

/// M lanes from anywhere in one and in two inputs.
template <class T, std::size_t N, std::size_t M>
LANEWISE_NOINLINE std::vector<T> shuffled_one(const T* p) {
  return [&]<std::size_t... k>(std::index_sequence<k...>) LANEWISE_ATTR {
    return lanes_of(lw::shuffle<anywhere(k, N)...>(lw::simd<T, N>::load(p)));
  }(std::make_index_sequence<M>());
}
template <class T, std::size_t N, std::size_t M>
LANEWISE_NOINLINE std::vector<T> shuffled_two(const T* p) {
  return [&]<std::size_t... k>(std::index_sequence<k...>) LANEWISE_ATTR {
    return lanes_of(lw::shuffle<anywhere(k, 2 * N)...>(lw::simd<T, N>::load(p), lw::simd<T, N>::load(p + N)));
  }(std::make_index_sequence<M>());
}

void any_indices() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    const std::vector<T> inputs = random_values<T>(2 * N);
    const auto in_one = [](long k) { return long{anywhere(static_cast<std::size_t>(k), N)}; };
    const auto in_two = [](long k) { return long{anywhere(static_cast<std::size_t>(k), 2 * N)}; };
    expect_moved("shuffle", N, shuffled_one<T, N, N>(inputs.data()), inputs, in_one);
    expect_moved("shuffle of two", N, shuffled_two<T, N, N>(inputs.data()), inputs, in_two);
    if constexpr (sizeof(T) >= 4) {
      expect_moved("shuffle to twice as many", N, shuffled_one<T, N, 2 * N>(inputs.data()), inputs, in_one);
      expect_moved("shuffle of two to half as many", N, shuffled_two<T, N, (N + 1) / 2>(inputs.data()), inputs, in_two);
    }
  });
}

void patterns_of_one() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    using v = lw::simd<T, N>;
    constexpr long n = N;
    const std::vector<T> in = random_values<T>(N);
    const v x = v::load(in.data());
    expect_moved("reverse", N, lanes_of(lw::reverse(x)), in, [](long k) { return n - 1 - k; });
    expect_moved("rotate<1>", N, lanes_of(lw::rotate<1>(x)), in, [](long k) { return (k + 1) % n; });
    expect_moved("rotate<-3>", N, lanes_of(lw::rotate<-3>(x)), in, [](long k) { return (k + 4 * n - 3) % n; });
    expect_moved("rotate<17>", N, lanes_of(lw::rotate<17>(x)), in, [](long k) { return (k + 17) % n; });
    expect_moved("shift_lanes<2>", N, lanes_of(lw::shift_lanes<2>(x)), in,
                 [](long k) { return k + 2 < n ? k + 2 : -1; });
    expect_moved("shift_lanes<-1>", N, lanes_of(lw::shift_lanes<-1>(x, in[0])), in,
                 [](long k) { return k > 0 ? k - 1 : 0; });
    expect_moved("broadcast", N, lanes_of(lw::broadcast<N - 1>(x)), in, [](long) { return n - 1; });
    if constexpr (N > 1) {
      expect_moved("slice<N / 2, 1>", N, lanes_of(lw::slice<N / 2, 1>(x)), in, [](long k) { return k + 1; });
      expect_moved("slice<1, N - 1>", N, lanes_of(lw::slice<1, N - 1>(x)), in, [](long) { return n - 1; });
      const auto [lower, upper] = lw::split(x);
      expect_moved("split", N, lanes_of(lower), in, [](long k) { return k; });
      expect_moved("split", N, lanes_of(upper), in, [](long k) { return k + n / 2; });
      expect_moved("join", N, lanes_of(lw::join(upper, lower)), in, [](long k) { return (k + n / 2) % n; });
      const auto [even, odd] = lw::deinterleave(x);
      expect_moved("deinterleave", N, lanes_of(even), in, [](long k) { return 2 * k; });
      expect_moved("deinterleave", N, lanes_of(odd), in, [](long k) { return 2 * k + 1; });
      expect_moved("interleave", N, lanes_of(lw::interleave(lower, upper)), in,
                   [](long k) { return k / 2 + k % 2 * (n / 2); });
      constexpr std::size_t offset = N / 4;
      expect_moved("insert", N, lanes_of(lw::insert<offset>(x, upper)), in,
                   [](long k) { return k >= long{offset} && k < long{offset} + n / 2 ? k - long{offset} + n / 2 : k; });
      const auto parts = lw::split<1>(lw::slice<2, N - 2>(x));
      CHECK(same(parts[1][0], in[N - 1]));
    }
  });
}

/// The examples of the documentation.
void examples() {
  using v4 = lw::simd<std::int32_t, 4>;
  using ints = std::vector<std::int32_t>;
  const v4 x{4, 5, 6, 7};
  CHECK(lanes_of(lw::shuffle<3, 2, 1, 0>(x)) == ints{7, 6, 5, 4});
  CHECK(lanes_of(lw::shuffle<0, 0, 1, 1, 2, 2, 3, 3>(x)) == ints{4, 4, 5, 5, 6, 6, 7, 7});
  CHECK(lanes_of(lw::shuffle<1, -1>(x)) == ints{5, 0});
  CHECK(lanes_of(lw::shuffle<0, 4, 1, 5>(v4{1, 2, 3, 4}, v4{5, 6, 7, 8})) == ints{1, 5, 2, 6});
  CHECK(lanes_of(lw::insert<1>(v4{1, 2, 3, 4}, lw::simd<std::int32_t, 2>{8, 9})) == ints{1, 8, 9, 4});
  CHECK(lanes_of(lw::shift_lanes<-1>(v4{1, 2, 3, 4}, 9)) == ints{9, 1, 2, 3});
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace shuffle_tests {
LANEWISE_TEST_PER_TARGET(any_indices, "shuffle by any indices, of one and two inputs");
LANEWISE_TEST_PER_TARGET(patterns_of_one, "reverse, rotate, shift_lanes, slice, split, join, interleave, insert");
LANEWISE_TEST_PER_TARGET(examples, "shuffles of the documentation");
}  // namespace shuffle_tests
#endif
