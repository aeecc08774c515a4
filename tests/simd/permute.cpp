// SPDX-License-Identifier: MIT
// Shuffles by indices known at run time, on every target, against the same on arrays.
#define LANEWISE_KERNEL_FILE "simd/permute.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/permute.hpp>

#include "support/lanes.hpp"
#include "support/per_target.hpp"

LANEWISE_BEGIN_KERNEL_FILE(permute_tests)

using namespace lanewise_tests;
using lanewise_tests::HWY_NAMESPACE::for_each_moved;
using lanewise_tests::HWY_NAMESPACE::lanes_of;

/// Indices of any value count modulo N, negative ones too; M of them for N lanes.
template <class T, std::size_t N, class U, std::size_t M>
void check_permute() {
  const std::vector<T> in = random_values<T>(N);
  for (unsigned round = 0; round < 3; ++round) {
    const std::vector<U> indices = random_values<U>(M, round);
    expect_moved("permute", N,
                 lanes_of(lw::permute(lw::simd<T, N>::load(in.data()), lw::simd<U, M>::load(indices.data()))), in,
                 [&](long k) {
                   return static_cast<long>(static_cast<std::uint64_t>(indices[static_cast<std::size_t>(k)]) % N);
                 });
  }
}

void any_indices() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    check_permute<T, N, ::hwy::UnsignedFromSize<sizeof(T)>, N>();
    if constexpr (std::same_as<T, float> || std::same_as<T, std::uint8_t>) {
      check_permute<T, N, std::int16_t, N>();
      check_permute<T, N, std::int8_t, 2 * N>();
      check_permute<T, N, std::uint32_t, (N + 3) / 4>();
    }
  });
}

void at_run_time() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    using v = lw::simd<T, N>;
    const std::vector<T> in = random_values<T>(N);
    const v x = v::load(in.data());
    for (std::size_t i = 0; i <= N; i += N > 32 ? N / 4 + 1 : N / 4 + 1) {
      const long offset = static_cast<long>(i);
      expect_moved("slice", N, lanes_of(lw::slice<N>(x, i)), in, [=](long k) { return (k + offset) % long{N}; });
      expect_moved("broadcast", N, lanes_of(lw::broadcast(x, i)), in, [=](long) { return offset % long{N}; });
      if constexpr (N > 1) {
        expect_moved("slice", N, lanes_of(lw::slice<N / 2>(x, i)), in, [=](long k) { return (k + offset) % long{N}; });
      }
      if (i < N) {
        std::vector<T> replaced = in;
        replaced[i] = T(7);
        expect_same<T>("with_lane", name_of<T>(), N, lanes_of(x.with_lane(i, T(7))), replaced);
        CHECK(same(x[i], in[i]));
      }
    }
  });
}

/// The example of the documentation.
void example() {
  const lw::simd<float, 4> x{1, 2, 3, 4};
  CHECK(lanes_of(lw::permute(x, lw::simd<std::int32_t, 4>{3, 3, 0, -2})) == std::vector<float>{4, 4, 1, 3});
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace permute_tests {
LANEWISE_TEST_PER_TARGET(any_indices, "permute by indices of any integer type, modulo the number of lanes");
LANEWISE_TEST_PER_TARGET(at_run_time, "slice, broadcast and with_lane at a place known at run time");
LANEWISE_TEST_PER_TARGET(example, "permute of the documentation");
}  // namespace permute_tests
#endif
