// SPDX-License-Identifier: MIT
#pragma once
// What the per-target tests share: element types, test values and comparisons. Nothing here depends on the target or
// handles vectors, so that expected values are made by code that no target's flags can touch.

#include <lanewise/simd/element.hpp>

#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace lanewise_tests {

inline constexpr unsigned seed = 20261123;

template <class... T>
struct type_list {};
using integer_types = type_list<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t,
                                std::uint32_t, std::uint64_t>;
using float_types = type_list<float, double, lanewise::float16, lanewise::bfloat16>;
/// What the math functions are for.
using math_types = type_list<float, double>;
using all_types = type_list<std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t,
                            std::uint32_t, std::uint64_t, float, double, lanewise::float16, lanewise::bfloat16>;

template <class T>
constexpr std::string_view name_of() {
  if constexpr (std::same_as<T, float>) return "f32";
  if constexpr (std::same_as<T, double>) return "f64";
  if constexpr (std::same_as<T, std::int8_t>) return "i8";
  if constexpr (std::same_as<T, std::int16_t>) return "i16";
  if constexpr (std::same_as<T, std::int32_t>) return "i32";
  if constexpr (std::same_as<T, std::int64_t>) return "i64";
  if constexpr (std::same_as<T, std::uint8_t>) return "u8";
  if constexpr (std::same_as<T, std::uint16_t>) return "u16";
  if constexpr (std::same_as<T, std::uint32_t>) return "u32";
  if constexpr (std::same_as<T, std::uint64_t>) return "u64";
  if constexpr (std::same_as<T, lanewise::float16>) return "f16";
  if constexpr (std::same_as<T, lanewise::bfloat16>) return "bf16";
  if constexpr (std::same_as<T, bool>) return "bool";
}

/// Values at which things go wrong.
template <class T>
std::vector<T> edge_values() {
  using limits = std::numeric_limits<T>;
  if constexpr (lanewise::floating_element<T>) {
    return {T(0),
            T(-0.0),
            T(1),
            T(-1),
            T(0.5),
            T(-2.5),
            T(3),
            T(1 + limits::epsilon()),
            limits::max(),
            limits::lowest(),
            limits::min(),
            limits::denorm_min(),
            T(-limits::denorm_min()),
            limits::infinity(),
            T(-limits::infinity()),
            limits::quiet_NaN()};
  } else {
    constexpr int bits = static_cast<int>(8 * sizeof(T));
    const auto of = [](std::uint64_t x) { return static_cast<T>(x); };
    return {of(0),
            of(1),
            of(2),
            of(3),
            of(7),
            of(~std::uint64_t{0}),
            of(~std::uint64_t{1}),
            limits::max(),
            of(static_cast<std::uint64_t>(limits::max()) - 1),
            limits::min(),
            of(static_cast<std::uint64_t>(limits::min()) + 1),
            of(std::uint64_t{1} << (bits / 2)),
            of((std::uint64_t{1} << (bits / 2)) - 1),
            of(std::uint64_t{1} << (bits - 1)),
            of(0x5555555555555555u),
            of(0xAAAAAAAAAAAAAAAAu)};
  }
}

/// The type in which a test computes what simd<T, N> should: T, or float for 16-bit floats, and for integers one whose
/// operations wrap.
template <class T>
using float_of = std::conditional_t<lanewise::half_element<T>, float, T>;
template <class T>
using wide = std::conditional_t<lanewise::floating_element<T>, float_of<T>, std::uint64_t>;

/// The unsigned integer of T's size.
template <class T>
using bits_of =
    std::conditional_t<sizeof(T) == 1, std::uint8_t,
                       std::conditional_t<sizeof(T) == 2, std::uint16_t,
                                          std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;

/// A value of any bit pattern (integers) or between -100 and 100 and of any exponent by turns (floats).
template <class T>
T random_value(std::mt19937_64& random) {
  const std::uint64_t bits = random();
  if constexpr (std::integral<T>) {
    return static_cast<T>(bits >> 3);
  } else {
    if (bits % 4 != 0) return T(std::uniform_real_distribution<float_of<T>>(-100, 100)(random));
    return std::bit_cast<T>(static_cast<bits_of<T>>(random()));
  }
}

/// How many values of a kind the operations are swept over: a multiple of every N, and room for all pairs of edges.
inline constexpr std::size_t sweep = 1024;

/// a and b: all pairs of edge values, then random ones; c: random with edges in between.
template <class T>
struct operands {
  std::vector<T> a, b, c;

  operands() {
    std::mt19937_64 random(seed);
    const std::vector<T> edges = edge_values<T>();
    for (T x : edges) {
      for (T y : edges) {
        a.push_back(x);
        b.push_back(y);
      }
    }
    while (a.size() < sweep) {
      a.push_back(random_value<T>(random));
      b.push_back(random_value<T>(random));
    }
    for (std::size_t i = 0; i < sweep; ++i) {
      c.push_back(i % 5 == 0 ? edges[i / 5 % edges.size()] : random_value<T>(random));
    }
  }
};

template <class T>
const operands<T>& operands_of() {
  static const operands<T> made;
  return made;
}

/// Equal bits, except that every NaN equals every NaN.
template <class T>
bool same(T a, T b) {
  if constexpr (lanewise::floating_element<T>) {
    const float_of<T> x = a, y = b;
    if (std::isnan(x) || std::isnan(y)) return std::isnan(x) && std::isnan(y);
    return x == y && std::signbit(x) == std::signbit(y);
  } else {
    return a == b;
  }
}

/// Equal values: zeros of either sign are one, every NaN equals every NaN.
template <class T>
bool same_value(T a, T b) {
  return a == b || same(a, b);
}

template <class T>
std::string text(T x) {
  std::ostringstream out;
  if constexpr (lanewise::floating_element<T>) {
    out.precision(std::numeric_limits<T>::max_digits10);
    out << +x << " (" << std::hexfloat << +x << ')';
  } else {
    out << +x;
  }
  return out.str();
}

/// One assertion: got equals want everywhere. Reports the first difference.
template <class T, class Same = bool (*)(T, T)>
void expect_same(std::string_view what, std::string_view type, std::size_t lanes, std::span<const T> got,
                 std::span<const T> want, Same is_same = &same<T>) {
  for (std::size_t i = 0; i < want.size(); ++i) {
    if (is_same(got[i], want[i])) continue;
    FAIL_CHECK(what << ", simd<" << type << ", " << lanes << ">: position " << i << " is " << text(got[i])
                    << " but should be " << text(want[i]) << ", seed " << seed);
    return;
  }
  SUCCEED();
}

}  // namespace lanewise_tests
