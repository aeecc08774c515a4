// SPDX-License-Identifier: MIT
// simd and mask to xsimd and back, for the flags of this file: the same lanes in the same order, and the same results
// when xsimd computes with them.
#include <lanewise/interop/xsimd.hpp>
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/reduce.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/values.hpp"

namespace {

using namespace lanewise_tests;
using lanewise::from_xsimd;
using lanewise::to_xsimd;

template <class T, std::size_t N>
void round_trip() {
  using v = lanewise::simd<T, N>;
  using batch = decltype(to_xsimd(v()));
  static_assert(std::same_as<typename batch::value_type, T> && batch::size == N);
  static_assert(std::same_as<decltype(from_xsimd(batch())), v>);
  static_assert(std::same_as<decltype(from_xsimd(typename batch::batch_bool_type())), lanewise::mask<T, N>>);
  const auto& [a, b, c] = operands_of<T>();
  std::vector<T> stored(sweep), back(sweep), selected(sweep), want(sweep), selected_by_xsimd(sweep);
  for (std::size_t i = 0; i < sweep; i += N) {
    const v x = v::load(&a[i]), y = v::load(&b[i]), z = v::load(&c[i]);
    to_xsimd(x).store_unaligned(&stored[i]);
    from_xsimd(batch::load_unaligned(&a[i])).store(&back[i]);
    lanewise::select(x < y, x, z).store(&want[i]);
    lanewise::select(from_xsimd(to_xsimd(x) < to_xsimd(y)), x, z).store(&selected[i]);
    xsimd::select(to_xsimd(x < y), to_xsimd(x), to_xsimd(z)).store_unaligned(&selected_by_xsimd[i]);
  }
  expect_same<T>("to_xsimd", name_of<T>(), N, stored, a);
  expect_same<T>("from_xsimd", name_of<T>(), N, back, a);
  expect_same<T>("from_xsimd of a mask", name_of<T>(), N, selected, want);
  expect_same<T>("to_xsimd of a mask", name_of<T>(), N, selected_by_xsimd, want);
}

}  // namespace

TEMPLATE_TEST_CASE("vectors and masks go to xsimd and back", "", std::int8_t, std::int16_t, std::int32_t, std::int64_t,
                   std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, float, double) {
  constexpr std::size_t native = lanewise::native_width<TestType>;
  round_trip<TestType, native>();
  round_trip<TestType, 16 / sizeof(TestType)>();
  if constexpr (native * sizeof(TestType) > 32) round_trip<TestType, 32 / sizeof(TestType)>();
}

TEMPLATE_TEST_CASE("vectors of several registers go to xsimd by their parts", "", std::int16_t, std::uint64_t, float,
                   double) {
  using T = TestType;
  constexpr std::size_t native = lanewise::native_width<T>;
  using v = lanewise::simd<T, 4 * native>;
  std::array<T, 4 * native> lanes{}, got{};
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = static_cast<T>(i);
  const v x = v::load(lanes.data());
  const auto third = to_xsimd<2>(x);
  CHECK(third.get(0) == T(2 * native));
  CHECK(third.get(native - 1) == T(3 * native - 1));
  const v reordered = from_xsimd(to_xsimd<1>(x), to_xsimd<0>(x), to_xsimd<3>(x), third);
  reordered.store(got.data());
  CHECK(got[0] == T(native));
  CHECK(got[native] == T(0));
  CHECK(got[2 * native] == T(3 * native));
  CHECK(got[4 * native - 1] == T(3 * native - 1));

  const auto m = x < v(T(3 * native - 1));
  CHECK(xsimd::all(to_xsimd<0>(m)));
  CHECK(xsimd::any(to_xsimd<2>(m)));
  CHECK(!xsimd::all(to_xsimd<2>(m)));
  CHECK(xsimd::none(to_xsimd<3>(m)));
  const lanewise::mask<T, 4 * native> swapped =
      from_xsimd(to_xsimd<3>(m), to_xsimd<2>(m), to_xsimd<1>(m), to_xsimd<0>(m));
  CHECK(count(swapped) == 3 * native - 1);
  CHECK(!swapped[0]);
  CHECK(swapped[4 * native - 1]);
}

TEST_CASE("a function of xsimd on a vector") {
  using v = lanewise::simd<float>;
  CHECK(reduce_add(from_xsimd(xsimd::trunc(to_xsimd(v(2.75f))))) == 2.0f * static_cast<float>(v::size()));
}
