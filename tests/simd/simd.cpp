// SPDX-License-Identifier: MIT
// Construction, lanes and masks of simd, on every target.
#define LANEWISE_KERNEL_FILE "simd/simd.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/reduce.hpp>
#include <lanewise/simd/simd.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#include <array>
#include <utility>

LANEWISE_BEGIN_KERNEL_FILE(simd_tests)

using namespace lanewise_tests;
using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::for_each_width;

template <class T, std::size_t N>
void expect_lanes(const char* what, lw::simd<T, N> v, const std::vector<T>& want) {
  std::vector<T> got(N);
  v.store(got.data());
  expect_same<T>(what, name_of<T>(), N, got, want);
}

void construction() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      using v = lw::simd<T, N>;
      static_assert(v::size() == N && std::is_trivially_copyable_v<v>);
      static_assert(v::registers * v::lanes_per_register == N && v::alignment == v::lanes_per_register * sizeof(T));
      static_assert(std::is_convertible_v<T, v>);

      expect_lanes("{}", v{}, std::vector<T>(N, T(0)));
      for (T x : edge_values<T>()) expect_lanes("broadcast", v(x), std::vector<T>(N, x));
      v assigned{};
      assigned = T(5);
      expect_lanes("= 5", assigned, std::vector<T>(N, T(5)));

      std::vector<T> counted, stepped, alternating;
      for (std::size_t i = 0; i < N; ++i) {
        counted.push_back(static_cast<T>(i));
        alternating.push_back(static_cast<T>(i % 2 == 0 ? i : N - i));
        if constexpr (std::floating_point<T>) {
          stepped.push_back(T(10) - T(0.5) * static_cast<T>(i));
        } else {
          stepped.push_back(static_cast<T>(10 + 3 * i));
        }
      }
      expect_lanes("iota()", v::iota(), counted);
      expect_lanes("of a function", v([](auto i) { return static_cast<T>(i % 2 == 0 ? i : N - i); }), alternating);
      if constexpr (std::floating_point<T>) {
        expect_lanes("iota(10, -0.5)", v::iota(T(10), T(-0.5)), stepped);
      } else {
        expect_lanes("iota(10, 3)", v::iota(T(10), T(3)), stepped);
      }

      const std::vector<T>& values = operands_of<T>().c;
      const auto lanes = v::load(values.data());
      const std::array<T, N> array = lanes.to_array();
      bool lanes_agree = true, with_lane_agrees = true;
      for (std::size_t i = 0; i < N; ++i) {
        lanes_agree = lanes_agree && same(lanes[i], values[i]) && same(array[i], values[i]);
        if (N > 64 && i % 7 != 0) continue;
        const auto changed = lanes.with_lane(i, T(42)).to_array();
        for (std::size_t j = 0; j < N; ++j) {
          with_lane_agrees = with_lane_agrees && same(changed[j], j == i ? T(42) : values[j]);
        }
      }
      INFO("simd<" << name_of<T>() << ", " << N << ">");
      CHECK(lanes_agree);
      CHECK(with_lane_agrees);
    });

    if constexpr (sizeof(T) > 1) {
      expect_lanes("list of 4", lw::simd<T, 4>{1, 2, 3, 4}, std::vector<T>{1, 2, 3, 4});
    }
    expect_lanes("list of 2", lw::simd<T, 2>{T(7), T(9)}, std::vector<T>{7, 9});
    constexpr std::size_t two_registers = 2 * lw::native_width<T>;
    [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR {
      expect_lanes("list over two registers", lw::simd<T, two_registers>{T(i)...}, std::vector<T>{T(i)...});
    }(std::make_index_sequence<two_registers>());
  });
}

/// Vectors convert from a scalar, but never from a vector of another width or type: that would broadcast or cut.
void conversions_that_are_refused() {
  STATIC_REQUIRE(!std::is_convertible_v<lw::simd<float, 1>, lw::simd<float, 4>>);
  STATIC_REQUIRE(!std::is_constructible_v<lw::simd<float, 4>, lw::simd<float, 1>>);
  STATIC_REQUIRE(!std::is_constructible_v<lw::simd<float, 4>, lw::simd<float, 8>>);
  STATIC_REQUIRE(!std::is_constructible_v<lw::simd<int, 4>, lw::simd<float, 4>>);
  STATIC_REQUIRE(!std::is_constructible_v<lw::mask<float, 4>, lw::mask<float, 8>>);
  STATIC_REQUIRE(!std::is_convertible_v<bool, lw::mask<float, 4>>);
  STATIC_REQUIRE(!std::is_convertible_v<lw::simd<float, 1>, float>);
}

template <class T, std::size_t N>
std::vector<int> lanes_of(lw::mask<T, N> m) {
  std::vector<int> lanes;
  for (std::size_t i = 0; i < N; ++i) lanes.push_back(m[i] ? 1 : 0);
  return lanes;
}

