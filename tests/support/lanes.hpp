// SPDX-License-Identifier: MIT
// What the tests of operations that move lanes share. Read once for each target.

#include <lanewise/simd/simd.hpp>

#include "support/sweep.hpp"

#if defined(LANEWISE_TESTS_LANES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_TESTS_LANES_HPP
#undef LANEWISE_TESTS_LANES_HPP
#else
#define LANEWISE_TESTS_LANES_HPP
#endif

#ifndef LANEWISE_TESTS_LANES_PLAIN
#define LANEWISE_TESTS_LANES_PLAIN
namespace lanewise_tests {

/// The types that several widths are tested with, one of each size, and those that are tested with one register. The
/// others lie in registers of the same kinds.
using moved_types = type_list<std::uint8_t, std::uint16_t, float, double>;
using other_types = type_list<std::int8_t, std::int32_t, std::uint64_t, lanewise::bfloat16>;

/// Lane k of the result should be inputs[index_of(k)], or 0 for a negative index.
template <class T, class IndexOf>
void expect_moved(std::string_view what, std::size_t lanes, const std::vector<T>& got, const std::vector<T>& inputs,
                  IndexOf index_of) {
  std::vector<T> want;
  for (std::size_t k = 0; k < got.size(); ++k) {
    const long from = index_of(static_cast<long>(k));
    want.push_back(from < 0 ? T(0) : inputs.at(static_cast<std::size_t>(from)));
  }
  expect_same<T>(what, name_of<T>(), lanes, got, want);
}

/// n values, different for different seeds.
template <class T>
std::vector<T> random_values(std::size_t n, unsigned which = 0) {
  std::mt19937_64 random(seed + n + 1000 * which);
  std::vector<T> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(random_value<T>(random));
  return values;
}

/// Patterns of truth: none, all, only the first, only the last, every other, random ones.
inline std::vector<std::vector<bool>> patterns(std::size_t n) {
  std::mt19937_64 random(seed + n);
  std::vector<std::vector<bool>> made;
  for (int kind = 0; kind < 14; ++kind) {
    std::vector<bool> on;
    for (std::size_t i = 0; i < n; ++i) {
      on.push_back(kind == 0   ? false
                   : kind == 1 ? true
                   : kind == 2 ? i == 0
                   : kind == 3 ? i == n - 1
                   : kind == 4 ? i % 2 == 1
                   : kind == 5 ? i >= n / 2
                               : random() % static_cast<unsigned>(kind % 3 + 2) == 0);
    }
    made.push_back(on);
  }
  return made;
}
template <class T>
std::vector<T> as_values(const std::vector<bool>& on) {
  std::vector<T> values;
  for (const bool x : on) values.push_back(x ? T(1) : T(0));
  return values;
}

}  // namespace lanewise_tests
#endif

HWY_BEFORE_NAMESPACE();
namespace lanewise_tests {
namespace HWY_NAMESPACE {

/// Calls f.template operator()<T, N>() for moved_types with N = 1, half a register, 1 and 2 registers, for float also
/// 4, and for other_types with 1 register.
template <class F>
void for_each_moved(F f) {
  for_each_type(moved_types(), [&]<class T>() HWY_ATTR {
    constexpr std::size_t native = ::lanewise::HWY_NAMESPACE::native_width<T>;
    f.template operator()<T, 1>();
    if constexpr (native > 2) f.template operator()<T, native / 2>();
    f.template operator()<T, native>();
    f.template operator()<T, 2 * native>();
    if constexpr (std::same_as<T, float>) f.template operator()<T, 4 * native>();
  });
  for_each_type(other_types(),
                [&]<class T>() HWY_ATTR { f.template operator()<T, ::lanewise::HWY_NAMESPACE::native_width<T>>(); });
}

template <class T, std::size_t N>
LANEWISE_TARGET_INLINE std::vector<T> lanes_of(::lanewise::HWY_NAMESPACE::simd<T, N> v) {
  std::vector<T> lanes(N);
  v.store(lanes.data());
  return lanes;
}

template <class T, std::size_t N>
LANEWISE_TARGET_INLINE ::lanewise::HWY_NAMESPACE::mask<T, N> mask_of(const std::vector<bool>& on) {
  using v = ::lanewise::HWY_NAMESPACE::simd<T, N>;
  return v::load(as_values<T>(on).data()) != v(T(0));
}

}  // namespace HWY_NAMESPACE
}  // namespace lanewise_tests
HWY_AFTER_NAMESPACE();

#endif  // LANEWISE_TESTS_LANES_HPP