template <class T, std::size_t N>
void expect_mask(const char* what, lw::mask<T, N> m, const std::vector<int>& want) {
  expect_same<int>(what, name_of<T>(), N, lanes_of(m), want);
  std::size_t trues = 0;
  for (int lane : want) trues += static_cast<std::size_t>(lane);
  const std::array<std::size_t, 4> got{lw::count(m), lw::any(m), lw::all(m), lw::none(m)};
  const std::array<std::size_t, 4> expected{trues, trues != 0, trues == N, trues == 0};
  expect_same<std::size_t>("count, any, all, none", name_of<T>(), N, got, expected);
}

void masks() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      using m = lw::mask<T, N>;
      static_assert(m::size() == N && std::is_trivially_copyable_v<m>);
      expect_mask("mask{}", m{}, std::vector<int>(N, 0));
      expect_mask("mask(false)", m(false), std::vector<int>(N, 0));
      expect_mask("mask(true)", m(true), std::vector<int>(N, 1));
      for (std::size_t n = 0; n <= N + 1; n += N > 64 && n > 3 && n + 5 < N ? N / 16 - 1 : 1) {
        std::vector<int> first(N, 0);
        for (std::size_t i = 0; i < std::min(n, N); ++i) first[i] = 1;
        expect_mask("mask::first(n)", m::first(n), first);
      }

      // Each lane its own bits: all four pairs of truth values, and a lone true lane in every place.
      std::vector<T> a(N), b(N);
      std::vector<int> both(N), either(N), different(N), neither(N), only_a(N);
      for (std::size_t i = 0; i < N; ++i) {
        const int x = static_cast<int>(i / 2 + i / 5) % 2, y = static_cast<int>(i) % 2;
        a[i] = static_cast<T>(x);
        b[i] = static_cast<T>(y);
        both[i] = x & y;
        either[i] = x | y;
        different[i] = x ^ y;
        neither[i] = 1 - (x | y);
        only_a[i] = x;
      }
      using v = lw::simd<T, N>;
      const m ma = v::load(a.data()) != v(T(0)), mb = v::load(b.data()) != v(T(0));
      expect_mask("ma", ma, only_a);
      expect_mask("ma & mb", ma & mb, both);
      expect_mask("ma | mb", ma | mb, either);
      expect_mask("ma ^ mb", ma ^ mb, different);
      expect_mask("!(ma | mb)", !(ma | mb), neither);
      m mc = ma;
      expect_mask("ma &= mb", mc &= mb, both);
      mc = ma;
      expect_mask("ma |= mb", mc |= mb, either);
      mc = ma;
      expect_mask("ma ^= mb", mc ^= mb, different);

      const v position = v::iota();
      bool lone_lane = true;
      for (std::size_t i = 0; i < std::min<std::size_t>(N, 128); ++i) {
        const m one = position == v(static_cast<T>(i));
        lone_lane = lone_lane && lw::any(one) && !lw::none(one) && lw::all(one) == (N == 1) && one[i];
        lone_lane = lone_lane && lw::any(!one) == (N > 1) && !lw::all(!one) == true;
        lone_lane = lone_lane && (sizeof(T) == 1 || (lw::count(one) == 1 && lw::count(!one) == N - 1));
      }
      INFO("simd<" << name_of<T>() << ", " << N << ">");
      CHECK(lone_lane);

      std::vector<T> chosen(N);
      for (std::size_t i = 0; i < N; ++i) chosen[i] = only_a[i] != 0 ? operands_of<T>().a[i] : operands_of<T>().c[i];
      expect_lanes("select", v::select(ma, v::load(operands_of<T>().a.data()), v::load(operands_of<T>().c.data())),
                   chosen);
    });
  });
}

/// What native(r) gives, make takes back.
void way_to_highway() {
  using v = lw::simd<float, 4 * lw::native_width<float>>;
  const v x = v::iota(1.0f);
  const v doubled = v::make([&](auto r) LANEWISE_ATTR { return lw::hn::Add(x.native(r), x.native(r)); });
  CHECK(lw::all(doubled == x * 2.0f));
  const auto positive = lw::mask<float, v::size()>::make([&](auto r) LANEWISE_ATTR { return (x > 0.0f).native(r); });
  CHECK(lw::all(positive));
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace simd_tests {
LANEWISE_TEST_PER_TARGET(construction, "simd is made of one value, a list, or counted lanes");
LANEWISE_TEST_PER_TARGET(conversions_that_are_refused, "simd does not convert from another width or type");
LANEWISE_TEST_PER_TARGET(masks, "masks: construction, logic, questions and select");
LANEWISE_TEST_PER_TARGET(way_to_highway, "registers go to Highway and back");
}  // namespace simd_tests
#endif
